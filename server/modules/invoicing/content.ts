import type { InvoiceLineInput } from '../../../contract/invoicing.ts'
import { type Currency } from '../../../core/kernel/currency.ts'
import { parseDecimal4 } from '../../../core/kernel/decimal.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { problem, type Problem } from '../../../core/kernel/problem.ts'
import { formatPercent, parsePercent } from '../../../core/kernel/rate.ts'
import { type InvoiceLine, invoiceTotals } from '../../../core/invoice/totals.ts'
import { isVatRate } from '../../../core/law/vat-rates.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { StoredLine, StoredVat } from './types.ts'

/** Lines with their totals, in minor units of the invoice's currency. */
export type InvoiceContent = { readonly net: bigint; readonly vat: bigint; readonly gross: bigint; readonly lines: readonly StoredLine[]; readonly vatShares: readonly StoredVat[] }

/** Reads the lines someone typed. Refuses INVOICE_INVALID naming each line and field. */
export function readLines(inputs: readonly InvoiceLineInput[]): InvoiceLine[] {
  const problems: Problem[] = []
  const lines = inputs.map((input, index): InvoiceLine => {
    const quantity = parseDecimal4(input.quantity)
    const unitPrice = parseDecimal4(input.unitPrice)
    const vatRate = parsePercent(input.vatRate)
    const refuse = (field: string, text: string) => problems.push(problem('NUMBER_UNREADABLE', {
      fr: `Ligne ${index + 1} : « ${text} » n'est pas un nombre lisible.`, en: `Line ${index + 1}: "${text}" is not a readable number.`,
    }, { line: index + 1, field }))
    if (quantity === undefined) refuse('quantity', input.quantity)
    if (unitPrice === undefined) refuse('unitPrice', input.unitPrice)
    if (vatRate === undefined) refuse('vatRate', input.vatRate)
    return { description: input.description, quantity: quantity!, unitPrice: unitPrice!, vatRate: vatRate!, nature: input.nature }
  })
  if (problems.length > 0) throw new Refusal('INVOICE_INVALID', {}, problems)
  return lines
}

/** Totals, taxes and lines ready to store. The company's currency is the invoice's. */
export function contentOf(lines: readonly InvoiceLine[], currency: Currency): InvoiceContent {
  const totals = invoiceTotals(lines, currency)
  return {
    net: totals.net, vat: totals.vatTotal, gross: totals.gross,
    lines: lines.map((line, index) => ({ ...line, net: totals.lineNets[index]! })),
    vatShares: totals.vat.map((share) => ({ ...share, baseAmount: share.amount })),
  }
}

/** What keeps a document from being issued on a day: no line, no amount, the wrong sign, a rate the law does not know, a day to come. */
export function issueProblems(document: { readonly kind: 'invoice' | 'credit_note'; readonly gross: bigint; readonly lines: readonly InvoiceLine[] }, days: { issuedOn: LocalDate; dueOn: LocalDate; today: LocalDate }): Problem[] {
  const problems: Problem[] = []
  if (document.gross === 0n) {
    problems.push(problem('INVOICE_ZERO', { fr: 'Le total est nul : ajoutez une ligne ou un prix.', en: 'The total is zero: add a line or a price.' }, { field: 'lines' }))
  } else if (document.gross > 0n !== (document.kind === 'invoice')) {
    problems.push(problem('INVOICE_SIGN', { fr: 'Le total d\'une facture est positif. Pour rendre de l\'argent, faites un avoir.', en: 'The total of an invoice is positive. To give money back, make a credit note.' }, { field: 'lines' }))
  }
  document.lines.forEach((line, index) => {
    if (isVatRate(line.vatRate, days.issuedOn)) return
    problems.push(problem('VAT_RATE_UNKNOWN', {
      fr: `Ligne ${index + 1} : le taux de TVA ${formatPercent(line.vatRate)} % n'existe pas au ${days.issuedOn}.`,
      en: `Line ${index + 1}: no VAT rate of ${formatPercent(line.vatRate)} % exists on ${days.issuedOn}.`,
    }, { line: index + 1, field: 'vatRate' }))
  })
  if (days.issuedOn > days.today) {
    problems.push(problem('INVOICE_FUTURE', { fr: `Une facture ne porte pas une date à venir (${days.issuedOn}).`, en: `An invoice does not bear a date to come (${days.issuedOn}).` }, { field: 'issuedOn' }))
  }
  if (days.dueOn < days.issuedOn) {
    problems.push(problem('DUE_BEFORE_ISSUE', { fr: 'L\'échéance précède la date de la facture.', en: 'The due date is before the invoice date.' }, { field: 'dueOn' }))
  }
  return problems
}
