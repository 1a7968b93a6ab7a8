import { EUR } from '../../core/kernel/currency.ts'
import type { Currency } from '../../core/kernel/currency.ts'
import type { LocalDate } from '../../core/kernel/local-date.ts'
import type { Problem } from '../../core/kernel/problem.ts'
import type { OpenInvoice, Party, PaymentLine } from '../../core/matching/model.ts'
import type { Remittance, RemittancePart } from '../../core/matching/remittance.ts'
import type { CellReader } from './cells.ts'
import { readRows } from './cells.ts'
import { readTable } from './table.ts'

/** What a file gave: its records, and the problems of the rows left out. */
export type Reading<T> = { readonly value: T[]; readonly problems: Problem[] }

/** A line of bank.csv or redelivery.csv. */
export type BankRow = {
  readonly id: string
  readonly account: string
  readonly bookedOn: LocalDate
  readonly valueOn: LocalDate | null
  readonly minor: bigint
  readonly currency: Currency
  readonly label: string
  readonly bankId: string | null
}

function read<T>(text: string, file: string, { required, row }: { readonly required: readonly string[]; readonly row: (cells: CellReader) => T }): Reading<T> {
  const table = readTable(text, required, file)
  const { value, problems } = readRows(table.rows, file, row)
  return { value, problems: [...table.problems, ...problems] }
}

function bankRows(text: string, file: string, idColumn: string): Reading<BankRow> {
  return read(text, file, {
    required: [idColumn, 'account', 'booking_date', 'amount', 'label'],
    row: (cells) => {
      const currency = cells.currency('currency')
      return {
        id: cells.required(idColumn), account: cells.required('account'), bookedOn: cells.date('booking_date'), valueOn: cells.optionalDate('value_date'),
        minor: cells.amount('amount', currency), currency, label: cells.text('label'), bankId: cells.optional('bank_ref'),
      }
    },
  })
}

/** Reads bank.csv: line_id, account, booking_date, value_date, amount, currency, label, bank_ref. */
export function readBank(text: string, file = 'bank.csv'): Reading<BankRow> {
  return bankRows(text, file, 'line_id')
}

/** Reads the categories given to bank lines: line_id, category. */
export function readLabels(text: string, file: string): Reading<{ readonly lineId: string; readonly category: string }> {
  return read(text, file, { required: ['line_id', 'category'], row: (cells) => ({ lineId: cells.required('line_id'), category: cells.required('category') }) })
}

/** Reads redelivery.csv: the same columns, with row_id. */
export function readRedelivery(text: string, file = 'redelivery.csv'): Reading<BankRow> {
  return bankRows(text, file, 'row_id')
}

/** The bank line as matching takes it. These files state neither counterparty nor end-to-end reference. */
export function toPayment(row: BankRow): PaymentLine {
  return { id: row.id, bookedOn: row.bookedOn, minor: row.minor, currency: row.currency, label: row.label, reference: null, counterparty: { name: null, iban: null } }
}

/** Reads parties.csv: party_id, name, iban. */
export function readParties(text: string, file = 'parties.csv'): Reading<Party> {
  return read(text, file, {
    required: ['party_id', 'name'],
    row: (cells) => ({ id: cells.required('party_id'), name: cells.required('name'), iban: cells.optional('iban') }),
  })
}

/** Reads invoices.csv: sales and credit notes are money to come (negative totals go back), purchases money to go out. */
export function readInvoices(text: string, file = 'invoices.csv'): Reading<OpenInvoice> {
  return read(text, file, {
    required: ['invoice_id', 'kind', 'number', 'party_id', 'date', 'gross', 'gross_eur'],
    row: (cells) => {
      const currency = cells.currency('currency')
      const gross = cells.amount('gross', currency)
      const inEuros = cells.amount('gross_eur', EUR)
      return {
        id: cells.required('invoice_id'), number: cells.required('number'), partyId: cells.required('party_id'), issuedOn: cells.date('date'), dueOn: cells.optionalDate('due_date'),
        currency, gross: gross < 0n ? -gross : gross, open: cells.text('kind').startsWith('purchase') ? -inEuros : inEuros,
      }
    },
  })
}

type Part = { readonly id: string; readonly on: LocalDate; readonly part: RemittancePart }

/** Gathers the parts of each remittance: the same number on the same day. */
function gather(kind: Remittance['kind'], parts: readonly Part[]): Remittance[] {
  const found = new Map<string, { readonly id: string; readonly on: LocalDate; readonly parts: RemittancePart[] }>()
  for (const { id, on, part } of parts) {
    const key = `${id} ${on}`
    const known = found.get(key)
    if (known) known.parts.push(part)
    else found.set(key, { id, on, parts: [part] })
  }
  return [...found.values()].map((remittance) => ({ kind, ...remittance }))
}

/** Reads cheque-slips.csv: slip, date, payer, amount; one row per cheque. */
export function readSlips(text: string, file = 'cheque-slips.csv'): Reading<Remittance> {
  const { value, problems } = read(text, file, {
    required: ['slip', 'date', 'payer', 'amount'],
    row: (cells): Part => ({ id: cells.required('slip'), on: cells.date('date'), part: { payer: cells.text('payer'), invoiceNumber: null, minor: cells.amount('amount', EUR), fee: 0n } }),
  })
  return { value: gather('cheques', value), problems }
}

/** Reads psp-payouts.csv: payout, date, customer, invoice_number, gross, fee; one row per card charge. */
export function readPayouts(text: string, file = 'psp-payouts.csv'): Reading<Remittance> {
  const { value, problems } = read(text, file, {
    required: ['payout', 'date', 'customer', 'invoice_number', 'gross', 'fee'],
    row: (cells): Part => ({
      id: cells.required('payout'), on: cells.date('date'),
      part: { payer: cells.text('customer'), invoiceNumber: cells.optional('invoice_number'), minor: cells.amount('gross', EUR), fee: cells.amount('fee', EUR) },
    }),
  })
  return { value: gather('payout', value), problems }
}
