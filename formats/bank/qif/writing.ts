import { type Currency, minorDigits } from '../../../core/kernel/currency.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import { problem, type Where } from '../../../core/kernel/problem.ts'
import { fail, type Result } from '../../../core/kernel/result.ts'
import { type DateOrder, decideDateOrder, readDateCell, resolveDate } from '../csv/dates.ts'
import { type DecimalMark, decideMark, plainDecimal, readNumberCell } from '../csv/numbers.ts'
import type { RawRecord } from './record.ts'

/** How the file writes dates and amounts: decided once, over many records. */
export type Writing = { readonly currency: Currency; readonly order: DateOrder; readonly mark: DecimalMark; readonly isOrderSettled: boolean }

/** "2/10'2020", "1/ 3' 4" and "1/3'04" as the usual forms: the apostrophe announces the years after 1999. */
export function usualDate(text: string): string {
  if (!text.includes('\'') && !text.includes(' ')) return text
  const apostrophe = /^(.*\d)\s*'\s*(\d{1,4})$/.exec(text)
  const whole = apostrophe ? `${apostrophe[1]!}/${apostrophe[2]!.length > 2 ? apostrophe[2]! : `20${apostrophe[2]!.padStart(2, '0')}`}` : text
  return whole.replace(/([-/.])\s+/g, '$1').trim()
}

/** The decimal mark when no amount tells: three digits behind a single mark are thousands, unless the currency has three decimals. */
function habitOf(bodies: readonly string[], currency: Currency): DecimalMark {
  const doubtful = bodies.find((body) => /^[1-9]\d{0,2}[.,]\d{3}$/.test(body))
  if (!doubtful) return '.'
  const mark = doubtful.includes('.') ? '.' : ','
  return (minorDigits(currency) === 3) === (mark === '.') ? '.' : ','
}

/** Decides how the records write dates and amounts. `known` is the order the user chose. */
export function decideWriting(records: readonly RawRecord[], currency: Currency, known: DateOrder | undefined): Writing {
  const dates = records.map((record) => readDateCell(usualDate(record.date ?? ''))).filter((cell) => cell !== undefined)
  const bodies = records.map((record) => readNumberCell(record.amount ?? '')?.body).filter((body) => body !== undefined)
  // The apostrophe is Quicken's, an American program; elsewhere dates begin with the day.
  const isAmerican = records.some((record) => record.date?.includes('\''))
  const decided = decideDateOrder([dates], isAmerican)
  const order = known ?? decided.order
  return { currency, order, mark: decideMark(bodies, habitOf(bodies, currency), currency), isOrderSettled: known !== undefined || decided.isSettled }
}

/** True when some date could be read both ways and nothing has told yet. */
export function isOrderOpen(records: readonly RawRecord[]): boolean {
  let hasDoubt = false
  for (const record of records) {
    const cell = readDateCell(usualDate(record.date ?? ''))
    if (cell?.kind !== 'numbers') continue
    if (cell.first > 12 || cell.second > 12) return false
    hasDoubt ||= cell.first !== cell.second
  }
  return hasDoubt
}

/** The day of a date; undefined when it is no day of the calendar. */
export function dayOf(text: string | null, { order }: Writing): LocalDate | undefined {
  const cell = readDateCell(usualDate(text ?? ''))
  return cell && resolveDate(cell, order)
}

/** An amount in minor units. */
export function amountOf(text: string | null, { mark, currency }: Writing, where: Where): Result<bigint> {
  const cell = readNumberCell(text ?? '')
  const plain = cell && plainDecimal(cell.body, mark)
  if (cell === undefined || plain === undefined) {
    return fail(problem('AMOUNT_UNREADABLE', {
      fr: text === null ? 'Cette opération n\'a pas de montant (T) : elle n\'est pas reprise.' : `Le montant « ${text.slice(0, 40)} » n'est pas lisible : l'opération n'est pas reprise. Vérifiez-la avec la banque.`,
      en: text === null ? 'This movement has no amount (T): it is left out.' : `The amount "${text.slice(0, 40)}" cannot be read: the movement is left out. Check it with the bank.`,
    }, where))
  }
  const isOut = (cell.sign === '-') !== (cell.marker === 'debit')
  return parseAmount(`${isOut ? '-' : ''}${plain}`, currency, where)
}
