import { canonicalEntry } from '../../../core/ledger/entry.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import { findChainPage, findWrongBalances } from './check-store.ts'
import { findLastSeq } from './fec-store.ts'
import { findLines } from './entry-store.ts'
import { fingerprint } from './posting-store.ts'
import { entryDraft } from './reverse.ts'

/** Entries verified at a time. */
const PAGE_ENTRIES = 500

export type LedgerVerdict = {
  readonly entries: number
  readonly brokenAt: { readonly entryId: string; readonly number: string; readonly date: string } | null
  readonly accountsAtFault: readonly string[]
}

/** Computes every fingerprint again, in order, and compares the monthly balances with the lines. */
export async function checkLedger(app: App, ctx: Context): Promise<LedgerVerdict> {
  authorize(ctx, 'ledger.read')
  let seq = 0n
  let previous: Uint8Array = new Uint8Array()
  let entries = 0
  const until = await app.db.tenant(ctx, findLastSeq)
  const accountsAtFault = await app.db.tenant(ctx, findWrongBalances)
  while (seq < until) {
    const after = seq
    const { page, lines } = await app.db.tenant(ctx, async (tx) => {
      const found = await findChainPage(tx, { after, until, limit: PAGE_ENTRIES })
      return { page: found, lines: Map.groupBy(await findLines(tx, found.map((entry) => entry.id)), (line) => line.entryId) }
    })
    for (const entry of page) {
      const text = canonicalEntry(entryDraft(entry, lines.get(entry.id) ?? []), { sequence: entry.seq, number: entry.number, validatedOn: entry.validatedOn, previousHash: Buffer.from(previous).toString('hex') })
      const isIntact = entry.seq === seq + 1n && Buffer.compare(entry.previousHash, previous) === 0 && fingerprint(text).equals(entry.hash)
      if (!isIntact) return { entries, brokenAt: { entryId: entry.id, number: entry.number, date: entry.date }, accountsAtFault }
      seq = entry.seq
      previous = entry.hash
      entries += 1
    }
    if (page.length === 0) return { entries, brokenAt: { entryId: '00000000-0000-0000-0000-000000000000', number: String(seq + 1n), date: ctx.today }, accountsAtFault }
  }
  return { entries, brokenAt: null, accountsAtFault }
}
