import type { MatchId } from '../../../core/kernel/id.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { linesToTreat } from '../banking/index.ts'
import { accept } from './accept-match.ts'
import { listMatches } from './store.ts'
import type { MatchView } from './types.ts'
import { type LineProposal, openWorld, proposalsFor } from './world.ts'

/** Lines looked at, and matches made, by one call. */
const LINES_MAX = 2_000
const MATCHES_MAX = 100

/**
 * Accepts every proposal sure enough to need nobody, each in a transaction of its own; each can be undone. A line whose invoice
 * was taken meanwhile stays to treat. Answers the matches and whether the limit of one call left some aside.
 */
export async function acceptAutomatic(app: App, ctx: Context): Promise<{ matches: MatchView[]; isComplete: boolean }> {
  authorize(ctx, 'match.write')
  const candidates = await app.db.tenant(ctx, async (tx) => {
    const lines = await linesToTreat(tx, { lineId: null, accountId: null, after: null, limit: LINES_MAX })
    const proposals = await proposalsFor(tx, await openWorld(tx, ctx), lines)
    // Oldest first, as the money came.
    return lines.flatMap((line, index) => { const best = proposals[index]![0]; return best?.automatic && best.residual?.kind !== 'overpayment' ? [{ line, best }] : [] }).reverse()
  })
  const ids: MatchId[] = []
  for (const { line, best } of candidates.slice(0, MATCHES_MAX)) {
    const id = await acceptOne(app, ctx, { lineId: line.id, best })
    if (id !== null) ids.push(id)
  }
  const matches = await app.db.tenant(ctx, (tx) => listMatches(tx, { ids, status: null, invoiceId: null, lineId: null, after: null, limit: MATCHES_MAX }))
  return { matches, isComplete: candidates.length <= MATCHES_MAX }
}

async function acceptOne(app: App, ctx: Context, { lineId, best }: { readonly lineId: string; readonly best: LineProposal }): Promise<MatchId | null> {
  const demand = { lineId, allocations: new Map(best.allocations.map(({ invoice, amount }) => [invoice.id as string, amount])), residual: best.residual && { account: best.residual.account, amount: best.residual.amount } }
  try {
    return await app.db.tenant(ctx, (tx) => accept(tx, ctx, { demand, evidence: { confidence: best.confidence, automatic: true, reasons: best.reasons } }))
  } catch (error) {
    // Taken meanwhile, or in a locked period: a person will see it among the suggestions.
    if (error instanceof Refusal) return null
    throw error
  }
}
