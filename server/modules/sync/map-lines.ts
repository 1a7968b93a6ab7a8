import { Check } from 'typebox/value'
import { GenericAccount, GenericTransaction } from '../../../contract/sync.ts'
import type { Static } from 'typebox'
import { type Currency, parseCurrency } from '../../../core/kernel/currency.ts'
import { parseDate } from '../../../core/kernel/local-date.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import { type Problem, problem, type Text } from '../../../core/kernel/problem.ts'
import type { DeliveredLine } from '../banking/index.ts'
import type { Mapped } from './types.ts'

type Fields = Readonly<Record<string, unknown>>
type Generic = Static<typeof GenericTransaction>
type OneLine = { readonly accountId: string; readonly line: DeliveredLine } | { readonly problem: Problem }

const LABEL_LENGTH_MAX = 1_000

const refused = (code: string, message: Text, where: { readonly line: number; readonly field: string }): OneLine => ({ problem: problem(code, message, where) })

/** One transaction of the generic shape. Refuses what it cannot read, naming its rank and its field; an amount is never guessed. */
function mapGeneric(one: Generic, { line, currency }: { readonly line: number; readonly currency: Currency | undefined }): OneLine {
  const bookedOn = parseDate(one.date)
  if (!bookedOn) return refused('DATE_INVALID', { fr: `L'opération ${one.id} : le ${one.date} n'est pas un jour du calendrier.`, en: `Transaction ${one.id}: ${one.date} is not a day of the calendar.` }, { line, field: 'date' })
  const own = one.currency === undefined ? currency : parseCurrency(one.currency)
  if (!own) return refused('CURRENCY_MISSING', { fr: `L'opération ${one.id} ne dit pas sa devise, ni son compte.`, en: `Transaction ${one.id} does not say its currency, nor does its account.` }, { line, field: 'currency' })
  const amount = parseAmount(one.amount, own, { line, field: 'amount' })
  if (!amount.ok) return { problem: amount.problem }
  return {
    accountId: one.accountId,
    line: {
      externalId: one.id, replaces: one.replaces ?? null, status: one.deleted ? 'withdrawn' : one.status ?? 'booked', bookedOn, valueOn: one.valueDate ? parseDate(one.valueDate) ?? null : null,
      amount: amount.value, currency: own, label: one.label.slice(0, LABEL_LENGTH_MAX), reference: one.reference ?? null,
      counterparty: { name: one.counterparty?.name ?? null, iban: one.counterparty?.iban ?? null },
    },
  }
}

function collect(accounts: Mapped['accounts'], lines: readonly OneLine[], problems: readonly Problem[]): Mapped {
  const good = lines.flatMap((one) => ('line' in one ? [one] : []))
  const byAccount = Map.groupBy(good, ({ accountId }) => accountId)
  return {
    accounts, lines: new Map([...byAccount].map(([id, of]) => [id, of.map(({ line }) => line)])),
    problems: [...problems, ...lines.flatMap((one) => ('problem' in one ? [one.problem] : []))],
  }
}

const misshapen = (kind: Text, line: number): Problem => problem('DELIVERY_MISSHAPEN', {
  fr: `${kind.fr} n° ${line} n'a pas la forme documentée.`, en: `${kind.en} no. ${line} is not of the documented shape.`,
}, { line })

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A delivery in the generic shape. What is not of that shape is refused one by one; the rest is kept. */
export function mapGenericDelivery(delivery: { readonly accounts?: unknown; readonly transactions?: unknown }): Mapped {
  const problems: Problem[] = []
  const accounts = listOf(delivery.accounts).flatMap((one, index) => {
    if (Check(GenericAccount, one)) return [{ externalId: one.id, name: one.name ?? null, iban: one.iban ?? null, currency: one.currency ?? null }]
    problems.push(misshapen({ fr: 'Le compte', en: 'Account' }, index + 1))
    return []
  })
  const currencies = new Map(accounts.map(({ externalId, currency }) => [externalId, currency === null ? undefined : parseCurrency(currency)]))
  const lines = listOf(delivery.transactions).map((one, index): OneLine => (Check(GenericTransaction, one)
    ? mapGeneric(one, { line: index + 1, currency: currencies.get(one.accountId) }) : { problem: misshapen({ fr: 'L\'opération', en: 'Transaction' }, index + 1) }))
  return collect(accounts, lines, problems)
}

const idOf = (value: unknown): string | undefined => (typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : typeof value === 'string' && value !== '' ? value : undefined)
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** A transaction of Bridge in the generic shape; undefined when it is not one. A negative amount is money out, as here; a future one is announced. */
function asGeneric(one: Fields): Generic | undefined {
  const [id, accountId, date] = [idOf(one['id']), idOf(one['account_id']), textOf(one['booking_date']) ?? textOf(one['date'])]
  const amount = typeof one['amount'] === 'number' || typeof one['amount'] === 'string' ? String(one['amount']) : undefined
  if (id === undefined || accountId === undefined || date === undefined || amount === undefined) return undefined
  const valueDate = textOf(one['value_date'])
  const currency = textOf(one['currency_code'])
  const generic = {
    id, accountId, date, amount, label: textOf(one['provider_description']) ?? textOf(one['clean_description']) ?? '', status: one['future'] === true ? 'pending' as const : 'booked' as const,
    ...(one['deleted'] === true ? { deleted: true } : {}), ...(valueDate === undefined ? {} : { valueDate }), ...(currency === undefined ? {} : { currency }),
  }
  return Check(GenericTransaction, generic) ? generic : undefined
}

/** Accounts and transactions as Bridge writes them. */
export function mapBridgeDelivery(delivery: { readonly accounts: readonly Fields[]; readonly transactions: readonly Fields[] }): Mapped {
  const accounts = delivery.accounts.flatMap((one) => {
    const externalId = idOf(one['id'])
    return externalId === undefined ? [] : [{ externalId, name: textOf(one['name']) ?? null, iban: textOf(one['iban']) ?? null, currency: textOf(one['currency_code']) ?? null }]
  })
  const currencies = new Map(accounts.map(({ externalId, currency }) => [externalId, currency === null ? undefined : parseCurrency(currency)]))
  const lines = delivery.transactions.map((one, index): OneLine => {
    const generic = asGeneric(one)
    return generic ? mapGeneric(generic, { line: index + 1, currency: currencies.get(generic.accountId) }) : { problem: misshapen({ fr: 'L\'opération', en: 'Transaction' }, index + 1) }
  })
  return collect(accounts, lines, [])
}
