import type { FecEncoding } from './record.ts'

/** A line of text and its 1-based number. */
export type TextLine = { readonly number: number; readonly text: string }

export type LineSplitter = {
  push(bytes: Uint8Array): TextLine[]
  end(): TextLine[]
  facts(): { encoding: FecEncoding; bom: boolean; lineEnding: 'LF' | 'CRLF' | 'CRCRLF' | 'CR' | null; lines: number; overlong: boolean }
}

/** A line longer than this is no line of a FEC: the file is something else, and reading it stops. */
export const LINE_BYTES_MAX = 1 << 20

const LF = 10
const CR = 13

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}

/** Decodes blocks that end between two lines, learning the encoding as it goes. */
function createDecoder() {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const latin9 = new TextDecoder('iso-8859-15')
  const latin1252 = new TextDecoder('windows-1252')
  let accentedUtf8 = false
  let singleByte: 'iso-8859-15' | 'windows-1252' | null = null

  function decodeSingle(bytes: Uint8Array): string {
    const text = latin9.decode(bytes)
    // ISO-8859-15 has control characters between 0x80 and 0x9F where Windows has quotes and the euro: seeing one settles it.
    if (singleByte !== 'windows-1252' && !/[\u0080-\u009f]/.test(text)) {
      singleByte = 'iso-8859-15'
      return text
    }
    singleByte = 'windows-1252'
    return latin1252.decode(bytes)
  }

  function tryUtf8(bytes: Uint8Array): string | undefined {
    try {
      const text = strict.decode(bytes)
      accentedUtf8 ||= text.length < bytes.length
      return text
    } catch {
      return undefined
    }
  }

  function decode(bytes: Uint8Array): string {
    if (singleByte && !accentedUtf8) return decodeSingle(bytes)
    const text = tryUtf8(bytes)
    if (text !== undefined) return text
    // Some line of this block is not UTF-8, perhaps not all: each is read for itself.
    let mixed = ''
    for (let from = 0; from < bytes.length;) {
      const cut = bytes.indexOf(LF, from)
      const line = bytes.subarray(from, cut < 0 ? bytes.length : cut + 1)
      mixed += tryUtf8(line) ?? decodeSingle(line)
      from += line.length
    }
    return mixed
  }

  const encoding = (): FecEncoding => (accentedUtf8 && singleByte ? 'mixed' : accentedUtf8 ? 'utf-8' : (singleByte ?? 'ascii'))
  return { decode, encoding }
}

function endingOf(text: string): 'LF' | 'CRLF' | 'CRCRLF' | 'CR' | null {
  const found = /\r*\n|\r/.exec(text)?.[0]
  if (found === undefined) return null
  return found === '\n' ? 'LF' : found === '\r' ? 'CR' : found === '\r\n' ? 'CRLF' : 'CRCRLF'
}

/**
 * Cuts bytes into lines, whatever their size: UTF-8 with or without BOM, ISO-8859-15 or Windows-1252, ended by LF, CR, CR LF or
 * CR CR LF. Keeps one unfinished line in memory; a line over a mebibyte stops the reading (`overlong`), as does UTF-16.
 */
export function createLineSplitter(): LineSplitter {
  const decoder = createDecoder()
  let rest: Uint8Array = new Uint8Array(0)
  let started = false
  let stopped = false
  let overlong = false
  let utf16 = false
  let bom = false
  let lines = 0
  let lineEnding: 'LF' | 'CRLF' | 'CRCRLF' | 'CR' | null = null

  function start(bytes: Uint8Array): Uint8Array {
    started = true
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
      utf16 = true
      stopped = true
    }
    bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    return bom ? bytes.subarray(3) : bytes
  }

  function cutOf(bytes: Uint8Array): number {
    const lineFeed = bytes.lastIndexOf(LF)
    if (lineFeed >= 0 || lineEnding === 'LF' || lineEnding === 'CRLF' || lineEnding === 'CRCRLF') return lineFeed
    // A final CR may be the first half of CR LF, whose second half comes with the next bytes.
    let last = bytes.length - 1
    while (last >= 0 && bytes[last] === CR) last -= 1
    return last < 0 ? -1 : bytes.lastIndexOf(CR, last)
  }

  function split(bytes: Uint8Array): TextLine[] {
    const text = decoder.decode(bytes)
    lineEnding ??= endingOf(text)
    const parts = text.split(/\r*\n|\r/)
    if (parts.at(-1) === '') parts.pop()
    return parts.map((part) => ({ number: (lines += 1), text: part }))
  }

  function push(bytes: Uint8Array): TextLine[] {
    if (stopped) return []
    let all = concat(rest, bytes)
    if (!started) {
      if (all.length < 3) {
        rest = all
        return []
      }
      all = start(all)
      if (stopped) return []
    }
    const cut = cutOf(all)
    rest = all.slice(cut + 1)
    if (rest.length > LINE_BYTES_MAX) {
      overlong = true
      stopped = true
      rest = new Uint8Array(0)
    }
    return cut < 0 ? [] : split(all.subarray(0, cut + 1))
  }

  function end(): TextLine[] {
    if (stopped) return []
    const last = started ? rest : start(rest)
    rest = new Uint8Array(0)
    return last.length === 0 ? [] : split(last)
  }

  return { push, end, facts: () => ({ encoding: utf16 ? 'utf-16' : decoder.encoding(), bom, lineEnding, lines, overlong }) }
}
