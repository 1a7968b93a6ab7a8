import { type Problem, problem } from '../../core/kernel/problem.ts'

/** Cuts text into lines as it comes, whatever ends them (LF, CR LF, CR). Line numbers start at 1. */
export type LineCutter = { push(text: string): void; end(): void }

export type LineEvents = {
  line(text: string, number: number): void
  /** A line that is too long to be one: its beginning. The rest of it is passed over. */
  tooLong(start: string, number: number): void
}

/** A line longer than this belongs to no statement. */
const LINE_MAX = 65_536

/** What to say of a line that was passed over for its length. */
export function lineTooLong(number: number): Problem {
  return problem('LINE_TOO_LONG', {
    fr: `La ligne ${number} dépasse ${LINE_MAX} caractères : elle est ignorée. Vérifiez que ce fichier est bien un relevé entier.`,
    en: `Line ${number} is longer than ${LINE_MAX} characters: it is ignored. Check that this file is a whole statement.`,
  }, { line: number })
}

/** `events.line` gets every line without its end. The last one may lack its end: `hasEnd` says so. */
export function createLineCutter(events: LineEvents): LineCutter & { hasEnd(): boolean } {
  let rest = ''
  let number = 0
  let isSkipping = false
  let hasEnd = true
  const give = (text: string): void => {
    number += 1
    if (isSkipping) isSkipping = false
    else if (text.length > LINE_MAX) events.tooLong(text.slice(0, 40), number)
    else events.line(text, number)
  }
  /** One piece between two line feeds: its carriage return is dropped; others inside it end lines too. */
  const takePiece = (piece: string): void => {
    const first = piece.indexOf('\r')
    if (first < 0) give(piece)
    else if (first === piece.length - 1) give(piece.slice(0, -1))
    else for (const text of (piece.endsWith('\r') ? piece.slice(0, -1) : piece).split('\r')) give(text)
  }
  return {
    push(text) {
      const pieces = (rest + text).split('\n')
      rest = pieces.pop()!
      for (const piece of pieces) takePiece(piece)
      // Lines ended by CR alone. A CR at the very end may be half of a CR LF: it waits.
      const last = rest.length < 2 ? -1 : rest.lastIndexOf('\r', rest.length - 2)
      if (last >= 0) {
        for (const piece of rest.slice(0, last).split('\r')) give(piece)
        rest = rest.slice(last + 1)
      }
      if (rest.length <= LINE_MAX || rest.endsWith('\r')) return
      if (!isSkipping) events.tooLong(rest.slice(0, 40), number + 1)
      isSkipping = true
      rest = ''
    },
    end() {
      hasEnd = rest === '' || rest.endsWith('\r')
      if (rest !== '') takePiece(rest)
      rest = ''
    },
    hasEnd: () => hasEnd,
  }
}
