import { CUSTOMERS_ACCOUNT } from '../../../core/invoice/accounts.ts'
import type { MatchId } from '../../../core/kernel/id.ts'
import { sum } from '../../../core/kernel/money.ts'
import type { Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvents } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { lockLines, type PostableLine, treatLines } from '../banking/index.ts'
import { settle, type SettledInvoice } from '../invoicing/index.ts'
import { letterMany, type LetteringInput, post, type PostedEntry } from '../ledger/index.ts'
import { BANK_SUSPENSE_LINE, checkLine, CLEARING_LINE, customerOf, type Demand, draftsOf, FIRST_CUSTOMER_LINE, INVOICE_CUSTOMER_LINE, postedResidual, releaseOf } from './accept-match.ts'
import { activeEntriesOfLine, activeOnInvoices, deleteRefusalPairs, insertMatches, matchedAlready } from './store.ts'
import type { Evidence, PostedResidual } from './types.ts'

export type Decision = { readonly demand: Demand; readonly evidence: Evidence }

type Checked = Decision & { readonly id: MatchId; readonly line: PostableLine; readonly residual: PostedResidual | null; readonly total: bigint }
type Settled = Checked & { readonly settled: readonly SettledInvoice[] }
type Posted = Settled & { readonly entries: readonly PostedEntry[]; readonly released: Awaited<ReturnType<typeof releaseOf>> }

/** Decisions that share neither a line nor an invoice go together; the others wait for the next round, in their order. */
function rounds(decisions: readonly Decision[]): Decision[][] {
  const found: { readonly taken: Set<string>; readonly decisions: Decision[] }[] = []
  const roundOf = new Map<string, number>()
  for (const decision of decisions) {
    const keys = [decision.demand.lineId, ...decision.demand.allocations.keys()]
    const at = Math.max(0, ...keys.map((key) => (roundOf.get(key) ?? -1) + 1))
    const round = found[at] ?? { taken: new Set<string>(), decisions: [] }
    found[at] = round
    round.decisions.push(decision)
    for (const key of keys) roundOf.set(key, at)
  }
  return found.map((round) => round.decisions)
}

/**
 * Accepts many decisions within the caller's transaction, with the effects and the refusals of accepting them one by one, in a
 * number of statements that does not grow with them. All of them or none.
 */
export async function acceptMany(tx: TenantTx, ctx: Context, decisions: readonly Decision[]): Promise<MatchId[]> {
  const ids: MatchId[] = []
  for (const round of rounds(decisions)) ids.push(...await acceptRound(tx, ctx, round))
  if (ids.length > 0) await recordAudit(tx, ctx, { action: 'match.create', subjectKind: 'match', subjectId: ids[0]!, before: null, after: { count: ids.length, ids } })
  return ids
}

async function acceptRound(tx: TenantTx, ctx: Context, decisions: readonly Decision[]): Promise<MatchId[]> {
  const checked = await check(tx, ctx, decisions)
  const posted = await postAll(tx, ctx, await settleAll(tx, ctx, checked))
  await insertMatches(tx, posted.map(storedMatch(ctx)))
  await deleteRefusalPairs(tx, posted.flatMap(({ line, settled }) => settled.map(({ invoice }) => ({ lineId: line.id, invoiceId: invoice.id }))))
  await treatLines(tx, posted.map(({ line, total }) => ({ id: line.id, by: total })))
  await letterMany(tx, ctx, [...await invoiceLetters(tx, posted), ...await suspenseLetters(tx, posted)])
  await appendEvents(tx, ctx, posted.map(({ id, line, settled, evidence }) => ({ kind: 'match.accepted' as const, subject: id, data: { lineId: line.id, invoices: settled.map(({ invoice }) => invoice.id), automatic: evidence.automatic } })))
  return posted.map(({ id }) => id)
}

async function check(tx: TenantTx, ctx: Context, decisions: readonly Decision[]): Promise<Checked[]> {
  const lines = new Map((await lockLines(tx, decisions.map(({ demand }) => demand.lineId))).map((line) => [line.id as string, line]))
  const checked = decisions.map((decision): Checked => {
    const line = lines.get(decision.demand.lineId)
    if (!line) throw new Refusal('NOT_FOUND')
    const residual = postedResidual(decision.demand.residual, line)
    const amounts = [...decision.demand.allocations.values()]
    const total = sum(amounts) + (residual?.amount ?? 0n)
    checkLine(line, { ctx, total, hasZero: amounts.some((amount) => amount === 0n) })
    return { ...decision, id: uuidv7() as MatchId, line, residual, total }
  })
  // A line of which nothing is treated has no match yet.
  for (const { line, demand } of checked.filter((one) => one.line.treated !== 0n)) {
    const number = await matchedAlready(tx, line.id, [...demand.allocations.keys()])
    if (number !== undefined) throw new Refusal('MATCH_EXISTS', { number })
  }
  return checked
}

async function settleAll(tx: TenantTx, ctx: Context, checked: readonly Checked[]): Promise<Settled[]> {
  const all = await settle(tx, ctx, checked.flatMap(({ demand }) => [...demand.allocations].map(([invoiceId, amount]) => ({ invoiceId, amount }))))
  let from = 0
  return checked.map((one) => {
    const settled = all.slice(from, from + one.demand.allocations.size)
    from += settled.length
    return { ...one, settled }
  })
}

async function postAll(tx: TenantTx, ctx: Context, settlements: readonly Settled[]): Promise<Posted[]> {
  const released = await releaseOf(tx, settlements.flatMap(({ settled }) => settled))
  const plans = settlements.map((one) => {
    const own = new Map(one.settled.flatMap(({ invoice }) => { const shares = released.get(invoice.id); return shares ? [[invoice.id, shares] as const] : [] }))
    return { ...one, released: own, drafts: draftsOf({ ...one, released: own }) }
  })
  const entries = (await post(tx, ctx, plans.flatMap(({ drafts }) => drafts))).values()
  return plans.map(({ drafts, ...one }) => ({ ...one, entries: drafts.map(() => entries.next().value!) }))
}

function storedMatch(ctx: Context) {
  return ({ id, line, evidence, residual, settled, released, entries }: Posted) => ({
    match: { ...evidence, id, lineId: line.id, residual, entryId: entries[0]!.id, createdBy: ctx.userId },
    allocations: settled.map(({ invoice, amount }, index) => {
      const vatShares = released.get(invoice.id) ?? []
      const rank = [...released.keys()].indexOf(invoice.id)
      return { invoiceId: invoice.id, amount, vatShares, vatReleased: sum(vatShares.map((share) => share.amount)), vatEntryId: rank < 0 ? null : entries[1 + rank]!.id, lineN: FIRST_CUSTOMER_LINE + index }
    }),
  })
}

async function invoiceLetters(tx: TenantTx, posted: readonly Posted[]): Promise<LetteringInput[]> {
  const whole = posted.flatMap(({ settled }) => settled).filter(({ invoice, isSettled }) => isSettled && invoice.entryId !== null)
  if (whole.length === 0) return []
  const payments = Map.groupBy(await activeOnInvoices(tx, whole.map(({ invoice }) => invoice.id)), (payment) => payment.invoiceId)
  return whole.map(({ invoice }) => ({
    account: CUSTOMERS_ACCOUNT, auxiliary: customerOf(invoice).code,
    lines: [{ entryId: invoice.entryId!, n: INVOICE_CUSTOMER_LINE }, ...(payments.get(invoice.id) ?? []).map((payment) => ({ entryId: payment.entryId, n: payment.lineN }))],
  }))
}

async function suspenseLetters(tx: TenantTx, posted: readonly Posted[]): Promise<LetteringInput[]> {
  const inputs: LetteringInput[] = []
  for (const { line, total, entries } of posted) {
    if (line.treated + total !== line.amount) continue
    const clearing = line.treated === 0n ? [entries[0]!.id] : await activeEntriesOfLine(tx, line.id)
    inputs.push({ account: line.suspenseAccount, auxiliary: null, lines: [{ entryId: line.entryId!, n: BANK_SUSPENSE_LINE }, ...clearing.map((entryId) => ({ entryId, n: CLEARING_LINE }))] })
  }
  return inputs
}
