import type { Context } from '../../platform/access/context.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { canonicalJson } from './canonical.ts'
import { CHAIN_START, hashRow, type ChainRow } from './chain.ts'
import { appendRow, lockChainEnd, startChain } from './store.ts'

export type AuditEvent = {
  /** `resource.verb`, such as invoice.issue. */
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  /** What it was and what it became; leave out what did not exist. Secrets and whole files stay out. */
  readonly before?: unknown
  readonly after?: unknown
}

/** The value as the database will give it back: the hash must cover what can be read again. */
function stored(value: unknown): unknown {
  return value === undefined || value === null ? null : JSON.parse(canonicalJson(value))
}

/**
 * Writes one row of the company's log in the transaction of the change it tells: both are kept or neither is. Only
 * what happens inside a company is logged; a sign-in belongs to no company. The chain's end stays locked until the
 * transaction ends, so call it last.
 */
export async function recordAudit(tx: TenantTx, ctx: Context, event: AuditEvent): Promise<void> {
  let end = await lockChainEnd(tx)
  if (!end) {
    await startChain(tx, CHAIN_START)
    end = await lockChainEnd(tx)
  }
  if (!end) throw new Error('the audit chain of this company cannot be opened')
  const row: ChainRow = {
    seq: end.seq + 1n, at: end.now, userId: ctx.userId, actor: ctx.actor, action: event.action,
    subjectKind: event.subjectKind, subjectId: event.subjectId, before: stored(event.before), after: stored(event.after), address: ctx.address,
  }
  await appendRow(tx, { ...row, previous: end.hash, hash: hashRow(tx.tenantId, end.hash, row) })
}
