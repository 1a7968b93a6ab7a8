import type { Place } from '../../../core/bank/statement.ts'

/** A piece of text as a page places it, in points from the upper left corner: the form in which a text layer is given to this folder. */
export type PageText = { readonly text: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** One page of a document, with its text layer. */
export type Page = { readonly number: number; readonly width: number; readonly height: number; readonly texts: readonly PageText[] }

/** A word and where it is. */
export type Word = { readonly text: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** Words that stand together: what a person sees as one cell. */
export type Phrase = { readonly text: string; readonly words: readonly Word[]; readonly x: number; readonly end: number }

/** What stands on one height of a page, from left to right. `line` counts the lines of the document from 1. */
export type TextLine = {
  readonly page: number; readonly line: number; readonly y: number; readonly height: number; readonly phrases: readonly Phrase[]
  /** True when the document writes its amounts with a comma: "03.04" is then a day, not three euros. */
  readonly hasCommas: boolean
}

/** Gaps wider than this part of the letters' height separate cells. A blank is about a quarter of it, a column far more. */
const CELL_GAP = 0.75
/** Words closer than this are one word that was written in pieces. */
const SAME_WORD = 0.12
/** Texts whose heights overlap by this part stand on the same line. */
const SAME_LINE = 0.5

/** The words of a text, each with its share of the width. */
function wordsOf({ text, x, y, width, height }: PageText): Word[] {
  const each = text.length === 0 ? 0 : width / text.length
  return [...text.matchAll(/\S+/g)].map((found) => ({ text: found[0], x: x + found.index * each, y, width: found[0].length * each, height }))
}

/** Pieces that touch are one word: some programs write every letter apart. */
function joined(words: readonly Word[]): Word[] {
  const found: Word[] = []
  for (const word of words) {
    const last = found.at(-1)
    const gap = last ? word.x - last.x - last.width : Infinity
    if (last && Math.abs(gap) <= word.height * SAME_WORD) found[found.length - 1] = { ...last, text: last.text + word.text, width: word.x + word.width - last.x }
    else found.push(word)
  }
  return found
}

function phrasesOf(words: readonly Word[]): Phrase[] {
  const groups: Word[][] = []
  let end = -Infinity
  for (const word of words) {
    const isNear = word.x - end <= word.height * CELL_GAP
    if (isNear && groups.length > 0) groups.at(-1)!.push(word)
    else groups.push([word])
    end = word.x + word.width
  }
  return groups.map((group) => ({ text: group.map((word) => word.text).join(' '), words: group, x: group[0]!.x, end: group.at(-1)!.x + group.at(-1)!.width }))
}

/** The lines of a document as they are read: texts of one height together, from left to right, page after page. */
export function linesOf(pages: readonly Page[]): TextLine[] {
  const lines: TextLine[] = []
  const hasCommas = pages.some((page) => page.texts.some(({ text }) => /(^|[\s\d])\d{1,3},\d{2}\s*(€|EUR|[-+])?\s*$/.test(text)))
  for (const page of pages) {
    const texts = page.texts.filter(({ text }) => text.trim() !== '').toSorted((a, b) => a.y - b.y || a.x - b.x)
    let group: PageText[] = []
    const close = (): void => {
      if (group.length === 0) return
      const words = joined(group.flatMap(wordsOf).toSorted((a, b) => a.x - b.x))
      lines.push({ page: page.number, line: lines.length + 1, y: Math.min(...group.map(({ y }) => y)), height: Math.max(...group.map(({ height }) => height)), phrases: phrasesOf(words), hasCommas })
      group = []
    }
    for (const text of texts) {
      const first = group[0]
      // A line is measured against its first text, so that a slow drift cannot swallow the page.
      if (first && Math.min(first.y + first.height, text.y + text.height) - Math.max(first.y, text.y) < Math.min(first.height, text.height) * SAME_LINE) close()
      group.push(text)
    }
    close()
  }
  return lines
}

/** The rectangle around words of one page. */
export function placeOf(words: readonly Word[], page: number): Place {
  const [left, top] = [Math.min(...words.map((word) => word.x)), Math.min(...words.map((word) => word.y))]
  const right = Math.max(...words.map((word) => word.x + word.width))
  const bottom = Math.max(...words.map((word) => word.y + word.height))
  const tenth = (size: number): number => Math.round(size * 10) / 10
  return { page, x: tenth(left), y: tenth(top), width: tenth(right - left), height: tenth(bottom - top) }
}
