import type { Company } from '../../../contract/identity.ts'
import type { Invoice, NewInvoice } from '../../../contract/invoicing.ts'
import type { Customer } from '../../../contract/party.ts'
import { mentionsOf, type Mention } from '../../../core/invoice/mentions.ts'
import { invoiceTotals, type InvoiceLine, type InvoiceTotals, type Nature } from '../../../core/invoice/totals.ts'
import { currency as currencyOf } from '../../../core/kernel/currency.ts'
import { parseDecimal4, type TenThousandths } from '../../../core/kernel/decimal.ts'
import { addDays, type LocalDate, parseDate } from '../../../core/kernel/local-date.ts'
import { basisPoints, parsePercent } from '../../../core/kernel/rate.ts'

/** A line as it is being typed: texts that may not be numbers yet. */
export type DraftLine = { readonly key: number; readonly description: string; readonly quantity: string; readonly unitPrice: string; readonly vatRate: string; readonly nature: Nature }
export type Draft = {
  readonly customer: Customer | null
  readonly issuedOn: string
  readonly dueOn: string
  readonly orderReference: string
  readonly note: string
  readonly lines: readonly DraftLine[]
}

/** Reads "1 250,5", "1250.5" or "−3" as the API writes it; undefined when it is no number or is finer than four digits. */
export function readNumber(text: string): string | undefined {
  const plain = text.replace(/[\s\u00a0\u202f']/g, '').replace('\u2212', '-').replace(',', '.').replace(/^(-?)\./, '$10.').replace(/\.$/, '')
  return parseDecimal4(plain) === undefined ? undefined : plain
}

/** A line like the one before: people often bill several of a kind. */
export function nextLine(lines: readonly DraftLine[]): DraftLine {
  const last = lines.at(-1)
  return { key: Math.max(0, ...lines.map(({ key }) => key)) + 1, description: '', quantity: '1', unitPrice: '', vatRate: last?.vatRate ?? '20', nature: last?.nature ?? 'services' }
}

export function emptyDraft(today: string): Draft {
  return { customer: null, issuedOn: today, dueOn: '', orderReference: '', note: '', lines: [nextLine([])] }
}

/** A stored draft, to be changed. Its decimal dot is written as the person types it. */
export function draftOf(invoice: Invoice, customer: Customer, decimal: ',' | '.'): Draft {
  return {
    customer, issuedOn: invoice.issuedOn ?? '', dueOn: invoice.dueOn ?? '', orderReference: invoice.orderReference ?? '', note: invoice.note ?? '',
    lines: invoice.lines.map((line) => ({ key: line.n, description: line.description, quantity: line.quantity.replace('.', decimal), unitPrice: line.unitPrice.replace('.', decimal), vatRate: line.vatRate, nature: line.nature })),
  }
}

/** Nothing typed: the line is left out rather than refused. */
export function isBlank(line: DraftLine): boolean {
  return line.description.trim() === '' && line.unitPrice.trim() === ''
}

export type LineField = 'description' | 'quantity' | 'unitPrice'
/** What is missing or unreadable in a line, by field; empty when the line is complete. */
export function lineFaults(line: DraftLine): Partial<Record<LineField, 'missing' | 'unreadable'>> {
  const number = (text: string) => (text.trim() === '' ? 'missing' as const : readNumber(text) === undefined ? 'unreadable' as const : undefined)
  const faults = { description: line.description.trim() === '' ? 'missing' as const : undefined, quantity: number(line.quantity), unitPrice: number(line.unitPrice) }
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault))
}

/** The day the invoice falls due: as typed, else the customer's delay after its date. */
export function dueDayOf(draft: Pick<Draft, 'issuedOn' | 'dueOn' | 'customer'>, today: string): LocalDate | undefined {
  if (draft.dueOn) return parseDate(draft.dueOn)
  const from = parseDate(draft.issuedOn || today)
  return from && draft.customer ? addDays(from, draft.customer.paymentDays) : undefined
}

export type Computed = {
  readonly totals: InvoiceTotals
  /** Net of each line by its key; absent for a line that cannot be read yet. */
  readonly netByKey: ReadonlyMap<number, bigint>
  readonly mentions: readonly Mention[]
}

/** Totals and mentions as the server will compute them, from the lines that can be read. The same code runs on both sides. */
export function computeDraft(draft: Draft, rules: { readonly currency: string; readonly vatDueOn: Company['vatDueOn'] }): Computed {
  const read = draft.lines.flatMap((line): { key: number; line: InvoiceLine }[] => {
    const quantity = decimalOf(line.quantity)
    const unitPrice = decimalOf(line.unitPrice)
    if (quantity === undefined || unitPrice === undefined) return []
    return [{ key: line.key, line: { description: line.description, quantity, unitPrice, vatRate: parsePercent(line.vatRate) ?? basisPoints(0), nature: line.nature } }]
  })
  const totals = invoiceTotals(read.map(({ line }) => line), currencyOf(rules.currency))
  const natures = draft.lines.filter((line) => !isBlank(line)).map(({ nature }) => nature)
  return {
    totals,
    netByKey: new Map(read.map(({ key }, index) => [key, totals.lineNets[index]!])),
    mentions: mentionsOf({ vatDueOn: rules.vatDueOn, natures: natures.length > 0 ? natures : ['services'], hasVat: totals.vatTotal !== 0n, kind: 'invoice', creditedNumber: null }),
  }
}

function decimalOf(text: string): TenThousandths | undefined {
  const plain = readNumber(text)
  return plain === undefined ? undefined : parseDecimal4(plain)
}

/** The draft as the API takes it, or undefined while a line cannot be read, the customer is missing or there is no line. */
export function requestOf(draft: Draft): NewInvoice | undefined {
  const lines = draft.lines.filter((line) => !isBlank(line))
  if (!draft.customer || lines.length === 0 || lines.some((line) => Object.keys(lineFaults(line)).length > 0)) return undefined
  return {
    customerId: draft.customer.id,
    issuedOn: draft.issuedOn || null,
    dueOn: draft.dueOn || null,
    orderReference: draft.orderReference.trim() || null,
    note: draft.note.trim() || null,
    lines: lines.map((line) => ({ description: line.description.trim(), quantity: readNumber(line.quantity)!, unitPrice: readNumber(line.unitPrice)!, vatRate: line.vatRate, nature: line.nature })),
  }
}

/** An invoice of the API as a request that writes the same draft again, to take a removal back. */
export function requestAgain(invoice: Invoice): NewInvoice {
  return {
    customerId: invoice.customer.id, issuedOn: invoice.issuedOn, dueOn: invoice.dueOn, orderReference: invoice.orderReference, note: invoice.note,
    lines: invoice.lines.map(({ description, quantity, unitPrice, vatRate, nature }) => ({ description, quantity, unitPrice, vatRate, nature })),
  }
}
