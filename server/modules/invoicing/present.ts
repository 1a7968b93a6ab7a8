import type { Invoice as InvoiceJson, InvoiceImportResult, InvoiceSummary } from '../../../contract/invoicing.ts'
import { formatDecimal4 } from '../../../core/kernel/decimal.ts'
import { daysBetween, type LocalDate } from '../../../core/kernel/local-date.ts'
import { money, type MoneyJson, toJson } from '../../../core/kernel/money.ts'
import type { Locale } from '../../../core/kernel/problem.ts'
import { formatPercent } from '../../../core/kernel/rate.ts'
import { presentProblem } from '../../platform/http/present-problem.ts'
import type { InvoiceDetail } from './browse.ts'
import type { ImportReport } from './import-invoices.ts'
import type { InvoiceRow } from './types.ts'

/** An invoice as lists tell it. */
export function presentSummary(row: InvoiceRow, today: LocalDate): InvoiceSummary {
  const amount = (minor: bigint): MoneyJson => toJson(money(minor, row.currency))
  const isOpen = row.status === 'issued' || row.status === 'part_paid'
  return {
    id: row.id, kind: row.kind, status: row.status, origin: row.origin, number: row.number,
    customer: { id: row.customerId, name: row.customerSnapshot?.name ?? row.customerName, code: row.customerCode },
    issuedOn: row.issuedOn, dueOn: row.dueOn, overdueDays: isOpen && row.dueOn! < today ? daysBetween(row.dueOn!, today) : 0,
    net: amount(row.net), vat: amount(row.vat), gross: amount(row.gross), open: amount(isOpen ? row.gross - row.settled : 0n),
  }
}

/** An invoice, whole. */
export function presentInvoice(detail: InvoiceDetail, { today, locale }: { today: LocalDate; locale: Locale }): InvoiceJson {
  const { invoice } = detail
  const amount = (minor: bigint): MoneyJson => toJson(money(minor, invoice.currency))
  return {
    ...presentSummary(invoice, today), version: invoice.version, vatDueOn: invoice.vatDueOn, orderReference: invoice.orderReference, note: invoice.note,
    entryId: invoice.entryId, creditsId: invoice.creditsId, creditedByIds: [...detail.creditedByIds], nextNumber: detail.nextNumber,
    lines: invoice.lines.map((line, index) => ({
      n: index + 1, description: line.description, quantity: formatDecimal4(line.quantity), unitPrice: formatDecimal4(line.unitPrice), vatRate: formatPercent(line.vatRate), nature: line.nature, net: amount(line.net),
    })),
    vatBreakdown: invoice.vatShares.map((share) => ({ rate: formatPercent(share.vatRate), nature: share.nature, basis: amount(share.basis), amount: amount(share.amount) })),
    mentions: detail.mentions.map((mention) => ({ code: mention.code, text: mention.text[locale], because: mention.because[locale] })),
    payments: detail.payments.map((payment) => ({ ...payment, amount: amount(payment.amount) })),
  }
}

/** What an import did, in the reader's language. */
export function presentImport(report: ImportReport, locale: Locale): InvoiceImportResult {
  return { ...report, totals: [...report.totals].map(([currency, minor]) => toJson(money(minor, currency))), problems: report.problems.map((problem) => presentProblem(problem, locale)) }
}
