import { canonicalEntry } from '../../../core/ledger/entry.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { verifyChain, type ChainFault } from '../audit/index.ts'
import { findChainEnd, findChainPage, findWrongBalances } from './check-store.ts'
import { findLines, type EntryRow, type LineRow } from './entry-store.ts'
import { fingerprint } from './posting-store.ts'
import { entryDraft } from './reverse.ts'

/** Entries verified at a time. */
const PAGE_ENTRIES = 500
const NO_ENTRY = '00000000-0000-0000-0000-000000000000'

/** Where the chain of entries first breaks. The entry is known by its rank alone when it is missing. */
export type LedgerBreak = { readonly entryId: string; readonly number: string; readonly date: string; readonly seq: bigint; readonly fault: ChainFault }

export type LedgerVerdict = {
  readonly entries: number
  readonly brokenAt: LedgerBreak | null
  readonly accountsAtFault: readonly string[]
}

type EntryLink = { readonly seq: bigint; readonly previous: Uint8Array; readonly hash: Uint8Array; readonly entry: EntryRow; readonly lines: readonly LineRow[] }
type Run = <T>(work: (tx: TenantTx) => Promise<T>) => Promise<T>

/** `run` gives a transaction for each page: a long verification holds none open. */
async function verify(run: Run): Promise<LedgerVerdict> {
  const { end, last } = await run(findChainEnd)
  const accountsAtFault = await run(findWrongBalances)
  const verdict = await verifyChain<EntryLink>({
    start: new Uint8Array(), end,
    page: (after) => run(async (tx) => {
      const entries = await findChainPage(tx, { after, until: last, limit: PAGE_ENTRIES })
      const lines = Map.groupBy(await findLines(tx, entries.map((entry) => entry.id)), (line) => line.entryId)
      return entries.map((entry) => ({ seq: entry.seq, previous: entry.previousHash, hash: entry.hash, entry, lines: lines.get(entry.id) ?? [] }))
    }),
    hashOf: ({ entry, lines }, previous, seq) => fingerprint(canonicalEntry(entryDraft(entry, lines), {
      sequence: seq, number: entry.number, validatedOn: entry.validatedOn, previousHash: Buffer.from(previous).toString('hex'),
    })),
  })
  if (verdict.intact) return { entries: verdict.links, brokenAt: null, accountsAtFault }
  const { seq, fault, link } = verdict
  const entry = link?.entry
  return { entries: verdict.links, brokenAt: { entryId: entry?.id ?? NO_ENTRY, number: entry?.number ?? String(seq), date: entry?.date ?? '1970-01-01', seq, fault }, accountsAtFault }
}

/** The same verification inside a transaction that is open already, for a command that reads every company. */
export async function verifyLedgerChain(tx: TenantTx): Promise<LedgerVerdict> {
  return await verify((work) => work(tx))
}

/** Computes every fingerprint again, in order, and compares the monthly balances with the lines. */
export async function checkLedger(app: App, ctx: Context): Promise<LedgerVerdict> {
  authorize(ctx, 'ledger.read')
  return await verify((work) => app.db.tenant(ctx, work))
}
