import { CUSTOMERS_ACCOUNT } from '../../../core/invoice/accounts.ts'
import { sum } from '../../../core/kernel/money.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { recordAudit } from '../audit/index.ts'
import { addTreated, findLine, lockLine } from '../banking/index.ts'
import { unsettle } from '../invoicing/index.ts'
import { letter, reverse } from '../ledger/index.ts'
import { allocationsOf, findMatch, insertRefusals, invoiceExists, markUndone } from './store.ts'

/**
 * Undoes a match: its entries are reversed, its invoices owe again, its line is to treat again, and the pair is not proposed any
 * more. Refuses NOT_FOUND, MATCH_ALREADY_UNDONE, PERIOD_LOCKED (no open day is left to reverse on).
 */
export async function undoMatch(app: App, ctx: Context, id: string): Promise<void> {
  authorize(ctx, 'match.write')
  await app.db.tenant(ctx, async (tx) => {
    const found = await findMatch(tx, id)
    const line = found && await lockLine(tx, found.lineId)
    if (!line) throw new Refusal('NOT_FOUND')
    // Read again under the lock of the line: two people may undo at once.
    const match = (await findMatch(tx, id, { lock: true }))!
    if (match.status === 'undone') throw new Refusal('MATCH_ALREADY_UNDONE')
    const allocations = await allocationsOf(tx, match.id)
    const settled = await unsettle(tx, ctx, allocations)
    // A reversal takes the letters off what it undoes: the invoice and the bank line are open again.
    const reversal = await reverse(tx, ctx, { entryId: match.entryId })
    for (const { vatEntryId } of allocations) if (vatEntryId !== null) await reverse(tx, ctx, { entryId: vatEntryId })
    const pair = (n: number) => [match.entryId, reversal.id].map((entryId) => ({ entryId, n }))
    await letter(tx, ctx, { account: line.suspenseAccount, auxiliary: null, lines: pair(1) })
    for (const [index, { lineN }] of allocations.entries()) {
      const { invoice } = settled[index]!
      await letter(tx, ctx, { account: CUSTOMERS_ACCOUNT, auxiliary: invoice.customerSnapshot?.code ?? invoice.customerCode, lines: pair(lineN) })
    }
    await addTreated(tx, line.id, -(sum(allocations.map(({ amount }) => amount)) + match.residual))
    await markUndone(tx, match.id, { entryId: reversal.id, userId: ctx.userId })
    await insertRefusals(tx, line.id, { invoiceIds: allocations.map(({ invoiceId }) => invoiceId), by: ctx.userId })
    await appendEvent(tx, ctx, { kind: 'match.undone', subject: match.id, data: { lineId: line.id, invoices: allocations.map(({ invoiceId }) => invoiceId), automatic: match.automatic } })
    await recordAudit(tx, ctx, { action: 'match.undo', subjectKind: 'match', subjectId: match.id, before: { status: 'active' }, after: { status: 'undone', reversal: reversal.number } })
  })
}

/** "Not this one": the invoice is not proposed for the line any more. Refuses NOT_FOUND. */
export async function refuseSuggestion(app: App, ctx: Context, pair: { readonly lineId: string; readonly invoiceId: string }): Promise<void> {
  authorize(ctx, 'match.write')
  await app.db.tenant(ctx, async (tx) => {
    if (!await findLine(tx, pair.lineId) || !await invoiceExists(tx, pair.invoiceId)) throw new Refusal('NOT_FOUND')
    await insertRefusals(tx, pair.lineId, { invoiceIds: [pair.invoiceId], by: ctx.userId })
    await recordAudit(tx, ctx, { action: 'match.refuse', subjectKind: 'bank-line', subjectId: pair.lineId, before: null, after: pair })
  })
}
