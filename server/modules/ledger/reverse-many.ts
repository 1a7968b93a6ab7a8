import { reverse as reverseDraft } from '../../../core/ledger/entry.ts'
import type { EntryId } from '../../../core/kernel/id.ts'
import type { Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { findEntries, findLines } from './entry-store.ts'
import { removeLettering } from './lettering-store.ts'
import { post } from './post.ts'
import { lockChain } from './posting-store.ts'
import { entryDraft } from './reverse.ts'
import type { PostedEntry } from './types.ts'

/** Entries one round loads and posts. */
const ROUND_MAX = 2_000

/**
 * Undoes many of the product's own entries, each on its own day, as `reverse` does for one: their lines lose their letters first.
 * The answers follow the entries. Refuses NOT_FOUND, ENTRY_ALREADY_REVERSED, PERIOD_LOCKED.
 */
export async function reverseMany(tx: TenantTx, ctx: Context, entryIds: readonly EntryId[]): Promise<PostedEntry[]> {
  const posted: PostedEntry[] = []
  for (let at = 0; at < entryIds.length; at += ROUND_MAX) posted.push(...await reverseRound(tx, ctx, entryIds.slice(at, at + ROUND_MAX)))
  return posted
}

async function reverseRound(tx: TenantTx, ctx: Context, entryIds: readonly EntryId[]): Promise<PostedEntry[]> {
  await lockChain(tx)
  const entries = new Map((await findEntries(tx, entryIds)).map((entry) => [entry.id, entry]))
  const lines = await findLines(tx, entryIds)
  const linesOf = Map.groupBy(lines, (line) => line.entryId)
  await removeLettering(tx, lines.filter((line) => line.lettering !== null))
  return post(tx, ctx, entryIds.map((id) => {
    const entry = entries.get(id)
    if (!entry) throw new Refusal('NOT_FOUND')
    if (entry.reversedById) throw new Refusal('ENTRY_ALREADY_REVERSED', { number: entry.number })
    const draft = entryDraft(entry, linesOf.get(id) ?? [])
    return { ...reverseDraft(draft, { date: entry.date, label: `Contrepassation ${entry.number} - ${entry.label}` }), source: 'reversal' as const, sourceId: null, reversesId: entry.id, isOpening: entry.isOpening }
  }))
}
