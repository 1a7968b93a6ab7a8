import type { Page } from './page.ts'

/** Size of a character when a text layer comes as plain text: any size does, as long as places keep their proportions. */
const CHARACTER_WIDTH = 5
const LINE_HEIGHT = 10
const PAGE_WIDTH = 595

/**
 * Pages from a text layer written as plain text, columns kept by blanks (what `pdftotext -layout` gives): a form feed starts a
 * page, the rank of a character is its place. Cells are apart when two blanks or more separate them.
 */
export function pagesOfText(text: string): Page[] {
  return text.split('\f').map((part, index) => {
    const lines = part.split(/\r\n|\r|\n/)
    const texts = lines.flatMap((line, row) => [...line.replaceAll('\t', '        ').matchAll(/\S+(?: \S+)*/g)].map((found) => ({
      text: found[0], x: found.index * CHARACTER_WIDTH, y: row * LINE_HEIGHT, width: found[0].length * CHARACTER_WIDTH, height: LINE_HEIGHT * 0.8,
    })))
    return { number: index + 1, width: Math.max(PAGE_WIDTH, ...texts.map(({ x, width }) => x + width)), height: lines.length * LINE_HEIGHT, texts }
  }).filter((page) => page.texts.length > 0)
}

const DATED = /^ *(\d{1,2}[/.-]\d{1,2}([/.-]\d{2,4})?|\d{1,2} [A-Za-zéû]{3,9}\.?)\b.* {2}[-+(]?\d[\d .,']*[.,]\d{2}\)?( ?[-+]| ?(CR|DR|[CD€£$]))? *$/
const BALANCE = /\b(solde|balance)\b.* {2}[-+(]?[€£$]?\d[\d .,']*[.,]\d{2}/i
/** Lines and characters of each that are looked at. */
const [LINES_MAX, LENGTH_MAX] = [600, 500]

/**
 * True for a plain text that is the text layer of a statement: balances told in words, and dated lines that end with an amount, with
 * nothing but blanks between their columns. A table whose cells are padded has separators as well.
 */
export function looksLikeTextLayer(head: string): boolean {
  const lines = head.split(/\r\n|\r|\n|\f/, LINES_MAX).map((line) => line.slice(0, LENGTH_MAX).replaceAll('\t', ' \t '))
  const dated = lines.filter((line) => DATED.test(line))
  return dated.length > 0 && lines.some((line) => BALANCE.test(line)) && dated.filter((line) => /[;|\t]|","|,,/.test(line)).length * 2 < dated.length
}
