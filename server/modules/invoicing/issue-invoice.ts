import { addDays, type LocalDate, parseDate } from '../../../core/kernel/local-date.ts'
import { money, toJson } from '../../../core/kernel/money.ts'
import { problem } from '../../../core/kernel/problem.ts'
import { invoiceNumber, seriesOf } from '../../../core/invoice/number.ts'
import { invoiceEntry, type PostedInvoice } from '../../../core/invoice/posting.ts'
import type { Nature } from '../../../core/invoice/totals.ts'
import type { App } from '../../platform/app.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { recordAudit } from '../audit/index.ts'
import { vatRegimeOf } from '../identity/index.ts'
import { post, type PostingDraft } from '../ledger/index.ts'
import { type Customer, customersById } from '../party/index.ts'
import { issueProblems } from './content.ts'
import { loadDraft, trace } from './drafts.ts'
import { finalise, lastIssuedOn, takeNumber } from './store.ts'
import type { CustomerSnapshot, Invoice } from './types.ts'

/**
 * Issues a draft: from here on it is final. In one transaction it takes the next number of its series, posts its entry and
 * fixes what it says of the customer. Refuses NOT_FOUND, INVOICE_ALREADY_ISSUED, INVOICE_INVALID, INVOICE_DATE_BEFORE_LAST,
 * NO_FISCAL_YEAR, PERIOD_LOCKED.
 */
export async function issueInvoice(app: App, ctx: Context, input: { id: string; issuedOn?: string | undefined }): Promise<void> {
  authorize(ctx, 'invoice.issue')
  await app.db.tenant(ctx, async (tx) => {
    const draft = await loadDraft(tx, input.id)
    const [customer] = await customersById(tx, [draft.customerId])
    const issuedOn = input.issuedOn === undefined ? draft.issuedOn ?? ctx.today : readIssueDay(input.issuedOn)
    await issueDraft(tx, ctx, { draft: { ...draft, issuedOn, dueOn: draft.dueOn ?? addDays(issuedOn, customer!.paymentDays) }, customer: customer! })
  })
}

/** Issues a dated draft within the caller's transaction; answers it as issued. */
export async function issueDraft(tx: TenantTx, ctx: Context, { draft, customer }: { draft: Invoice; customer: Customer }): Promise<Invoice> {
  const issuedOn = draft.issuedOn!
  const problems = issueProblems(draft, { issuedOn, dueOn: draft.dueOn!, today: ctx.today })
  if (problems.length > 0) throw new Refusal('INVOICE_INVALID', {}, problems)
  const series = seriesOf(draft.kind, issuedOn)
  const number = invoiceNumber(series, await takeNumber(tx, series))
  // Read after the series is locked, so that two issues at once cannot both believe to be the latest.
  const last = await lastIssuedOn(tx, draft.kind, series.year)
  if (last !== null && issuedOn < last) throw new Refusal('INVOICE_DATE_BEFORE_LAST', { last })
  const numbered: Invoice = { ...draft, number, status: 'issued', vatDueOn: await vatRegimeOf(tx), customerSnapshot: snapshot(customer) }
  const [entry] = await post(tx, ctx, [postingOf(numbered)])
  const issued: Invoice = { ...numbered, entryId: entry!.id }
  await finalise(tx, [issued])
  await appendEvent(tx, ctx, { kind: draft.kind === 'invoice' ? 'invoice.issued' : 'invoice.credited', subject: draft.id, data: { number, kind: draft.kind, total: toJson(money(issued.gross, issued.currency)), issuedOn } })
  await recordAudit(tx, ctx, { action: draft.kind === 'invoice' ? 'invoice.issue' : 'invoice.credit', subjectKind: 'invoice', subjectId: draft.id, before: trace(draft), after: trace(issued) })
  return issued
}

/** The entry of an invoice that has its number, dates and customer. Amounts in the company's currency. */
export function postingOf(invoice: Invoice): PostingDraft {
  const customer = { code: invoice.customerSnapshot!.code, name: invoice.customerSnapshot!.name }
  const posted: PostedInvoice = {
    number: invoice.number!, issuedOn: invoice.issuedOn!, customer, gross: invoice.baseGross, vatDueOn: invoice.vatDueOn,
    revenue: revenueOf(invoice), vat: invoice.vatShares.map((share) => ({ vatRate: share.vatRate, nature: share.nature, amount: share.baseAmount })),
  }
  return { ...invoiceEntry(posted), source: 'invoice', sourceId: invoice.id }
}

/** Net by nature, in the company's currency. Services take what the goods leave, so that the entry balances to the cent. */
function revenueOf(invoice: Invoice): { nature: Nature; net: bigint }[] {
  const goods = invoice.vatShares.filter((share) => share.nature === 'goods').reduce((total, share) => total + share.basis, 0n)
  if (goods === 0n) return [{ nature: 'services', net: invoice.baseNet }]
  if (goods === invoice.net) return [{ nature: 'goods', net: invoice.baseNet }]
  const baseGoods = invoice.net === invoice.baseNet ? goods : (goods * invoice.baseNet) / invoice.net
  return [{ nature: 'goods', net: baseGoods }, { nature: 'services', net: invoice.baseNet - baseGoods }]
}

/** What the document says of its customer from now on. */
export function snapshot(customer: Customer): CustomerSnapshot {
  const { code, name, siren, vatNumber, address, postalCode, city, country } = customer
  return { code, name, siren, vatNumber, address, postalCode, city, country }
}

/** A day someone typed. Refuses INVOICE_INVALID when the calendar has none such. */
export function readIssueDay(text: string): LocalDate {
  const day = parseDate(text)
  if (!day) throw new Refusal('INVOICE_INVALID', {}, [problem('DATE_UNREADABLE', { fr: `La date « ${text} » n'existe pas.`, en: `The date "${text}" does not exist.` }, { field: 'issuedOn' })])
  return day
}
