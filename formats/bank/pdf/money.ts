import { type NumberCell, readNumberCell } from '../csv/numbers.ts'
import type { Phrase, TextLine } from './page.ts'

/** An amount that stands alone on a line: where it is, and its column once columns are known. */
export type Money = { readonly cell: NumberCell; readonly phrase: Phrase; readonly page: number }

/** A marker of direction that stands a little apart behind its amount is at most so many letter heights away. */
const MARKER_GAP = 2.5

/** The amount a phrase is, when it is nothing else: it has its decimals, since an integer may be anything. */
function moneyOf(written: string, hasCommas: boolean): NumberCell | undefined {
  // A star behind an amount refers to a note.
  const text = written.replace(/\s*\*+$/, '')
  if (hasCommas && /^[0-3]\d\.[01]\d$/.test(text)) return undefined
  if (!/[.,]\d{2}(?!\d)/.test(text) || /^\d{1,2}[.]\d{1,2}[.](\d{2}|\d{4})$/.test(text)) return undefined
  const cell = readNumberCell(text)
  return cell && /[.,]\d{2}$/.test(cell.body) ? cell : undefined
}

/** Two phrases as one, when they are near enough for a sign to belong to its amount. */
function together(first: Phrase | undefined, second: Phrase | undefined, height: number): Phrase | undefined {
  if (!first || !second || second.x - first.end > height * MARKER_GAP) return undefined
  return { text: `${first.text} ${second.text}`, words: [...first.words, ...second.words], x: first.x, end: second.end }
}

/** The line cut into its amounts and the words around them. A sign before an amount, or a sign or CR/DR behind it, belongs to it. */
export function moneyOn(line: TextLine): { readonly money: readonly Money[]; readonly others: readonly Phrase[] } {
  const money: Money[] = []
  const others: Phrase[] = []
  for (let at = 0; at < line.phrases.length; at++) {
    const phrase = line.phrases[at]!
    const next = line.phrases[at + 1]
    const isMarked = /^[-+−–]$/.test(phrase.text) || (next !== undefined && /^([-+−]|CR|DR|D|C)$/i.test(next.text))
    const pair = isMarked ? together(phrase, next, line.height) : undefined
    const marked = pair && moneyOf(pair.text, line.hasCommas)
    if (marked) {
      money.push({ cell: marked, page: line.page, phrase: pair })
      at += 1
      continue
    }
    const cell = moneyOf(phrase.text, line.hasCommas)
    if (cell) money.push({ cell, phrase, page: line.page })
    else if (!/^[€£$]$|^(EUR|USD|GBP|CAD|CHF)$/.test(phrase.text)) others.push(phrase)
  }
  return { money, others }
}

/** Words of an amount at most: thousands are apart. */
const TAIL_WORDS_MAX = 4

/**
 * The line with its last phrase cut in two when a label runs so close to its amount that no gap shows: the end must be an amount
 * and stand in a column of them. Lines that have an amount of their own are left as they are.
 */
export function withTail(line: TextLine, isInColumn: (money: Money) => boolean): TextLine {
  const last = line.phrases.at(-1)
  if (!last || last.words.length < 2 || moneyOn(line).money.length > 0) return line
  for (let count = Math.min(TAIL_WORDS_MAX, last.words.length - 1); count > 0; count--) {
    const [head, tail] = [last.words.slice(0, -count), last.words.slice(-count)]
    const text = tail.map((word) => word.text).join(' ')
    const cell = moneyOf(text, line.hasCommas)
    const phrase: Phrase = { text, words: tail, x: tail[0]!.x, end: last.end }
    if (!cell || !isInColumn({ cell, phrase, page: line.page })) continue
    const rest: Phrase = { text: head.map((word) => word.text).join(' '), words: head, x: last.x, end: head.at(-1)!.x + head.at(-1)!.width }
    return { ...line, phrases: [...line.phrases.slice(0, -1), rest, phrase] }
  }
  return line
}
