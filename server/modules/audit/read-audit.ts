import { Type } from 'typebox'
import type { Static } from 'typebox'
import type { AuditQuery, AuditRow, ChainCheck } from '../../../contract/audit.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import { CHAIN_START, hashRow } from './chain.ts'
import { presentRow } from './present.ts'
import { listRows, readChain, readChainEnd } from './store.ts'

const Key = Type.Tuple([Type.String({ pattern: '^\\d{1,18}$' })])
const CHECK_BATCH = 1000
const SEQ_MAX = 2n ** 63n - 1n

/** The log of a company, newest first. */
export async function listAudit(app: App, ctx: Context, query: AuditQuery): Promise<{ items: AuditRow[]; next: string | null }> {
  authorize(ctx, 'audit.read')
  const key = decodeCursor(query.cursor, Key)
  const limit = query.limit ?? PAGE_LIMIT
  const rows = await app.db.tenant(ctx, (tx) => listRows(tx, { action: query.action, subjectId: query.subjectId, before: key ? BigInt(key[0]) : null, limit: limit + 1 }))
  return pageOf(rows, limit, { item: presentRow, key: (row) => [row.seq.toString()] })
}

/** Reads the whole chain again: each row must carry the hash of its content and of the row before, and the end must be the last row. */
export async function checkAudit(app: App, ctx: Context): Promise<Static<typeof ChainCheck>> {
  authorize(ctx, 'audit.read')
  return await app.db.tenant(ctx, async (tx) => {
    const end = await readChainEnd(tx)
    const upTo = end?.seq ?? SEQ_MAX
    let rows = 0
    let seq = 0n
    let previous: Uint8Array = CHAIN_START
    const next = () => readChain(tx, { after: seq, upTo, limit: CHECK_BATCH })
    for (let batch = await next(); batch.length > 0; batch = await next()) {
      for (const row of batch) {
        const right = row.seq === seq + 1n && Buffer.compare(row.previous, previous) === 0 && Buffer.compare(row.hash, hashRow(ctx.tenantId, previous, row)) === 0
        if (!right) return { rows, intact: false, brokenAt: (seq + 1n).toString() }
        rows += 1
        seq = row.seq
        previous = row.hash
      }
    }
    const complete = end ? end.seq === seq && Buffer.compare(end.hash, previous) === 0 : rows === 0
    return { rows, intact: complete, brokenAt: complete ? null : (seq + 1n).toString() }
  })
}
