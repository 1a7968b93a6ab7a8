import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { listMatches, type MatchFilter } from './store.ts'
import type { MatchView } from './types.ts'

/** Matches, latest first, undone ones included unless the status says otherwise. */
export async function browseMatches(app: App, ctx: Context, filter: Omit<MatchFilter, 'ids'>): Promise<MatchView[]> {
  authorize(ctx, 'match.read')
  return app.db.tenant(ctx, (tx) => listMatches(tx, { ...filter, ids: null }))
}

/** One match. Refuses NOT_FOUND. */
export async function readMatch(app: App, ctx: Context, id: string): Promise<MatchView> {
  authorize(ctx, 'match.read')
  const [match] = await app.db.tenant(ctx, (tx) => listMatches(tx, { ids: [id], status: null, invoiceId: null, lineId: null, after: null, limit: 1 }))
  if (!match) throw new Refusal('NOT_FOUND')
  return match
}
