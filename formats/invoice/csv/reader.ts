import type { Currency } from '../../../core/kernel/currency.ts'
import { parseDecimal4, type TenThousandths } from '../../../core/kernel/decimal.ts'
import { addDays, type LocalDate } from '../../../core/kernel/local-date.ts'
import { problem, type Problem } from '../../../core/kernel/problem.ts'
import { type BasisPoints, parsePercent } from '../../../core/kernel/rate.ts'
import type { InvoiceLine, Nature } from '../../../core/invoice/totals.ts'
import { type CellReader, cellsOf } from '../../business/cells.ts'
import { readTable, type Row } from '../../business/table.ts'

/** An invoice or credit note of another tool. Amounts are signed minor units; `lines` is null where the file gives none. */
export type CsvInvoice = {
  readonly line: number
  readonly externalId: string
  readonly kind: 'invoice' | 'credit_note'
  readonly number: string
  readonly party: { readonly externalId: string; readonly name: string | null; readonly siren: string | null; readonly iban: string | null }
  readonly issuedOn: LocalDate
  readonly dueOn: LocalDate
  readonly currency: Currency
  readonly net: bigint
  readonly vat: bigint
  readonly gross: bigint
  /** Gross in the company's currency; null where the file does not say. */
  readonly baseGross: bigint | null
  readonly lines: readonly InvoiceLine[] | null
}

/** What invoices.csv gave. `rows` counts its rows, `ignored` those of another kind (purchases), `rejected` the invoices with a problem. */
export type CsvInvoices = { readonly invoices: CsvInvoice[]; readonly problems: Problem[]; readonly rows: number; readonly ignored: number; readonly rejected: number }

const REQUIRED = ['invoice_id', 'kind', 'number', 'party_id', 'date', 'net', 'vat', 'gross']
const KINDS: Readonly<Record<string, CsvInvoice['kind']>> = { sale: 'invoice', invoice: 'invoice', credit_note: 'credit_note', facture: 'invoice', avoir: 'credit_note' }
const DEFAULT_TERM_DAYS = 30

/**
 * Reads invoices.csv (docs/reference/invoices-csv.md): one row per invoice, or one row per line of invoice when the
 * line_* columns are there. An invoice with a problem is left out whole, its rows named; the others are still read.
 */
export function readInvoicesCsv(text: string, options: { file: string; baseCurrency: Currency }): CsvInvoices {
  const table = readTable(text, REQUIRED, options.file)
  const groups = new Map<string, Row[]>()
  const problems = [...table.problems]
  let ignored = 0
  for (const row of table.rows) {
    if (row.cell('kind').startsWith('purchase')) { ignored += 1; continue }
    const id = row.cell('invoice_id') || `line ${row.line}`
    const known = groups.get(id)
    if (known) known.push(row)
    else groups.set(id, [row])
  }
  const invoices: CsvInvoice[] = []
  for (const rows of groups.values()) {
    const read = readInvoice(rows, options)
    if (read.problems.length === 0 && read.invoice) invoices.push(read.invoice)
    problems.push(...read.problems)
  }
  return { invoices, problems, rows: table.rows.length, ignored, rejected: groups.size - invoices.length }
}

function readInvoice(rows: readonly Row[], { file, baseCurrency }: { file: string; baseCurrency: Currency }): { invoice: CsvInvoice | null; problems: Problem[] } {
  const cells = cellsOf(rows[0]!, file)
  const own: Problem[] = []
  const where = (field: string) => ({ line: rows[0]!.line, field, file })
  const kind = KINDS[cells.text('kind')]
  if (!kind) own.push(problem('KIND_UNKNOWN', { fr: `La nature « ${cells.text('kind')} » n'est pas connue. Écrivez sale, credit_note ou purchase.`, en: `The kind "${cells.text('kind')}" is not known. Write sale, credit_note or purchase.` }, where('kind')))
  const currency = cells.text('currency') === '' ? baseCurrency : cells.currency('currency')
  const issuedOn = cells.date('date')
  const [net, vat, gross] = [cells.amount('net', currency), cells.amount('vat', currency), cells.amount('gross', currency)]
  const stated = cells.text('gross_eur') === '' ? null : cells.amount('gross_eur', baseCurrency)
  const header = {
    line: rows[0]!.line, externalId: cells.required('invoice_id'), kind: kind ?? ('invoice' as const), number: cells.required('number'),
    party: { externalId: cells.required('party_id'), name: cells.optional('party_name'), siren: cells.optional('party_siren'), iban: cells.optional('party_iban') },
    issuedOn, dueOn: cells.optionalDate('due_date') ?? addDays(issuedOn, DEFAULT_TERM_DAYS), currency, net, vat, gross,
    baseGross: currency === baseCurrency ? gross : stated,
  }
  const problems = [...cells.problems, ...own]
  if (problems.length > 0) return { invoice: null, problems }
  if (net + vat !== gross) problems.push(problem('TOTAL_WRONG', { fr: `Facture ${header.number} : net + TVA ne fait pas le total. Corrigez la ligne.`, en: `Invoice ${header.number}: net + VAT is not the total. Correct the row.` }, where('gross')))
  if (header.dueOn < issuedOn) problems.push(problem('DUE_BEFORE_ISSUE', { fr: `Facture ${header.number} : l'échéance précède la date de la facture.`, en: `Invoice ${header.number}: the due date is before the invoice date.` }, where('due_date')))
  if (gross === 0n || gross > 0n !== (header.kind === 'invoice')) {
    problems.push(problem('SIGN_WRONG', { fr: `${header.number} : une facture est positive, un avoir négatif, et le total n'est pas nul.`, en: `${header.number}: an invoice is positive, a credit note negative, and the total is not zero.` }, where('gross')))
  }
  const lines = cells.text('line_description') === '' ? null : rows.map((row) => readLine(cellsOf(row, file), { line: row.line, file }))
  for (const line of lines ?? []) problems.push(...line.problems)
  return { invoice: { ...header, lines: lines?.map((line) => line.value) ?? null }, problems }
}

function readLine(cells: CellReader, where: { line: number; file: string }): { value: InvoiceLine; problems: Problem[] } {
  const problems: Problem[] = []
  const decimal = (column: string): TenThousandths => {
    const value = parseDecimal4(cells.text(column))
    if (value === undefined) problems.push(problem('NUMBER_UNREADABLE', { fr: `« ${cells.text(column)} » n'est pas un nombre lisible (quatre décimales au plus, avec un point).`, en: `"${cells.text(column)}" is not a readable number (at most four decimals, with a dot).` }, { ...where, field: column }))
    return value ?? (0n as TenThousandths)
  }
  const nature = cells.text('line_nature') || 'services'
  if (nature !== 'goods' && nature !== 'services') problems.push(problem('NATURE_UNKNOWN', { fr: `La nature « ${nature} » n'est pas connue. Écrivez goods ou services.`, en: `The nature "${nature}" is not known. Write goods or services.` }, { ...where, field: 'line_nature' }))
  const rate = parsePercent(cells.text('line_vat_rate'))
  if (rate === undefined) problems.push(problem('RATE_UNREADABLE', { fr: `Le taux « ${cells.text('line_vat_rate')} » n'est pas lisible. Écrivez par exemple 20 ou 5.5.`, en: `The rate "${cells.text('line_vat_rate')}" cannot be read. Write for example 20 or 5.5.` }, { ...where, field: 'line_vat_rate' }))
  const value: InvoiceLine = {
    description: cells.required('line_description'), quantity: decimal('line_quantity'), unitPrice: decimal('line_unit_price'),
    vatRate: rate ?? (0 as BasisPoints), nature: nature as Nature,
  }
  return { value, problems: [...cells.problems, ...problems] }
}
