import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical.ts'

/** One row of the log as it is hashed. `at` is an ISO instant in UTC, to the millisecond. */
export type ChainRow = {
  readonly seq: bigint
  readonly at: string
  readonly userId: string | null
  readonly actor: string
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly before: unknown
  readonly after: unknown
  readonly address: string | null
}

/** What the first row of a chain is chained to. */
export const CHAIN_START = Buffer.alloc(32)

// Written before each text: a later way of writing rows down gets another number, and old rows keep theirs.
const VERSION = 'audit-1'

/** SHA-256 of the hash before and of the row's canonical text. `tenantId` is in it: a row cannot move to another company. */
export function hashRow(tenantId: string, previous: Uint8Array, row: ChainRow): Buffer {
  const text = canonicalJson([VERSION, tenantId, row.seq, row.at, row.userId, row.actor, row.action, row.subjectKind, row.subjectId, row.before ?? null, row.after ?? null, row.address])
  return createHash('sha256').update(previous).update(text, 'utf8').digest()
}
