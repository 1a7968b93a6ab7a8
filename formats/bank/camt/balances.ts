import type { StatedBalance } from '../../../core/bank/statement.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import { type Problem, problem, warning } from '../../../core/kernel/problem.ts'
import { child, type Element } from './tree.ts'
import { balanceCode, dayOf, signedAmount } from './values.ts'

/** A booked balance with its kind and currency. Available and forward balances say nothing of the lines and are passed over. */
export type BookedBalance = StatedBalance & { readonly code: string; readonly currency: Currency }

const BOOKED = new Set(['OPBD', 'CLBD', 'PRCD', 'ITBD'])

/** Reads one `Bal`. Undefined for a kind that does not count booked lines. */
export function readBalance(balance: Element): BookedBalance | { problem: Problem } | undefined {
  const code = balanceCode(balance)
  if (code === null || !BOOKED.has(code)) return undefined
  const amount = signedAmount(balance, null)
  if ('problem' in amount) return amount
  const date = dayOf(child(balance, 'Dt'))
  if (!date) {
    return { problem: problem('DATE_UNREADABLE', {
      fr: `La date du solde ${code} n'est pas lisible : ce solde est ignoré.`, en: `The date of balance ${code} cannot be read: this balance is ignored.`,
    }, { line: balance.line, field: 'Bal/Dt' }) }
  }
  return { code, date, minor: amount.minor, currency: amount.currency }
}

/**
 * The balances that frame the lines. Opening: OPBD, else the previous closing (PRCD), else the first interim one when it opens a page.
 * Closing: CLBD, else the last interim one. A statement on several pages opens or closes on an interim balance (ITBD).
 */
export function frame(balances: readonly BookedBalance[], currency: Currency | null, line: number): { opening: StatedBalance | null; closing: StatedBalance | null; problems: Problem[] } {
  const of = (code: string): BookedBalance[] => balances.filter((balance) => balance.code === code)
  const interim = of('ITBD')
  const opened = of('OPBD')[0] ?? of('PRCD')[0]
  const closed = of('CLBD').at(-1)
  const opening = opened ?? (closed || interim.length > 1 ? interim[0] : undefined)
  const closing = closed ?? (opened || interim.length > 1 ? interim.at(-1) : undefined)
  const problems: Problem[] = []
  const keep = (balance: BookedBalance | undefined): StatedBalance | null => {
    if (!balance) return null
    if (balance.currency === currency) return { date: balance.date, minor: balance.minor }
    problems.push(warning('BALANCE_CURRENCY', {
      fr: `Le solde ${balance.code} est en ${balance.currency} alors que le compte est en ${currency ?? '?'} : il est ignoré. Vérifiez-le avec la banque.`,
      en: `Balance ${balance.code} is in ${balance.currency} while the account is in ${currency ?? '?'}: it is ignored. Check it with the bank.`,
    }, { line, field: `Bal/${balance.code}` }))
    return null
  }
  return { opening: keep(opening), closing: keep(closing), problems }
}
