import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { lockLines } from '../banking/index.ts'
import { openWorld, proposalsFor } from '../reconciliation/index.ts'
import { post } from './accept-proposal.ts'
import { findSettings } from './category-store.ts'
import { proposalOf } from './proposal.ts'

/**
 * Makes the entries of lines that are sure enough, where the company switched it on; each in a transaction of its own, each can be
 * undone. A line that an invoice could explain is left to a person. Answers how many were posted.
 */
export async function postSureLines(app: App, ctx: Context, lineIds: readonly string[]): Promise<number> {
  authorize(ctx, 'match.write')
  const candidates = await app.db.tenant(ctx, (tx) => withoutInvoice(tx, ctx, lineIds))
  let posted = 0
  for (const lineId of candidates) if (await postOne(app, ctx, lineId)) posted += 1
  return posted
}

/** Lines to treat that no open invoice explains; none where the company did not switch posting on. */
async function withoutInvoice(tx: TenantTx, ctx: Context, lineIds: readonly string[]): Promise<string[]> {
  if (!(await findSettings(tx))?.postAutomatically) return []
  const lines = (await lockLines(tx, lineIds)).filter((line) => line.entryId !== null && line.treated === 0n && line.amount !== 0n)
  if (lines.length === 0) return []
  const proposals = await proposalsFor(tx, await openWorld(tx, ctx), lines)
  return lines.filter((_, at) => proposals[at]!.length === 0).map(({ id }) => id)
}

async function postOne(app: App, ctx: Context, lineId: string): Promise<boolean> {
  try {
    return await app.db.tenant(ctx, async (tx) => {
      const proposal = await proposalOf(tx, { lineId, choice: {} })
      if (!proposal.automatic) return false
      await post(tx, ctx, { proposal, automatic: true })
      return true
    })
  } catch (error) {
    // In a locked period, or on an account that cannot take it: a person will see it.
    if (error instanceof Refusal) return false
    throw error
  }
}
