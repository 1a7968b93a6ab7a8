import type { Row } from '../csv/rows.ts'
import { parseXml } from './parts.ts'
import { exactNumber, serialDay } from './values.ts'

/** What a sheet needs to know of its workbook to be read. */
export type SheetContext = { readonly strings: readonly string[]; readonly days: readonly boolean[]; readonly is1904: boolean }

/** Columns looked at: statements have a few dozen. */
const COLUMNS_MAX = 200
const CELL_LENGTH_MAX = 32_767

/** "BC12" -> 54, from 0. */
function columnOf(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0]
  if (!letters) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

type Cell = { type: string; style: number; text: string }

/** The text of a cell: days as 2026-03-01, numbers exact, the rest as it is shown. */
function textOf({ type, style, text }: Cell, { strings, days, is1904 }: SheetContext): string {
  switch (type) {
    case 's': return strings[Number(text)] ?? ''
    case 'str': case 'inlineStr': case 'e': return text
    case 'b': return text === '1' ? 'TRUE' : 'FALSE'
    case 'd': return text.slice(0, 10)
    default: return (days[style] ? serialDay(text, is1904) : exactNumber(text)) ?? text
  }
}

/**
 * Reads the rows of a sheet as they come, to `give`. Rows without any filled cell are passed over; a row keeps its number in the sheet.
 * False when the XML is damaged: the rows before the damage have been given.
 */
export function readSheet(onPieces: (write: (text: string) => void) => void, context: SheetContext, give: (row: Row) => void): boolean {
  let line = 0
  let cells: string[] = []
  let column = -1
  let cell: Cell | null = null
  let isValue = false
  return parseXml(onPieces, {
    open: (name, { r, t, s }) => {
      if (name === 'row') {
        line = r === undefined ? line + 1 : Number(r)
        cells = []
        column = -1
      } else if (name === 'c') {
        column = (r === undefined ? undefined : columnOf(r)) ?? column + 1
        cell = { type: t ?? 'n', style: Number(s ?? '-1'), text: '' }
      } else if (name === 'v' || name === 't') isValue = cell !== null
    },
    close: (name) => {
      if (name === 'v' || name === 't') isValue = false
      else if (name === 'c' && cell) {
        if (column < COLUMNS_MAX && cell.text !== '') {
          while (cells.length < column) cells.push('')
          cells[column] = textOf(cell, context).replace(/[\u00a0\u2007\u202f\u2009]/g, ' ').trim()
        }
        cell = null
      } else if (name === 'row' && cells.some((text) => text !== '')) give({ cells, line })
    },
    text: (text) => { if (isValue && cell && cell.text.length < CELL_LENGTH_MAX) cell.text += text },
  })
}
