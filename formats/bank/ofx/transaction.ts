import { parseIban } from '../../../core/bank/account-name.ts'
import type { StatementLine } from '../../../core/bank/statement.ts'
import { type Currency, parseCurrency } from '../../../core/kernel/currency.ts'
import { type Problem, problem } from '../../../core/kernel/problem.ts'
import { amountOf, dayOf, said, type Values } from './values.ts'

/** A STMTTRN, or a STMTTRNP (pending), with the values of the aggregates inside it: "PAYEE/NAME", "CURRENCY/CURSYM". */
export type Transaction = { readonly values: Values; readonly isPending: boolean; readonly line: number }

/** The name comes first, and is dropped when the memo repeats it: it is cut at 32 characters and often begins the memo. */
function labelOf(values: Values): string {
  const memo = said(values.get('MEMO'))
  const name = said(values.get('NAME')) ?? said(values.get('PAYEE/NAME'))
  const first = memo === null ? name : name === null || memo.includes(name) ? memo : `${name} ${memo}`
  if (!values.has('EXTDNAME') && !values.has('MEMO2')) return first ?? ''
  const parts = [first]
  for (const more of [said(values.get('EXTDNAME')), said(values.get('MEMO2'))]) if (more !== null && !parts.some((part) => part?.includes(more))) parts.push(more)
  return parts.filter((part) => part !== null).join(' ')
}

function withoutDate(text: string | undefined, line: number, field: string): Problem {
  return problem('DATE_UNREADABLE', {
    fr: `La date « ${(text ?? '').slice(0, 40)} » de cette opération n'est pas un jour du calendrier : l'opération n'est pas reprise. Vérifiez-la avec la banque.`,
    en: `The date "${(text ?? '').slice(0, 40)}" of this movement is not a day of the calendar: the movement is left out. Check it with the bank.`,
  }, { line, field })
}

/** Reads one transaction in the currency of its account, unless it names its own (`CURRENCY`; `ORIGCURRENCY` is already converted). */
export function readTransaction({ values, isPending, line }: Transaction, accountCurrency: Currency): StatementLine | { problem: Problem } {
  const dateField = isPending ? 'DTTRAN' : 'DTPOSTED'
  const bookedOn = dayOf(values.get(dateField))
  if (!bookedOn) return { problem: withoutDate(values.get(dateField), line, dateField) }
  const currency = parseCurrency(values.get('CURRENCY/CURSYM')?.trim() ?? '') ?? accountCurrency
  const amount = amountOf(values.get('TRNAMT') ?? '', currency, { line, field: 'TRNAMT' })
  if (!amount.ok) return { problem: amount.problem }
  const fitid = said(values.get('FITID'))
  const number = said(values.get('REFNUM')) ?? said(values.get('CHECKNUM'))
  const payee = said(values.get('PAYEE/NAME')) ?? said(values.get('EXTDNAME'))
  return {
    bookedOn, valueOn: dayOf(values.get('DTAVAIL')) ?? null, minor: amount.value, currency,
    label: labelOf(values) || payee || said(values.get('TRNTYPE')) || '',
    reference: number === fitid ? null : number,
    counterparty: { name: payee, iban: values.has('BANKACCTTO/ACCTID') ? (parseIban(values.get('BANKACCTTO/ACCTID')!) ?? null) : null },
    bankId: fitid, status: isPending ? 'pending' : 'booked', line,
  }
}
