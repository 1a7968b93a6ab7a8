import { formatAmount } from '../../../core/kernel/money.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import { formatPercent } from '../../../core/kernel/rate.ts'
import type { DemoInvoice } from './generator/plan.ts'

const HEADER = 'invoice_id,kind,number,party_id,party_name,party_siren,party_iban,date,due_date,currency,net,vat,gross,line_description,line_quantity,line_unit_price,line_vat_rate,line_nature'

function cell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Invoices of another tool as invoices.csv: one row for each line of an invoice. */
export function invoicesCsv(invoices: readonly DemoInvoice[], currency: Currency): Uint8Array {
  const rows = invoices.flatMap((invoice) => invoice.lines.map((line) => [
    invoice.key, invoice.kind === 'invoice' ? 'sale' : 'credit_note', invoice.number ?? '', invoice.customer.key, invoice.customer.name, invoice.customer.siren ?? '', invoice.customer.iban ?? '',
    invoice.issuedOn, invoice.dueOn, currency, formatAmount(invoice.net, currency), formatAmount(invoice.vat, currency), formatAmount(invoice.gross, currency),
    line.description, line.quantity, line.unitPrice, formatPercent(line.vatRate), line.nature,
  ].map(cell).join(',')))
  return new TextEncoder().encode(`${[HEADER, ...rows].join('\n')}\n`)
}
