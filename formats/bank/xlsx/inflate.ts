/** Why compressed data is not read to its end. */
export type Inflated = 'done' | 'too-long' | 'damaged'

const WINDOW = 32_768
const BUFFER = WINDOW * 4
const CODE_BITS_MAX = 15

const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12_289, 16_385, 24_577]
const DISTANCE_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

class Damage extends Error {}

/** Every pattern of 15 bits, read from the lowest, gives its symbol (high) and how many bits it took (low four). */
function tableOf(lengths: readonly number[]): Uint16Array {
  const counts = new Array<number>(CODE_BITS_MAX + 1).fill(0)
  for (const length of lengths) counts[length]! += 1
  counts[0] = 0
  const next = new Array<number>(CODE_BITS_MAX + 2).fill(0)
  for (let bits = 1; bits <= CODE_BITS_MAX; bits++) next[bits + 1] = (next[bits]! + counts[bits]!) << 1
  const table = new Uint16Array(1 << CODE_BITS_MAX)
  lengths.forEach((length, symbol) => {
    if (length === 0) return
    const code = next[length]!++
    if (code >= 1 << length) throw new Damage('more codes than bits')
    let reversed = 0
    for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit)
    for (let entry = reversed; entry < table.length; entry += 1 << length) table[entry] = (symbol << 4) | length
  })
  return table
}

const FIXED_LENGTHS = Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8))
const FIXED_DISTANCES = new Array<number>(30).fill(5)

/** Bits of the input, lowest first. */
function createBits(input: Uint8Array) {
  let [at, held, count] = [0, 0, 0]
  const need = (wanted: number): void => {
    while (count < wanted) {
      // Codes are looked up 15 bits at a time: the last ones may reach past the end by a few bits.
      if (at > input.length + 4) throw new Damage('cut short')
      held |= (input[at] ?? 0) << count
      at += 1
      count += 8
    }
  }
  const take = (wanted: number): number => {
    if (wanted === 0) return 0
    need(wanted)
    const value = held & ((1 << wanted) - 1)
    held >>>= wanted
    count -= wanted
    return value
  }
  const symbol = (table: Uint16Array): number => {
    need(CODE_BITS_MAX)
    const entry = table[held & ((1 << CODE_BITS_MAX) - 1)]!
    if (entry === 0) throw new Damage('no such code')
    held >>>= entry & 15
    count -= entry & 15
    return entry >> 4
  }
  /** Whole bytes after the rest of the current one. */
  const bytes = (length: number): Uint8Array => {
    at -= count >> 3
    held = 0
    count = 0
    if (at + length > input.length) throw new Damage('cut short')
    at += length
    return input.subarray(at - length, at)
  }
  return { take, symbol, bytes }
}

type Bits = ReturnType<typeof createBits>

/** What comes out: kept long enough to be repeated, given on in pieces, refused past `max` bytes. */
function createOutput(write: (bytes: Uint8Array) => void, max: number) {
  const buffer = new Uint8Array(BUFFER)
  let [at, given, before] = [0, 0, 0]
  const room = (): void => {
    if (at < BUFFER) return
    write(buffer.slice(given, at))
    buffer.copyWithin(0, at - WINDOW, at)
    before += at - WINDOW
    at = WINDOW
    given = WINDOW
  }
  const put = (byte: number): void => {
    room()
    buffer[at] = byte
    at += 1
  }
  const repeat = (length: number, distance: number): void => {
    if (distance > at) throw new Damage('before the beginning')
    for (let left = length; left > 0; left--) put(buffer[at - distance]!)
  }
  const isOver = (): boolean => before + at > max
  const end = (): void => { if (at > given) write(buffer.slice(given, at)) }
  return { put, repeat, isOver, end }
}

type Output = ReturnType<typeof createOutput>

function dynamicTables(bits: Bits): { literals: Uint16Array; distances: Uint16Array } {
  const [literalCount, distanceCount, codeCount] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4]
  const codeLengths = new Array<number>(19).fill(0)
  for (let at = 0; at < codeCount; at++) codeLengths[CODE_ORDER[at]!] = bits.take(3)
  const codes = tableOf(codeLengths)
  const lengths: number[] = []
  while (lengths.length < literalCount + distanceCount) {
    const symbol = bits.symbol(codes)
    if (symbol < 16) lengths.push(symbol)
    else {
      const previous = symbol === 16 ? lengths.at(-1) : 0
      if (previous === undefined) throw new Damage('nothing to repeat')
      const times = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7)
      for (let left = times; left > 0; left--) lengths.push(previous)
    }
  }
  return { literals: tableOf(lengths.slice(0, literalCount)), distances: tableOf(lengths.slice(literalCount, literalCount + distanceCount)) }
}

/** Reads one block of codes. False when the output is over its limit. */
function readCodes(bits: Bits, output: Output, { literals, distances }: { literals: Uint16Array; distances: Uint16Array }): boolean {
  for (;;) {
    const symbol = bits.symbol(literals)
    if (symbol === 256) return !output.isOver()
    if (symbol < 256) output.put(symbol)
    else {
      const length = LENGTH_BASE[symbol - 257]
      const code = bits.take(LENGTH_EXTRA[symbol - 257] ?? 0) + (length ?? 0)
      const distance = bits.symbol(distances)
      const base = DISTANCE_BASE[distance]
      if (length === undefined || base === undefined) throw new Damage('no such length')
      output.repeat(code, base + bits.take(DISTANCE_EXTRA[distance]!))
    }
    if (output.isOver()) return false
  }
}

/**
 * Decompresses raw DEFLATE data (RFC 1951), synchronously and in bounded memory: pieces go to `write` as they come, and it stops
 * as soon as more than `max` bytes come out, whatever the file claims.
 */
export function inflate(input: Uint8Array, write: (bytes: Uint8Array) => void, max: number): Inflated {
  const bits = createBits(input)
  const output = createOutput(write, max)
  try {
    for (let isLast = false; !isLast;) {
      isLast = bits.take(1) === 1
      const kind = bits.take(2)
      if (kind === 3) return 'damaged'
      if (kind === 0) {
        const header = bits.bytes(4)
        const length = header[0]! | (header[1]! << 8)
        if ((length ^ (header[2]! | (header[3]! << 8))) !== 0xffff) return 'damaged'
        for (const byte of bits.bytes(length)) output.put(byte)
        if (output.isOver()) return 'too-long'
      } else if (!readCodes(bits, output, kind === 1 ? { literals: tableOf(FIXED_LENGTHS), distances: tableOf(FIXED_DISTANCES) } : dynamicTables(bits))) return 'too-long'
    }
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    return 'damaged'
  }
  output.end()
  return 'done'
}
