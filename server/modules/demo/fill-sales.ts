import { assert } from '../../../core/kernel/assert.ts'
import { formatPercent } from '../../../core/kernel/rate.ts'
import type { Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { createInvoice, importInvoices, type ImportMode, issueCreditNote, issueInvoice } from '../invoicing/index.ts'
import { changeCustomer, createCustomer, type Customer, customersByExternalId } from '../party/index.ts'
import type { DemoCustomer, DemoInvoice, DemoStep } from './generator/plan.ts'
import { invoicesCsv } from './invoices-csv.ts'
import { invoiceIds } from './store.ts'

/** What the company knows so far, by the keys of the plan. */
export type Known = { readonly customers: Map<string, Customer>; readonly invoices: Map<string, string> }

export type Work = { readonly app: App; readonly tx: TenantTx; readonly ctx: Context; readonly known: Known }

/** Brings the invoices of another tool in, with the customers they make known. */
export async function importDocuments({ app, tx, ctx, known }: Work, documents: { readonly invoices: readonly DemoInvoice[]; readonly mode: ImportMode; readonly file: string }): Promise<void> {
  if (documents.invoices.length === 0) return
  const report = await importInvoices(app, ctx, { bytes: invoicesCsv(documents.invoices, ctx.currency), file: documents.file, mode: documents.mode, dryRun: false })
  assert(report.rejected === 0 && report.accepted === documents.invoices.length, `the demonstration's own file ${documents.file} is taken whole`)
  const keys = documents.invoices.map((invoice) => invoice.key)
  for (const { externalId, id } of await invoiceIds(tx, keys)) known.invoices.set(externalId, id)
  const fresh = new Set(documents.invoices.map(({ customer }) => customer.key).filter((key) => !known.customers.has(key)))
  for (const customer of await customersByExternalId(tx, [...fresh])) known.customers.set(customer.externalId!, customer)
}

/** The customer of a document made here. What the earlier tool did not say of it is completed before its first one. */
async function customerOf({ app, ctx, known }: Work, { key, name, siren, iban, email, address, postalCode, city, paymentDays }: DemoCustomer): Promise<string> {
  const found = known.customers.get(key)
  if (found?.email) return found.id
  if (found) {
    known.customers.set(key, await changeCustomer(app, ctx, { id: found.id, patch: { email, address, postalCode, city, paymentDays } }))
    return found.id
  }
  const created = await createCustomer(app, ctx, { name, siren, iban, email, address, postalCode, city, paymentDays })
  known.customers.set(key, created)
  return created.id
}

async function writeDraft(work: Work, invoice: DemoInvoice): Promise<string> {
  const id = await createInvoice(work.app, work.ctx, {
    customerId: await customerOf(work, invoice.customer), issuedOn: invoice.origin === 'draft' ? null : invoice.issuedOn, dueOn: invoice.origin === 'draft' ? null : invoice.dueOn, orderReference: invoice.orderReference,
    lines: invoice.lines.map((line) => ({ ...line, vatRate: formatPercent(line.vatRate) })),
  })
  work.known.invoices.set(invoice.key, id)
  return id
}

/** A step of sales: what the earlier tool issued, what is issued here in the order of days, drafts, credit notes. */
export async function fillSales(work: Work, step: DemoStep): Promise<void> {
  await importDocuments(work, { invoices: step.invoices.filter((invoice) => invoice.origin === 'posted'), mode: 'posted', file: `factures-${step.name}.csv` })
  for (const invoice of step.invoices.filter((one) => one.origin === 'issued')) {
    await issueInvoice(work.app, work.ctx, { id: await writeDraft(work, invoice) })
  }
  for (const draft of step.invoices.filter((one) => one.origin === 'draft')) await writeDraft(work, draft)
  for (const credit of step.credits) await issueCreditNote(work.app, work.ctx, { id: work.known.invoices.get(credit.invoice.key)!, issuedOn: credit.on, reason: credit.reason })
}
