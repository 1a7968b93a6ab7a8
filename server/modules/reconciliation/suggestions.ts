import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { linesToTreat, type LineView, type PostableLine, viewsOf } from '../banking/index.ts'
import { type LineProposal, openWorld, proposalsFor } from './world.ts'

export type LineSuggestion = { readonly line: LineView; readonly proposals: readonly LineProposal[] }
type Explained = { readonly line: PostableLine; readonly proposals: readonly LineProposal[] }
type Place = { readonly bookedOn: string; readonly id: string }

/** Lines looked at for one page that only wants lines with a proposal. */
const SCANNED_MAX = 1_000
const SCAN_STEP = 200
/** Lines looked at to count what the home page announces. */
const COUNTED_MAX = 200

/** Lines to treat, latest first, and what could explain each one. `next` is where the following page starts. */
export async function browseSuggestions(app: App, ctx: Context, query: { readonly lineId: string | null; readonly accountId: string | null; readonly onlyWithProposal: boolean; readonly after: Place | null; readonly limit: number }): Promise<{ items: LineSuggestion[]; next: Place | null }> {
  authorize(ctx, 'match.read')
  return app.db.tenant(ctx, async (tx) => {
    const items: Explained[] = []
    const world = await openWorld(tx, ctx)
    const step = query.onlyWithProposal ? SCAN_STEP : query.limit + 1
    let after = query.after
    for (let scanned = 0; scanned < SCANNED_MAX; scanned += step) {
      const lines = await linesToTreat(tx, { lineId: query.lineId, accountId: query.accountId, after, limit: step })
      const proposals = await proposalsFor(tx, world, lines)
      for (const [index, line] of lines.entries()) {
        if (query.onlyWithProposal && proposals[index]!.length === 0) { after = line; continue }
        if (items.length === query.limit) return { items: await described(tx, items), next: place(after!) }
        items.push({ line, proposals: proposals[index]! })
        after = line
      }
      if (lines.length < step) return { items: await described(tx, items), next: null }
    }
    return { items: await described(tx, items), next: after && place(after) }
  })
}

/** With what is said of each line elsewhere: its category, its merchant, a question about it. */
async function described(tx: TenantTx, items: readonly Explained[]): Promise<LineSuggestion[]> {
  const views = await viewsOf(tx, items.map(({ line }) => line))
  return items.map(({ proposals }, at) => ({ line: views[at]!, proposals }))
}

function place({ bookedOn, id }: Place): Place {
  return { bookedOn, id }
}

/** The proposals of one line as they are now; none when it is not to treat. */
export async function proposalsOfLine(tx: TenantTx, ctx: Context, lineId: string): Promise<LineProposal[]> {
  const lines = await linesToTreat(tx, { lineId, accountId: null, after: null, limit: 1 })
  return lines.length === 0 ? [] : (await proposalsFor(tx, await openWorld(tx, ctx), lines))[0]!
}

/** How many of the latest lines to treat have a proposal. */
export async function countSuggestions(tx: TenantTx, ctx: Context): Promise<number> {
  const lines = await linesToTreat(tx, { lineId: null, accountId: null, after: null, limit: COUNTED_MAX })
  if (lines.length === 0) return 0
  return (await proposalsFor(tx, await openWorld(tx, ctx), lines)).filter((proposals) => proposals.length > 0).length
}
