import type { NewMatch } from '../../../contract/reconciliation.ts'
import { CUSTOMERS_ACCOUNT } from '../../../core/invoice/accounts.ts'
import { settlementEntry, vatReleaseEntry } from '../../../core/invoice/posting.ts'
import type { WaitingVat } from '../../../core/invoice/vat-release.ts'
import { assert } from '../../../core/kernel/assert.ts'
import type { InvoiceId, MatchId } from '../../../core/kernel/id.ts'
import { absolute, formatAmount, parseAmount, sum } from '../../../core/kernel/money.ts'
import { type Problem, problem } from '../../../core/kernel/problem.ts'
import { findAccount, isAccountNumber } from '../../../core/ledger/accounts.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { addTreated, labelOf, lockLine, pieceOf, type PostableLine } from '../banking/index.ts'
import { settle, type SettledInvoice } from '../invoicing/index.ts'
import { letter, post, type PostingDraft } from '../ledger/index.ts'
import { activeEntriesOfLine, activeOnInvoices, deleteRefusals, insertMatch, matchedAlready } from './store.ts'
import { proposalsOfLine } from './suggestions.ts'
import type { Evidence, MatchReason, PostedResidual } from './types.ts'

/** Line 1 of a match's entry clears 471; line 1 of an invoice's entry is the customer's; line 2 of a bank line's entry is 471. */
export const CLEARING_LINE = 1
export const INVOICE_CUSTOMER_LINE = 1
export const BANK_SUSPENSE_LINE = 2
export const FIRST_CUSTOMER_LINE = 2

/** A decision on a line, read and signed: minor units, as the line. */
export type Demand = { readonly lineId: string; readonly allocations: ReadonlyMap<string, bigint>; readonly residual: PostedResidual | null }

/**
 * Explains a bank line, or part of it, by invoices, or puts it on an account: settles them, posts the entry that clears 471, makes due the TVA that waited,
 * letters what is settled. All of it or nothing. Refuses NOT_FOUND, LINE_NOT_POSTED, LINE_ALREADY_TREATED, MATCH_EXISTS,
 * MATCH_TOO_LARGE, MATCH_SIGN_WRONG, MATCH_EXCEEDS_INVOICE, MATCH_CURRENCY_DIFFERS, INVOICE_NOT_ISSUED, PERIOD_LOCKED.
 */
export async function acceptMatch(app: App, ctx: Context, input: NewMatch): Promise<MatchId> {
  authorize(ctx, 'match.write')
  const demand = readDemand(ctx, input)
  // Looked up before the line is locked: it is only the words kept with the match.
  const evidence = await app.db.tenant(ctx, async (tx) => evidenceFor(demand, await proposalsOfLine(tx, ctx, demand.lineId)))
  return app.db.tenant(ctx, (tx) => accept(tx, ctx, { demand, evidence }))
}

const BY_HAND: MatchReason[] = [{ code: 'BY_HAND', text: { fr: 'rapproché à la main', en: 'matched by hand' } }]

const IMPUTED: MatchReason[] = [{ code: 'IMPUTED', text: { fr: 'imputé à la main', en: 'put on an account by hand' } }]

/** The grounds of the proposal that says the same; a choice nobody proposed was made by hand. */
export function evidenceFor(demand: Demand, proposals: Awaited<ReturnType<typeof proposalsOfLine>>): Evidence {
  if (demand.allocations.size === 0) return { confidence: null, automatic: false, reasons: IMPUTED }
  const same = proposals.find(({ allocations }) => allocations.length === demand.allocations.size && allocations.every(({ invoice, amount }) => demand.allocations.get(invoice.id) === amount))
  return same ? { confidence: same.confidence, automatic: false, reasons: same.reasons } : { confidence: null, automatic: false, reasons: BY_HAND }
}

function readDemand(ctx: Context, input: NewMatch): Demand {
  const problems: Problem[] = []
  const read = (text: string, field: string): bigint => {
    const amount = parseAmount(text, ctx.currency, { field })
    if (amount.ok) return amount.value
    problems.push(amount.problem)
    return 0n
  }
  const allocations = new Map<string, bigint>()
  input.allocations.forEach(({ invoiceId, amount }, index) => allocations.set(invoiceId, (allocations.get(invoiceId) ?? 0n) + read(amount, `allocations.${index}.amount`)))
  const residual = input.residual ? { account: input.residual.account, amount: read(input.residual.amount, 'residual.amount') } : null
  if (allocations.size === 0 && residual === null) {
    problems.push(problem('MATCH_EMPTY', { fr: 'Choisissez une facture, ou le compte auquel l\'opération se rapporte.', en: 'Choose an invoice, or the account the line belongs to.' }, { field: 'allocations' }))
  }
  if (problems.length > 0) throw new Refusal('REQUEST_INVALID', {}, problems)
  return { lineId: input.lineId, allocations, residual }
}

/** Accepts within the caller's transaction. */
export async function accept(tx: TenantTx, ctx: Context, { demand, evidence }: { readonly demand: Demand; readonly evidence: Evidence }): Promise<MatchId> {
  const line = await lockLine(tx, demand.lineId)
  if (!line) throw new Refusal('NOT_FOUND')
  const residual = demand.allocations.size === 0 ? imputation(demand.residual) : postedResidual(demand.residual, line)
  const allocations = [...demand.allocations].map(([invoiceId, amount]) => ({ invoiceId, amount }))
  const total = sum(allocations.map(({ amount }) => amount)) + (residual?.amount ?? 0n)
  checkLine(line, { ctx, total, hasZero: allocations.some(({ amount }) => amount === 0n) })
  const number = await matchedAlready(tx, line.id, allocations.map(({ invoiceId }) => invoiceId))
  if (number !== undefined) throw new Refusal('MATCH_EXISTS', { number })

  const settled = await settle(tx, ctx, allocations)
  const id = uuidv7() as MatchId
  const released = await releaseOf(tx, settled)
  const [entry, ...vatEntries] = await post(tx, ctx, draftsOf({ id, line, settled, released, residual }))
  const stored = settled.map(({ invoice, amount }, index) => {
    const vatShares = released.get(invoice.id) ?? []
    const rank = [...released.keys()].indexOf(invoice.id)
    return { invoiceId: invoice.id, amount, vatShares, vatReleased: sum(vatShares.map((share) => share.amount)), vatEntryId: rank < 0 ? null : vatEntries[rank]!.id, lineN: FIRST_CUSTOMER_LINE + index }
  })
  await insertMatch(tx, { ...evidence, id, lineId: line.id, residual, entryId: entry!.id, createdBy: ctx.userId }, stored)
  await deleteRefusals(tx, line.id, allocations.map(({ invoiceId }) => invoiceId))
  await addTreated(tx, line.id, total)
  await letterInvoices(tx, ctx, settled)
  if (line.treated + total === line.amount) await letterSuspense(tx, ctx, line)
  await appendEvent(tx, ctx, { kind: 'match.accepted', subject: id, data: { lineId: line.id, invoices: settled.map(({ invoice }) => invoice.id), automatic: evidence.automatic } })
  await recordAudit(tx, ctx, {
    action: 'match.create', subjectKind: 'match', subjectId: id, before: null,
    after: { lineId: line.id, total: total.toString(), invoices: settled.map(({ invoice, amount }) => ({ number: invoice.number, amount: amount.toString() })), residual: residual && { account: residual.account, amount: residual.amount.toString(), ...(residual.parts ? { parts: residual.parts.map(({ account, amount }) => [account, amount.toString()]) } : {}) }, automatic: evidence.automatic },
  })
  return id
}

/** A residual on the waiting account is what stays to treat: nothing is posted for it. Others go to charges or income. */
export function postedResidual(residual: PostedResidual | null, line: PostableLine): PostedResidual | null {
  if (residual === null || residual.amount === 0n || residual.account === line.suspenseAccount) return null
  if (/^[67]/.test(residual.account) && isAccountNumber(residual.account) && findAccount(residual.account)) return residual
  throw new Refusal('REQUEST_INVALID', {}, [problem('RESIDUAL_ACCOUNT', {
    fr: `L'écart se passe en charge ou en produit (comptes 6 et 7), pas au compte ${residual.account}.`, en: `A difference goes to a charge or an income account (6 and 7), not to account ${residual.account}.`,
  }, { field: 'residual.account' })])
}

/** Third parties need their auxiliary, banks and waiting accounts their own lines: a bank line alone cannot be put there. */
const NOT_FOR_IMPUTATION = /^(40|411|471|512)/

function mayImpute(account: string): boolean {
  return /^[1-7]/.test(account) && isAccountNumber(account) && findAccount(account) !== undefined && !NOT_FOR_IMPUTATION.test(account)
}

/** A line without an invoice goes whole to one account, or to several that sum to it: rent, salaries, taxes, a transfer between accounts. */
export function imputation(residual: PostedResidual | null): PostedResidual | null {
  const refused = residual && [residual, ...residual.parts ?? []].find(({ account }) => !mayImpute(account))
  if (!refused) {
    assert(!residual?.parts || sum(residual.parts.map(({ amount }) => amount)) === residual.amount, 'the parts of a residual sum to it')
    return residual
  }
  throw new Refusal('REQUEST_INVALID', {}, [problem('IMPUTATION_ACCOUNT', {
    fr: `Une opération ne s'impute pas directement au compte ${refused.account}. Choisissez un compte de charge, de produit ou de bilan ; un client ou un fournisseur se règle par sa facture.`,
    en: `A bank line cannot be put directly on account ${refused.account}. Choose a charge, an income or a balance-sheet account; a customer or a supplier is settled by its invoice.`,
  }, { field: 'residual.account' })])
}

export function checkLine(line: PostableLine, { ctx, total, hasZero }: { readonly ctx: Context; readonly total: bigint; readonly hasZero: boolean }): void {
  const left = line.amount - line.treated
  if (left === 0n) throw new Refusal('LINE_ALREADY_TREATED')
  if (line.entryId === null) throw new Refusal('LINE_NOT_POSTED')
  const details = { allocated: formatAmount(total, ctx.currency), left: formatAmount(left, ctx.currency) }
  if (hasZero || total === 0n || total > 0n !== left > 0n) throw new Refusal('MATCH_SIGN_WRONG', details)
  if (absolute(total) > absolute(left)) throw new Refusal('MATCH_TOO_LARGE', details)
}

/**
 * The TVA each invoice makes due by this match, rate by rate: all that is due now that it is settled so far, less what its other
 * matches have made due. So the last payment takes the remainder to the cent, whatever was undone before. Invoices that
 * release nothing are absent.
 */
export async function releaseOf(tx: TenantTx, settled: readonly SettledInvoice[]): Promise<Map<InvoiceId, WaitingVat[]>> {
  const earlier = await activeOnInvoices(tx, settled.map(({ invoice }) => invoice.id))
  const released = new Map<InvoiceId, WaitingVat[]>()
  for (const { invoice, due } of settled) {
    const byRate = new Map(due.map(({ vatRate, amount }) => [vatRate, amount]))
    for (const { vatRate, amount } of earlier.filter((one) => one.invoiceId === invoice.id).flatMap((one) => one.vatShares)) byRate.set(vatRate, (byRate.get(vatRate) ?? 0n) - amount)
    const shares = [...byRate].map(([vatRate, amount]) => ({ vatRate, amount })).filter(({ amount }) => amount !== 0n)
    if (shares.length > 0) released.set(invoice.id, shares)
  }
  return released
}

type Posting = { readonly id: MatchId; readonly line: PostableLine; readonly settled: readonly SettledInvoice[]; readonly released: ReadonlyMap<InvoiceId, readonly WaitingVat[]>; readonly residual: PostedResidual | null }

/** The settlement first, then one entry for each invoice that releases TVA, in the order of `released`. */
export function draftsOf({ id, line, settled, released, residual }: Posting): PostingDraft[] {
  const source = { source: 'match' as const, sourceId: id }
  const settlement = settlementEntry({
    date: line.bookedOn, pieceRef: pieceOf(line), label: labelOf(line), suspenseAccount: line.suspenseAccount, residual,
    allocations: settled.map(({ invoice, amount }) => ({ customer: customerOf(invoice), amount, number: invoice.number! })),
  })
  const releases = [...released].map(([invoiceId, shares]) => {
    const { invoice } = settled.find((one) => one.invoice.id === invoiceId)!
    return vatReleaseEntry({ number: invoice.number!, date: line.bookedOn, customerName: customerOf(invoice).name }, shares)
  })
  return [settlement, ...releases].map((draft) => ({ ...draft, ...source }))
}

export function customerOf(invoice: SettledInvoice['invoice']): { code: string; name: string } {
  return { code: invoice.customerSnapshot?.code ?? invoice.customerCode, name: invoice.customerSnapshot?.name ?? invoice.customerName }
}

/** Letters each invoice that is now settled with all its payments. One that came without an entry has nothing to letter. */
async function letterInvoices(tx: TenantTx, ctx: Context, settled: readonly SettledInvoice[]): Promise<void> {
  const whole = settled.filter(({ invoice, isSettled }) => isSettled && invoice.entryId !== null)
  if (whole.length === 0) return
  const payments = await activeOnInvoices(tx, whole.map(({ invoice }) => invoice.id))
  for (const { invoice } of whole) {
    const lines = payments.filter((payment) => payment.invoiceId === invoice.id).map((payment) => ({ entryId: payment.entryId, n: payment.lineN }))
    await letter(tx, ctx, { account: CUSTOMERS_ACCOUNT, auxiliary: customerOf(invoice).code, lines: [{ entryId: invoice.entryId!, n: INVOICE_CUSTOMER_LINE }, ...lines] })
  }
}

/** The line is treated: what it left on 471 and what cleared it share a letter. */
async function letterSuspense(tx: TenantTx, ctx: Context, line: PostableLine): Promise<void> {
  const clearing = (await activeEntriesOfLine(tx, line.id)).map((entryId) => ({ entryId, n: CLEARING_LINE }))
  await letter(tx, ctx, { account: line.suspenseAccount, auxiliary: null, lines: [{ entryId: line.entryId!, n: BANK_SUSPENSE_LINE }, ...clearing] })
}
