import { parseIban } from '../../../core/bank/account-name.ts'
import type { AccountName } from '../../../core/bank/statement.ts'
import { dateOf, type LocalDate } from '../../../core/kernel/local-date.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import type { Where } from '../../../core/kernel/problem.ts'
import { fail, type Result } from '../../../core/kernel/result.ts'
import { rememberDays } from '../days.ts'
import { isFiller, squeeze } from '../squeeze.ts'

/** The values of an aggregate by tag. A tag written twice keeps its first value. */
export type Values = Map<string, string>

/**
 * The day of an OFX date: YYYYMMDD, then an hour and a zone that do not move it ("20091215202000.000[-4:EST]" is the bank's 15th).
 * Some banks put dashes between the numbers.
 */
export function dayOf(text: string | undefined): LocalDate | undefined {
  return text === undefined ? undefined : knownDay(text.trim())
}

const knownDay = rememberDays((text) => {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text)
  return match ? dateOf(Number(match[1]), Number(match[2]), Number(match[3])) : undefined
})

/**
 * A signed amount. The decimal mark is a dot or a comma; when both stand there, the first one groups thousands. OFX has no grouping
 * of its own, so a single mark is always the decimal one.
 */
export function amountOf(text: string, currency: Currency, where: Where): Result<bigint> {
  const quick = parseAmount(text.trim(), currency, where)
  if (quick.ok || quick.problem.code === 'AMOUNT_TOO_PRECISE') return quick
  const bare = text.replace(/\s/g, '')
  const lastMark = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','))
  const whole = lastMark < 0 ? bare : bare.slice(0, lastMark).replace(/[.,]/g, '')
  const fraction = bare.slice(lastMark + 1)
  // ".5" is half a unit; a mark by itself is nothing.
  const plain = lastMark < 0 ? whole : `${fraction === '' ? whole : whole.replace(/^([+-]?)$/, '$10')}.${fraction}`
  const parsed = parseAmount(plain, currency, where)
  if (parsed.ok) return parsed
  // The message shows what the file writes.
  return parsed.problem.code === 'AMOUNT_UNREADABLE' ? fail({ ...parsed.problem, message: {
    fr: `Le montant « ${text.slice(0, 40)} » n'est pas lisible : l'opération n'est pas reprise. Vérifiez-la avec la banque.`,
    en: `The amount "${text.slice(0, 40)}" cannot be read: the movement is left out. Check it with the bank.`,
  } }) : parsed
}

/** The account of a BANKACCTFROM, CCACCTFROM or INVACCTFROM. French banks give bank, branch and number apart, as a RIB does. */
export function accountOf(values: Values): AccountName {
  const id = values.get('ACCTID')?.trim() ?? ''
  const iban = parseIban(id)
  if (iban) return { iban, id: null }
  const [bank = '', branch = ''] = [values.get('BANKID')?.trim(), values.get('BRANCHID')?.trim()]
  const isRib = /^\d{5}$/.test(bank) && /^\d{5}$/.test(branch) && /^[A-Z0-9]{11}$/i.test(id)
  return { iban: null, id: id === '' ? null : isRib ? `${bank} ${branch} ${id}` : id }
}

/** A text with something to say. */
export function said(text: string | undefined): string | null {
  const bare = text === undefined ? '' : squeeze(text)
  return bare === '' || isFiller(bare) ? null : bare
}
