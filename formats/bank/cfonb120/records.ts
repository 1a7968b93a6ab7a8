import type { RawRecord } from './fields.ts'

const LENGTH = 120
const CODE = /^0[1457]/
/** A line longer than this without any record in it is not CFONB: it is reported and dropped. */
const LONGEST_LINE = 4096

/** A record, or a line that is none (its beginning only). */
export type Cut = { readonly kind: 'record'; readonly record: RawRecord } | { readonly kind: 'noise'; readonly text: string; readonly line: number }

export type RecordCutter = { push(text: string): Cut[]; end(): Cut[] }

/** One line of the file: several records one after the other, a record whose trailing blanks were trimmed, or noise. */
function cutLine(text: string, line: number): Cut[] {
  const cuts: Cut[] = []
  let rest = text
  while (rest.length > LENGTH && CODE.test(rest) && CODE.test(rest.slice(LENGTH))) {
    cuts.push({ kind: 'record', record: { text: rest.slice(0, LENGTH), line } })
    rest = rest.slice(LENGTH)
  }
  if (rest.trim() === '' || rest.trim() === '\u001a') return cuts
  cuts.push(CODE.test(rest)
    ? { kind: 'record', record: { text: rest.padEnd(LENGTH), line } }
    : { kind: 'noise', text: rest.slice(0, 40), line })
  return cuts
}

/**
 * Cuts a text into records of 120 characters, whether the file has line ends (of any kind) or none at all.
 * Without line ends the line number is the record's rank.
 */
export function createCutter(): RecordCutter {
  let rest = ''
  let line = 0
  let skipping = false
  const takeLine = (text: string, cuts: Cut[]): void => {
    line += 1
    if (skipping) skipping = false
    // A record by itself on its line is nearly every line.
    else if (text.length === LENGTH && CODE.test(text)) cuts.push({ kind: 'record', record: { text, line } })
    else for (const cut of cutLine(text, line)) cuts.push(cut)
  }
  /** One piece between two line feeds: its carriage return is dropped, others inside it end lines too. */
  const takePiece = (piece: string, cuts: Cut[]): void => {
    const first = piece.indexOf('\r')
    if (first < 0) takeLine(piece, cuts)
    else if (first === piece.length - 1) takeLine(piece.slice(0, -1), cuts)
    else for (const text of (piece.endsWith('\r') ? piece.slice(0, -1) : piece).split('\r')) takeLine(text, cuts)
  }
  const takeLines = (cuts: Cut[]): void => {
    const pieces = rest.split('\n')
    rest = pieces.pop()!
    for (const piece of pieces) takePiece(piece, cuts)
    // Lines ended by CR alone. A CR at the very end of a piece may be half of a CR LF: it waits for the next piece.
    const last = rest.length < 2 ? -1 : rest.lastIndexOf('\r', rest.length - 2)
    if (last < 0) return
    for (const text of rest.slice(0, last).split('\r')) takeLine(text, cuts)
    rest = rest.slice(last + 1)
  }
  const takeUnbroken = (cuts: Cut[]): void => {
    let at = 0
    while (rest.length - at >= 2 * LENGTH + 2 && CODE.test(rest.slice(at, at + 2)) && CODE.test(rest.slice(at + LENGTH, at + LENGTH + 2))) {
      line += 1
      cuts.push({ kind: 'record', record: { text: rest.slice(at, at + LENGTH), line } })
      at += LENGTH
    }
    rest = rest.slice(at)
    if (rest.length <= LONGEST_LINE) return
    if (!skipping) cuts.push({ kind: 'noise', text: rest.slice(0, 40), line: line + 1 })
    skipping = true
    rest = ''
  }
  return {
    push(text) {
      const cuts: Cut[] = []
      rest += text
      takeLines(cuts)
      takeUnbroken(cuts)
      return cuts
    },
    end() {
      const cuts: Cut[] = []
      rest = rest.replace(/\r$/, '')
      if (!skipping && rest !== '') cuts.push(...cutLine(rest, line + 1))
      rest = ''
      return cuts
    },
  }
}
