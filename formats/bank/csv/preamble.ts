import { parseIban } from '../../../core/bank/account-name.ts'
import type { AccountName } from '../../../core/bank/statement.ts'
import { type Currency, parseCurrency } from '../../../core/kernel/currency.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { type DateOrder, readDateCell, resolveDate } from './dates.ts'
import { currencyIn, type DecimalMark, plainDecimal, readNumberCell } from './numbers.ts'
import type { Row } from './rows.ts'
import { summaryKind, words } from './words.ts'

/** What the lines above a table tell. */
export type Preamble = { readonly account: AccountName; readonly currency: Currency | null }

const ACCOUNT_WORDS = /\b(account|compte|konto|rekening|cuenta|conto|iban|kontonummer|rekeningnummer)\b/
const CURRENCY_WORDS = /\b(currency|devise|wahrung|waehrung|munt|divisa|moneda|monnaie|tenu en)\b/

/** "Compte : 12345" in one cell, or in two neighbouring ones. */
function pairs(row: Row): [string, string][] {
  const found: [string, string][] = []
  row.cells.forEach((cell, index) => {
    const colon = /^([^:]{2,40}):\s*(.+)$/.exec(cell)
    if (colon) found.push([colon[1]!, colon[2]!])
    const next = row.cells.slice(index + 1).find((other) => other !== '')
    if (next !== undefined) found.push([cell, next])
  })
  return found
}

/** Reads account and currency from the rows above the header. */
export function readPreamble(rows: readonly Row[]): Preamble {
  let iban: string | undefined
  let id: string | null = null
  let currency: Currency | null = null
  for (const row of rows) {
    for (const cell of row.cells) iban ??= parseIban(cell) ?? parseIban(/[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}/.exec(cell)?.[0] ?? '')
    for (const [name, value] of pairs(row)) {
      const text = words(name)
      if (id === null && ACCOUNT_WORDS.test(text) && /\d{4}/.test(value) && readDateCell(value) === undefined && value.length <= 40) id = value
      if (CURRENCY_WORDS.test(text)) currency ??= parseCurrency(value.toUpperCase()) ?? currencyIn(value)
    }
    if (row.cells.filter((cell) => cell !== '').length <= 6) currency ??= row.cells.map((cell) => (/[€£]|\bEUR(OS?)?\b/i.test(cell) ? currencyIn(cell) : null)).find((found) => found !== null) ?? null
  }
  return { account: iban ? { iban, id: null } : { iban: null, id }, currency }
}

/** A balance told above or below the table: "Solde au 31/01/2026;1 234,56". The decimal is still without a currency. */
export type ToldBalance = { readonly which: 'opening' | 'closing'; readonly decimal: string; readonly isNegative: boolean; readonly date: LocalDate | null }

/** Reads a stated balance from a row outside the table; undefined when the row tells none, or several numbers. */
export function readToldBalance(row: Row, mark: DecimalMark, order: DateOrder): ToldBalance | undefined {
  const cells = row.cells.flatMap((cell) => cell.split(/\s*:\s*/)).filter((cell) => cell !== '')
  if (cells.length > 6) return undefined
  const title = cells.map((cell) => ({ cell, kind: readNumberCell(cell) === undefined ? summaryKind(cell) : undefined })).find(({ kind }) => kind === 'opening' || kind === 'closing')
  const numbers = cells.filter((cell) => readDateCell(cell) === undefined).map((cell) => readNumberCell(cell)).filter((found) => found !== undefined)
  if (!title || numbers.length !== 1) return undefined
  const decimal = plainDecimal(numbers[0]!.body, mark)
  if (decimal === undefined) return undefined
  const inTitle = /\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}/.exec(title.cell)?.[0]
  const dateCell = [inTitle ?? '', ...cells].map((cell) => readDateCell(cell)).find((found) => found !== undefined)
  return { which: title.kind as 'opening' | 'closing', decimal, isNegative: numbers[0]!.sign === '-', date: (dateCell && resolveDate(dateCell, order)) ?? null }
}
