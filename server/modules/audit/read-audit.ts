import { Type } from 'typebox'
import type { AuditQuery, AuditRow, ChainCheck } from '../../../contract/audit.ts'
import { parseDate } from '../../../core/kernel/local-date.ts'
import { problem } from '../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import { presentRow } from './present.ts'
import { listActions as findActions, listRows, timeZoneOf } from './store.ts'
import { verifyAuditChain } from './verify-audit-chain.ts'
import { faultSentence } from './verify-chain.ts'

const Key = Type.Tuple([Type.String({ pattern: '^\\d{1,18}$' })])
const ACTIONS_MAX = 500

/** Refuses a day that is not in the calendar. */
export function checkDays(query: { readonly from?: string; readonly to?: string }): void {
  const problems = (['from', 'to'] as const).flatMap((field) => {
    const day = query[field]
    return day === undefined || parseDate(day) ? [] : [problem('DAY_UNKNOWN', { fr: `Le jour ${day} n'existe pas dans le calendrier.`, en: `There is no day ${day} in the calendar.` }, { field })]
  })
  if (problems.length > 0) throw new Refusal('REQUEST_INVALID', {}, problems)
}

/** The log of a company, newest first, or the part of it that one looks for. */
export async function listAudit(app: App, ctx: Context, query: AuditQuery): Promise<{ items: AuditRow[]; next: string | null }> {
  authorize(ctx, 'audit.read')
  checkDays(query)
  const key = decodeCursor(query.cursor, Key)
  const limit = query.limit ?? PAGE_LIMIT
  const rows = await app.db.tenant(ctx, async (tx) => listRows(tx, { ...query, timeZone: await timeZoneOf(tx) }, { before: key ? BigInt(key[0]) : null, limit: limit + 1 }))
  return pageOf(rows, limit, { item: presentRow, key: (row) => [row.seq.toString()] })
}

/** The actions that were logged, to choose from. */
export async function listActions(app: App, ctx: Context): Promise<string[]> {
  authorize(ctx, 'audit.read')
  return await app.db.tenant(ctx, (tx) => findActions(tx, ACTIONS_MAX))
}

/** Reads the whole chain again: each row must carry the hash of its content and of the row before, and the end must be the last row. */
export async function checkAudit(app: App, ctx: Context): Promise<ChainCheck> {
  authorize(ctx, 'audit.read')
  const verdict = await app.db.tenant(ctx, verifyAuditChain)
  if (verdict.intact) return { rows: verdict.links, intact: true, brokenAt: null, fault: null, sentence: null }
  const at = verdict.link ? ` (${verdict.link.action}, ${verdict.link.at})` : ''
  const sentence = faultSentence(verdict.fault, { fr: `la ligne ${verdict.seq}${at}`, en: `row ${verdict.seq}${at}` })
  return { rows: verdict.links, intact: false, brokenAt: verdict.seq.toString(), fault: verdict.fault, sentence: sentence[ctx.locale] }
}
