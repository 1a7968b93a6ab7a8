import type { InvoiceId } from '../../../core/kernel/id.ts'
import { negateDecimal } from '../../../core/kernel/decimal.ts'
import { CUSTOMERS_ACCOUNT } from '../../../core/invoice/accounts.ts'
import type { App } from '../../platform/app.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { letter } from '../ledger/index.ts'
import { customersById } from '../party/index.ts'
import { issueDraft, readIssueDay } from './issue-invoice.ts'
import { findInvoice, insertInvoices, saveSettlements } from './store.ts'
import type { Invoice } from './types.ts'

/** The customer's line is the first of every invoice entry. */
const CUSTOMER_LINE = 1

/**
 * Cancels an issued invoice by a credit note of the same lines, issued at once with its own number and entry; the two settle
 * and letter each other. Refuses NOT_FOUND, INVOICE_NOT_ISSUED, INVOICE_CREDITED, INVOICE_PAID.
 */
export async function issueCreditNote(app: App, ctx: Context, input: { id: string; issuedOn?: string | undefined; reason?: string | undefined }): Promise<InvoiceId> {
  authorize(ctx, 'invoice.issue')
  return app.db.tenant(ctx, async (tx) => {
    const invoice = await findInvoice(tx, input.id, { lock: true })
    if (!invoice || invoice.kind !== 'invoice') throw new Refusal('NOT_FOUND')
    if (invoice.status === 'draft') throw new Refusal('INVOICE_NOT_ISSUED')
    if (invoice.status === 'credited') throw new Refusal('INVOICE_CREDITED', { number: invoice.number! })
    if (invoice.settled !== 0n) throw new Refusal('INVOICE_PAID', { number: invoice.number! })
    const issuedOn = input.issuedOn === undefined ? ctx.today : readIssueDay(input.issuedOn)
    const draft = mirror(invoice, { issuedOn, note: input.reason ?? null })
    await insertInvoices(tx, [draft], ctx.userId)
    const [customer] = await customersById(tx, [invoice.customerId])
    const credit = await issueDraft(tx, ctx, { draft, customer: { ...customer!, code: invoice.customerSnapshot!.code } })
    await saveSettlements(tx, [{ id: invoice.id, settled: invoice.gross, status: 'credited' }, { id: credit.id, settled: credit.gross, status: 'paid' }])
    if (invoice.entryId !== null) {
      const lines = [invoice.entryId, credit.entryId!].map((entryId) => ({ entryId, n: CUSTOMER_LINE }))
      await letter(tx, ctx, { account: CUSTOMERS_ACCOUNT, auxiliary: invoice.customerSnapshot!.code, lines })
    }
    return credit.id
  })
}

/** The invoice with every amount negated. */
function mirror(invoice: Invoice, { issuedOn, note }: { issuedOn: Invoice['issuedOn']; note: string | null }): Invoice {
  return {
    ...invoice, id: uuidv7() as InvoiceId, kind: 'credit_note', status: 'draft', origin: 'quittance', number: null, issuedOn, dueOn: issuedOn, note, externalId: null,
    creditsId: invoice.id, settled: 0n, entryId: null, net: -invoice.net, vat: -invoice.vat, gross: -invoice.gross, baseNet: -invoice.baseNet, baseVat: -invoice.baseVat, baseGross: -invoice.baseGross,
    lines: invoice.lines.map((line) => ({ ...line, quantity: negateDecimal(line.quantity), net: -line.net })),
    vatShares: invoice.vatShares.map((share) => ({ ...share, basis: -share.basis, amount: -share.amount, baseAmount: -share.baseAmount })),
  }
}
