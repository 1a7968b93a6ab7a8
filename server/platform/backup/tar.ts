// The POSIX archive (ustar, IEEE Std 1003.1): a header of 512 bytes, the content padded to 512, two empty blocks at the end.
const BLOCK = 512
const NAME_BYTES_MAX = 100
const OCTAL_SIZE_MAX = 0o77777777777

export type TarEntry = { readonly name: string; readonly size: number; readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array> }

function sizeField(size: number): Buffer {
  if (size <= OCTAL_SIZE_MAX) return Buffer.from(`${size.toString(8).padStart(11, '0')}\0`, 'latin1')
  // Beyond eight gigabytes the size is written in base 256, marked by its first bit, as every tar of today reads it.
  const field = Buffer.alloc(12)
  field.writeBigUInt64BE(BigInt(size), 4)
  field[0] = 0x80
  return field
}

function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - size % BLOCK) % BLOCK)
}

function header({ name, size }: Pick<TarEntry, 'name' | 'size'>, type: '0' | 'L' = '0'): Buffer {
  const bytes = Buffer.from(name, 'utf8')
  if (bytes.length > NAME_BYTES_MAX) {
    // A long name comes before its entry, as an entry of its own: the form of GNU tar, which every tar of today reads.
    const content = Buffer.concat([bytes, Buffer.from([0])])
    return Buffer.concat([header({ name: '././@LongLink', size: content.length }, 'L'), content, padding(content.length), header({ name: bytes.subarray(0, NAME_BYTES_MAX).toString('latin1'), size })])
  }
  const block = Buffer.alloc(BLOCK)
  block.write(name, 0, 'utf8')
  block.write('0000600\0', 100, 'latin1')
  block.write('0000000\0', 108, 'latin1')
  block.write('0000000\0', 116, 'latin1')
  sizeField(size).copy(block, 124)
  block.write('00000000000\0', 136, 'latin1')
  block.write('        ', 148, 'latin1')
  block.write(type, 156, 'latin1')
  block.write('ustar\x0000', 257, 'latin1')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

/** The bytes of an archive, entry after entry. An entry whose content is not as long as it said is a failure. */
export async function* writeTar(entries: Iterable<TarEntry> | AsyncIterable<TarEntry>): AsyncGenerator<Uint8Array> {
  for await (const entry of entries) {
    yield header(entry)
    let written = 0
    for await (const chunk of entry.content) {
      written += chunk.length
      yield chunk
    }
    if (written !== entry.size) throw new Error(`${entry.name} changed while it was archived`)
    yield padding(written)
  }
  yield Buffer.alloc(2 * BLOCK)
}

function text(block: Uint8Array, from: number, length: number): string {
  const field = Buffer.from(block.subarray(from, from + length))
  const end = field.indexOf(0)
  return field.subarray(0, end < 0 ? length : end).toString('utf8')
}

function sizeIn(block: Uint8Array): number {
  const field = Buffer.from(block.subarray(124, 136))
  return (field[0] ?? 0) & 0x80 ? Number(field.readBigUInt64BE(4)) : Number.parseInt(text(block, 124, 12).trim() || '0', 8)
}

function isHeader(block: Uint8Array): boolean {
  const stated = Number.parseInt(text(block, 148, 8).trim(), 8)
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0)
  return stated === sum
}

/** Where the content of each entry goes: called once for each, then fed, then ended. */
export type TarSink = (entry: { readonly name: string; readonly size: number }) => { readonly write: (chunk: Uint8Array) => Promise<void>; readonly end: () => Promise<void> }

type Reading = { sink: ReturnType<TarSink>; left: number; padding: number }

const LONG_NAME_BYTES_MAX = 4_096

/** Keeps a long name for the entry that follows it. */
function nameSink(keep: (name: string) => void): ReturnType<TarSink> {
  let name = ''
  return { write: async (chunk) => { name += Buffer.from(chunk).toString('latin1') }, end: async () => { keep(Buffer.from(name.replaceAll('\0', ''), 'latin1').toString('utf8')) } }
}

/** Reads an archive of regular files as it comes. Anything else in it, or an end before the end, is a failure. */
export async function readTar(bytes: AsyncIterable<Uint8Array>, open: TarSink): Promise<void> {
  let pending: Buffer = Buffer.alloc(0)
  let reading: Reading | undefined
  let ended = false
  let longName: string | undefined
  const step = async (): Promise<boolean> => {
    if (reading && reading.left > 0) {
      if (pending.length === 0) return false
      const chunk = pending.subarray(0, Math.min(reading.left, pending.length))
      await reading.sink.write(chunk)
      reading.left -= chunk.length
      pending = pending.subarray(chunk.length)
      return true
    }
    if (reading) {
      if (pending.length < reading.padding) return false
      pending = pending.subarray(reading.padding)
      await reading.sink.end()
      reading = undefined
    }
    if (pending.length < BLOCK) return false
    const block = pending.subarray(0, BLOCK)
    pending = pending.subarray(BLOCK)
    if (block.every((byte) => byte === 0)) { ended = true; return true }
    const [size, type] = [sizeIn(block), text(block, 156, 1)]
    if (!isHeader(block) || !['0', '', 'L'].includes(type) || (type === 'L' && size > LONG_NAME_BYTES_MAX)) throw new Error('not an archive of regular files')
    const sink = type === 'L' ? nameSink((name) => { longName = name }) : open({ name: longName ?? text(block, 0, NAME_BYTES_MAX), size })
    if (type !== 'L') longName = undefined
    reading = { sink, left: size, padding: padding(size).length }
    return true
  }
  for await (const chunk of bytes) {
    if (ended) continue
    pending = pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([pending, chunk])
    while (!ended && await step());
  }
  if (!ended) throw new Error('the archive ends before its end')
}
