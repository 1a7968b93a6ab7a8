import iconv from 'iconv-lite'

/** What the bytes turned out to be. `ascii` until a byte says otherwise; a name from iconv-lite when the file or the user declares one. */
export type EncodingName = 'ascii' | 'utf-8' | 'utf-16le' | 'utf-16be' | 'cp1252' | (string & {})

/** Turns bytes into text as they come. Nothing is lost: a byte that is not UTF-8 is read in the fallback encoding. */
export type Decoder = { push(bytes: Uint8Array): string; end(): string; encoding(): EncodingName; hasBom(): boolean }

const PROBE_BYTES = 512

/** A mark at the start of the file, and how many bytes it takes. */
function byteOrderMark(head: Uint8Array): { encoding: EncodingName; length: number } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', length: 2 }
  return undefined
}

/** UTF-16 without a mark: Western text has a NUL in every other byte, at the odd places when little-endian. */
function utf16WithoutMark(head: Uint8Array): EncodingName | undefined {
  if (head.length < 4) return undefined
  const nuls = [0, 0]
  for (let at = 0; at < head.length; at++) if (head[at] === 0) nuls[at % 2]! += 1
  const half = head.length / 2
  if (nuls[1]! > half * 0.6 && nuls[0]! < half * 0.1) return 'utf-16le'
  if (nuls[0]! > half * 0.6 && nuls[1]! < half * 0.1) return 'utf-16be'
  return undefined
}

/** The encoding an XML declaration or the header of an OFX file claims, when it is a known single-byte one. A claim of UTF-8 is checked, not believed. */
function declaredFallback(head: Uint8Array): EncodingName | undefined {
  const text = iconv.decode(head, 'latin1')
  const claim = /^\s*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']/.exec(text)?.[1] ?? /^\s*OFXHEADER:[\s\S]*?\bCHARSET:\s*([A-Za-z0-9._-]+)/.exec(text)?.[1]
  // OFX writes the number of a Windows page by itself.
  const claimed = claim?.toLowerCase().replace(/^(?=(?:125\d|8[5-6]\d)$)/, 'cp').replace(/^(?=8859-)/, 'iso-')
  if (!claimed || claimed.startsWith('utf') || !iconv.encodingExists(claimed)) return undefined
  // Files that claim ISO-8859-1 are written by software that means Windows-1252: the two differ only where ISO has control characters.
  return claimed === 'iso-8859-1' || claimed === 'us-ascii' ? 'cp1252' : claimed
}

/** Bytes at the end that begin a UTF-8 character whose rest is in the next piece. */
function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

/** Length of the valid UTF-8 character at this place, 0 when there is none. */
function characterLength(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]!
  const length = byte < 0x80 ? 1 : byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0
  if (length === 0 || at + length > bytes.length) return 0
  for (let next = 1; next < length; next++) if ((bytes[at + next]! & 0xc0) !== 0x80) return 0
  return length
}

/** UTF-8 with foreign bytes in it: the good characters are kept, the others read in the fallback. Counts both. */
function decodeMixed(bytes: Uint8Array, fallback: string): { text: string; good: number; bad: number } {
  const parts: string[] = []
  let good = 0
  let bad = 0
  let start = 0
  let at = 0
  while (at < bytes.length) {
    const length = characterLength(bytes, at)
    if (length > 0) {
      if (length > 1) good += 1
      at += length
      continue
    }
    if (at > start) parts.push(Buffer.from(bytes.buffer, bytes.byteOffset + start, at - start).toString('utf8'))
    parts.push(iconv.decode(bytes.subarray(at, at + 1), fallback))
    bad += 1
    at += 1
    start = at
  }
  if (at > start) parts.push(Buffer.from(bytes.buffer, bytes.byteOffset + start, at - start).toString('utf8'))
  return { text: parts.join(''), good, bad }
}

/** Reads ASCII until a higher byte shows up, then decides between UTF-8 and the fallback by what is valid. */
function createSniffer(fallback: EncodingName): Decoder {
  let encoding: EncodingName = 'ascii'
  let carried: Uint8Array = new Uint8Array(0)
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const decode = (bytes: Uint8Array): string => {
    if (encoding !== 'ascii' && encoding !== 'utf-8') return iconv.decode(bytes, encoding)
    try {
      const text = strict.decode(bytes)
      // As many characters as bytes: every one of them is ASCII, which says nothing yet of the rest of the file.
      if (text.length !== bytes.length) encoding = 'utf-8'
      return text
    } catch {
      const mixed = decodeMixed(bytes, fallback)
      if (encoding === 'utf-8' || mixed.good > mixed.bad) {
        encoding = 'utf-8'
        return mixed.text
      }
      encoding = fallback
      return iconv.decode(bytes, fallback)
    }
  }
  return {
    push(bytes) {
      const all = carried.length === 0 ? bytes : Buffer.concat([carried, bytes])
      const tail = encoding === 'ascii' || encoding === 'utf-8' ? unfinishedTail(all) : 0
      carried = all.slice(all.length - tail)
      return decode(all.subarray(0, all.length - tail))
    },
    end: () => (carried.length === 0 ? '' : decode(carried)),
    encoding: () => encoding,
    hasBom: () => false,
  }
}

function createNamed(encoding: EncodingName, hasBom: boolean): Decoder {
  const decoder = iconv.getDecoder(encoding, { stripBOM: false })
  return { push: (bytes) => decoder.write(Buffer.from(bytes)), end: () => decoder.end() ?? '', encoding: () => encoding, hasBom: () => hasBom }
}

function choose(head: Uint8Array, wanted: EncodingName | undefined): { decoder: Decoder; skip: number } {
  const mark = byteOrderMark(head)
  if (mark && mark.encoding !== 'utf-8') return { decoder: createNamed(mark.encoding, true), skip: mark.length }
  if (mark) {
    const sniffer = createSniffer('cp1252')
    return { decoder: { ...sniffer, encoding: () => 'utf-8', hasBom: () => true }, skip: mark.length }
  }
  if (wanted !== undefined && iconv.encodingExists(wanted)) return { decoder: createNamed(wanted, false), skip: 0 }
  const wide = utf16WithoutMark(head)
  return { decoder: wide ? createNamed(wide, false) : createSniffer(declaredFallback(head) ?? 'cp1252'), skip: 0 }
}

/**
 * A streaming decoder: byte order mark, then NUL test for UTF-16, then strict UTF-8, then Windows-1252
 * (or the encoding an XML declaration names). `wanted` forces an encoding the user chose, such as cp850 or macroman.
 */
export function createDecoder(wanted?: EncodingName): Decoder {
  let inner: Decoder | undefined
  let head: Uint8Array = new Uint8Array(0)
  const start = (): string => {
    const { decoder, skip } = choose(head, wanted)
    inner = decoder
    const bytes = head.subarray(skip)
    head = new Uint8Array(0)
    return decoder.push(bytes)
  }
  return {
    push(bytes) {
      if (inner) return inner.push(bytes)
      head = head.length === 0 ? bytes.slice() : Buffer.concat([head, bytes])
      return head.length < PROBE_BYTES ? '' : start()
    },
    end() {
      const text = inner ? '' : start()
      return text + (inner?.end() ?? '')
    },
    encoding: () => inner?.encoding() ?? 'ascii',
    hasBom: () => inner?.hasBom() ?? false,
  }
}

/** The text of a whole small buffer, such as the first bytes of a file. */
export function decodeAll(bytes: Uint8Array, wanted?: EncodingName): string {
  const decoder = createDecoder(wanted)
  return decoder.push(bytes) + decoder.end()
}
