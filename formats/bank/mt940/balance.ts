import { parseIban } from '../../../core/bank/account-name.ts'
import type { AccountName, StatedBalance } from '../../../core/bank/statement.ts'
import { type Currency, parseCurrency } from '../../../core/kernel/currency.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import { type Problem, problem } from '../../../core/kernel/problem.ts'
import { plainAmount, readDay } from './movement.ts'

/** A balance field: mark, day, currency (left out by some banks), amount. */
export type Balance = { readonly currency: Currency | null; readonly stated: StatedBalance }

const SHAPE = /^\s*(C|D|RC|RD)(\d{6})([A-Z]{3})?\s*(\d[\d.,]*|[.,]\d+)\s*$/

/** Reads `:60F:`, `:60M:`, `:62F:` or `:62M:`. Without a currency of its own it takes that of the statement. */
export function readBalance(tag: string, content: string, fallback: { readonly currency: Currency | null; readonly line: number }): Balance | { problem: Problem } {
  const where = { line: fallback.line, field: `:${tag}:` }
  const [, mark = '', day = '', code, amount = ''] = SHAPE.exec(content) ?? []
  const date = readDay(day)
  const currency = parseCurrency(code ?? '') ?? fallback.currency
  if (!date || !currency) {
    return { problem: problem('BALANCE_UNREADABLE', {
      fr: `Le solde :${tag}: n'est pas lisible (« ${content.trim().slice(0, 40)} ») : il est ignoré et la continuité ne peut pas être vérifiée.`,
      en: `The balance :${tag}: cannot be read ("${content.trim().slice(0, 40)}"): it is ignored and continuity cannot be checked.`,
    }, where) }
  }
  const parsed = parseAmount(plainAmount(amount), currency, where)
  if (!parsed.ok) return { problem: parsed.problem }
  const isDebit = mark === 'D' || mark === 'RC'
  return { currency, stated: { date, minor: isDebit ? -parsed.value : parsed.value } }
}

/** Reads `:25:`: an IBAN, "bank/account", or an account with its currency behind it. */
export function readAccount(content: string): { account: AccountName; currency: Currency | null } {
  const text = (content.split('\n', 1)[0] ?? '').trim()
  const [, bare = text, code = ''] = /^(.*\d)[ /]?([A-Z]{3})$/.exec(text) ?? []
  const iban = parseIban(bare) ?? parseIban(text)
  return { account: iban === undefined ? { iban: null, id: bare === '' ? null : bare } : { iban, id: null }, currency: parseCurrency(code) ?? null }
}

/** The currency of a floor limit (`:34F:`), the only place where an interim report may name it. */
export function floorCurrency(content: string): Currency | null {
  return parseCurrency(content.trim().slice(0, 3)) ?? null
}
