import { EUR } from '../../../../core/kernel/currency.ts'
import { parseDecimal4 } from '../../../../core/kernel/decimal.ts'
import { addDays, earlier, endOfMonth, type LocalDate, yearOf } from '../../../../core/kernel/local-date.ts'
import { basisPoints } from '../../../../core/kernel/rate.ts'
import { invoiceTotals } from '../../../../core/invoice/totals.ts'
import { workingDayBefore } from './calendar.ts'
import { type CustomerWords, LUMEN_CUSTOMERS, type Manner, OFFERS } from './lumen-words.ts'
import type { DemoCustomer, DemoInvoice, DemoInvoiceLine, DemoOrigin } from './plan.ts'
import type { Random } from './random.ts'
import { ibanOf } from './cfonb120-writer.ts'

/** No bank and no company goes by these: a bank code and a SIREN that nobody is ever given. */
const NOBODYS_BANK = '99999'

/** Nine digits whose key is right and that begin with zeros, as no company's do. */
export function fictitiousSiren(rank: number): string {
  const body = String(rank).padStart(8, '0')
  let sum = 0
  for (const [index, digit] of [...body].entries()) {
    const weighed = Number(digit) * (index % 2 === 1 ? 2 : 1)
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return body + String((10 - sum % 10) % 10)
}

/** A customer with how it pays and what it buys. */
export type Buyer = { readonly customer: DemoCustomer; readonly manner: Manner; readonly buys: CustomerWords[6] }

export function lumenBuyers(random: Random): Buyer[] {
  return LUMEN_CUSTOMERS.map(([name, address, postalCode, city, paymentDays, manner, buys], index): Buyer => {
    const rank = index + 1
    const iban = random.chance(70) ? ibanOf({ bank: NOBODYS_BANK, branch: String(100 + rank).padStart(5, '0'), account: String(7_310_000 + rank * 4_177).padStart(11, '0') }) : null
    const email = `compta@client-${String(rank).padStart(2, '0')}.exemple`
    return { manner, buys, customer: { key: `L${String(rank).padStart(3, '0')}`, name, siren: fictitiousSiren(4_100 + rank * 37), iban, email, address, postalCode, city, paymentDays } }
  })
}

function linesFor(buys: CustomerWords[6], random: Random): DemoInvoiceLine[] {
  const kind = buys === 'mixed' ? random.pick(['design', 'works', 'goods'] as const) : buys
  const wanted = random.pick([1, 1, 2, 2, 3])
  const offers = new Set(Array.from({ length: wanted }, () => random.pick(OFFERS[kind])))
  if (buys === 'mixed' && random.chance(50)) offers.add(random.pick(OFFERS.goods))
  return [...offers].map((offer) => ({
    description: offer.words, quantity: String(random.between(1, offer.unitsMax)), unitPrice: (offer.cents / 100).toFixed(2), vatRate: basisPoints(offer.vatRate), nature: offer.nature,
  }))
}

export type InvoiceFacts = { readonly key: string; readonly origin: DemoOrigin; readonly number: string | null; readonly customer: DemoCustomer; readonly issuedOn: LocalDate; readonly lines: readonly DemoInvoiceLine[]; readonly orderReference?: string | null }

/** An invoice with its totals, computed as the product computes them. */
export function demoInvoice({ orderReference, ...facts }: InvoiceFacts): DemoInvoice {
  const totals = invoiceTotals(facts.lines.map((line) => ({ ...line, quantity: decimal(line.quantity), unitPrice: decimal(line.unitPrice) })), EUR)
  return {
    ...facts, kind: 'invoice', dueOn: addDays(facts.issuedOn, facts.customer.paymentDays), net: totals.net, vat: totals.vatTotal, gross: totals.gross, shares: totals.vat,
    orderReference: orderReference ?? null,
  }
}

function decimal(text: string) {
  const value = parseDecimal4(text)
  if (value === undefined) throw new Error(`not a decimal: ${text}`)
  return value
}

/** The credit note of another tool that takes back one line of an invoice. */
export function partialCredit(invoice: DemoInvoice, facts: { readonly key: string; readonly number: string; readonly on: LocalDate }): DemoInvoice {
  const line = invoice.lines[0]!
  const one = demoInvoice({ key: facts.key, origin: 'posted', number: facts.number, customer: invoice.customer, issuedOn: facts.on, lines: [{ ...line, quantity: '1' }] })
  return {
    ...one, kind: 'credit_note', dueOn: facts.on, net: -one.net, vat: -one.vat, gross: -one.gross, lines: one.lines.map((it) => ({ ...it, quantity: '-1' })),
    shares: one.shares.map((share) => ({ ...share, basis: -share.basis, amount: -share.amount })),
  }
}

const INVOICES_A_MONTH = [9, 12] as const

/** The invoices of one month, in the order of their days. The earlier tool gave its number to those before `issuedHereFrom`. */
export function monthInvoices(month: LocalDate, limits: { readonly today: LocalDate; readonly issuedHereFrom: LocalDate }, tools: { readonly buyers: readonly Buyer[]; readonly random: Random; readonly earlierNumber: (year: number) => string }): DemoInvoice[] {
  const { buyers, random } = tools
  const count = random.between(...INVOICES_A_MONTH)
  const last = earlier(endOfMonth(month), limits.today)
  const drawn = Array.from({ length: count }, () => ({ on: workingDayBefore(addDays(month, random.between(2, 27))), buyer: random.pick(buyers) }))
    .map((one) => ({ ...one, on: one.on < month ? addDays(month, 3) : one.on, lines: linesFor(one.buyer.buys, random) }))
    .filter((one) => one.on <= last)
    .sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1))
  return drawn.map(({ on, buyer, lines }, index) => demoInvoice({
    key: `${month.slice(0, 7)}-${String(index + 1).padStart(2, '0')}`, ...(on < limits.issuedHereFrom ? { origin: 'posted' as const, number: tools.earlierNumber(yearOf(on)) } : { origin: 'issued' as const, number: null }), customer: buyer.customer, issuedOn: on, lines,
    orderReference: random.chance(25) ? `BC-${random.between(1_000, 9_999)}` : null,
  }))
}
