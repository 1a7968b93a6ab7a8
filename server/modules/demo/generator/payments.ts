import { addDays, addMonths, type LocalDate } from '../../../../core/kernel/local-date.ts'
import { dayOfMonth, workingDay } from './calendar.ts'
import type { Buyer } from './invoices.ts'
import type { DemoBankLine, DemoInvoice, DemoMeaning } from './plan.ts'
import type { Random } from './random.ts'

type Parts = Extract<DemoMeaning, { kind: 'payment' }>['parts']

/** Days after the due day on which a customer of each manner pays (least, most). */
const DELAYS: Readonly<Record<Exclude<Buyer['manner'], 'grouped'>, readonly [number, number]>> = {
  prompt: [-18, 0], usual: [-4, 6], slow: [9, 32], late: [48, 86], cheque: [-2, 12],
}
const GROUPED_DAY = 10
/** Of a hundred invoices: paid in two parts, short of a few cents, with a discount for paying early. */
const IN_TWO = 6
const SHORT = 3
const SECOND_PART_DAYS = 21
const CENTS_SHORT = 2n
const DISCOUNTS_GRANTED = '665000'
const SUNDRY_CHARGES = '658000'

type Plan = { readonly buyer: Buyer; readonly invoices: readonly DemoInvoice[]; readonly random: Random; readonly numberOf: (invoice: DemoInvoice) => string }

function reference(numbers: readonly string[], random: Random): string {
  const text = numbers.join(' ')
  const plain = numbers.map((number) => number.replaceAll('-', '')).join(' ')
  return random.pick([`FACTURE ${text}`, `REGLEMENT ${text}`, `FACT ${text}`, text, `VOTRE FACTURE ${plain}`, `PAIEMENT FACTURE N ${text}`])
}

function transfer(on: LocalDate, parts: Parts, { buyer, random, numberOf }: Plan): DemoBankLine {
  const { name, iban } = buyer.customer
  const amount = parts.reduce((total, part) => total + part.amount, 0n)
  const isShort = parts.length === 1 && random.chance(SHORT)
  const hasDiscount = !isShort && buyer.manner === 'prompt' && parts.length === 1 && random.chance(8)
  const residual = isShort ? { account: SUNDRY_CHARGES, amount: -CENTS_SHORT } : hasDiscount ? { account: DISCOUNTS_GRANTED, amount: -(amount / 100n) } : null
  const numbers = parts.map((part) => numberOf(part.invoice))
  const meaning: DemoMeaning = { kind: 'payment', parts, residual }
  if (buyer.manner === 'cheque') {
    return { on, amount, words: `REMISE CHEQUE ${random.between(1_000_000, 9_999_999)}`, details: { remittance: `${name} ${numbers.join(' ')}` }, meaning: { ...meaning, residual: null } }
  }
  const says = random.between(1, 100)
  const remittance = hasDiscount ? `${numbers.join(' ')} ESCOMPTE 1 PCT` : says <= 78 ? reference(numbers, random) : says <= 92 ? 'VIREMENT' : `VOS TRAVAUX ${numbers[0]!.slice(-3)}`
  return {
    on, amount: amount + (residual?.amount ?? 0n), words: `VIR SEPA ${name}`, meaning,
    details: { name, remittance, ...(iban === null ? {} : { iban }) },
  }
}

/** The day a customer pays an invoice: after it was made, and on a day banks work. */
function payDay(invoice: DemoInvoice, { buyer, random }: Plan): LocalDate {
  if (buyer.manner === 'grouped') {
    const month = invoice.dueOn <= dayOfMonth(invoice.dueOn, GROUPED_DAY) ? invoice.dueOn : addMonths(invoice.dueOn, 1)
    return dayOfMonth(month, GROUPED_DAY)
  }
  const wanted = addDays(invoice.dueOn, random.between(...DELAYS[buyer.manner]))
  return workingDay(wanted > invoice.issuedOn ? wanted : addDays(invoice.issuedOn, 4))
}

/** How one customer pays its invoices, in the order of the days. A credit note is taken off the next invoice it pays. */
export function paymentsOf(plan: Plan): DemoBankLine[] {
  const credits = plan.invoices.filter((invoice) => invoice.kind === 'credit_note')
  const byDay = new Map<LocalDate, DemoInvoice[]>()
  for (const invoice of plan.invoices) {
    if (invoice.kind === 'credit_note') continue
    const on = payDay(invoice, plan)
    byDay.set(on, [...(byDay.get(on) ?? []), invoice])
  }
  const lines: DemoBankLine[] = []
  for (const [on, invoices] of [...byDay].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const gross = invoices.reduce((total, invoice) => total + invoice.gross, 0n)
    const credit = credits.findIndex((note) => note.issuedOn <= on && -note.gross < gross)
    const netted = credit < 0 ? [] : credits.splice(credit, 1)
    const only = invoices.length === 1 && netted.length === 0 ? invoices[0] : undefined
    if (only && plan.random.chance(IN_TWO)) {
      const first = only.gross / 2n
      lines.push(transfer(on, [{ invoice: only, amount: first }], plan), transfer(workingDay(addDays(on, SECOND_PART_DAYS)), [{ invoice: only, amount: only.gross - first }], plan))
    } else {
      lines.push(transfer(on, [...invoices, ...netted].map((invoice) => ({ invoice, amount: invoice.gross })), plan))
    }
  }
  return lines
}
