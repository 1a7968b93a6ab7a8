import { parseIban } from '../../../core/bank/account-name.ts'
import type { AccountName } from '../../../core/bank/statement.ts'
import { type Currency, parseCurrency } from '../../../core/kernel/currency.ts'
import { type LocalDate, parseDate } from '../../../core/kernel/local-date.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import { type Problem, problem } from '../../../core/kernel/problem.ts'
import { rememberDays } from '../days.ts'
import { isFiller } from '../squeeze.ts'
import { at, child, descendant, type Element, textAt, textOf } from './tree.ts'

/** A signed amount, or the problem that kept it from being one. */
export type SignedAmount = { readonly minor: bigint; readonly currency: Currency } | { readonly problem: Problem }

const knownDay = rememberDays(parseDate)

/** The day of a `Dt` or `DtTm` below this element, as the bank writes it: the hour and the zone do not move it. */
export function dayOf(element: Element | undefined): LocalDate | undefined {
  if (element === undefined) return undefined
  return knownDay((child(element, 'Dt') ?? child(element, 'DtTm') ?? element).text.trim().slice(0, 10))
}

/** -1 for DBIT, 1 for CRDT, undefined for anything else. */
export function directionOf(element: Element | undefined): 1n | -1n | undefined {
  const text = textOf(child(element, 'CdtDbtInd'))
  return text === 'CRDT' ? 1n : text === 'DBIT' ? -1n : undefined
}

/** The amount of an element that has `Amt` (with its currency) and `CdtDbtInd`. */
export function signedAmount(element: Element, fallback: Currency | null): SignedAmount {
  const amount = child(element, 'Amt')
  const line = (amount ?? element).line
  const code = amount?.attributes['Ccy']?.trim() ?? ''
  const currency = (code === fallback ? fallback : parseCurrency(code)) ?? fallback
  const direction = directionOf(element)
  if (!currency || !direction) {
    const [what, name] = currency ? ['CdtDbtInd', textAt(element, 'CdtDbtInd')] : ['Ccy', amount?.attributes['Ccy'] ?? null]
    return { problem: problem(currency ? 'SIGN_UNREADABLE' : 'CURRENCY_MISSING', {
      fr: `${what} est absent ou illisible (« ${name ?? ''} ») : ${currency ? 'le sens du montant' : 'la devise'} est inconnu et l'écriture n'est pas reprise.`,
      en: `${what} is missing or unreadable ("${name ?? ''}"): the ${currency ? 'direction of the amount' : 'currency'} is unknown and the entry is left out.`,
    }, { line, field: what! }) }
  }
  const text = amount?.text.trim() ?? ''
  const parsed = parseAmount(text.startsWith('.') ? `0${text}` : text, currency, { line, field: 'Amt' })
  return parsed.ok ? { minor: direction === 1n ? parsed.value : -parsed.value, currency } : { problem: parsed.problem }
}

/** The account an `Acct` (or `DbtrAcct`, `CdtrAcct`) element names. An IBAN written under `Othr` is recognised. */
export function accountOf(account: Element | undefined): AccountName {
  const id = child(account, 'Id')
  const iban = textAt(id, 'IBAN')
  if (iban !== null) return { iban: parseIban(iban) ?? iban.replace(/\s/g, ''), id: null }
  const other = textAt(id, 'Othr', 'Id') ?? textAt(id, 'PrtryAcct', 'Id') ?? textAt(id, 'BBAN') ?? null
  const readable = other === null ? undefined : parseIban(other)
  return readable ? { iban: readable, id: null } : { iban: null, id: other }
}

/** The kind of a balance, such as OPBD or CLBD. */
export function balanceCode(balance: Element): string | null {
  const type = child(balance, 'Tp')
  return textAt(type, 'CdOrPrtry', 'Cd') ?? textAt(type, 'Cd') ?? textAt(type, 'CdOrPrtry', 'Prtry') ?? (descendant(type, 'Cd')?.text.trim() || null)
}

/** A party's name: under `Pty` since version 8, directly before. An agent (a bank) may stand in its place. */
export function partyName(party: Element | undefined): string | null {
  return textAt(party, 'Nm') ?? textAt(party, 'Pty', 'Nm') ?? textAt(at(party, 'Agt', 'FinInstnId'), 'Nm')
}

/** A reference that says something: banks fill empty ones with words or zeros. */
export function meaningful(text: string | null): string | null {
  return text === null || isFiller(text) ? null : text
}
