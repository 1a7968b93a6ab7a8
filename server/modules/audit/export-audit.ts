import type { AuditExportQuery } from '../../../contract/audit.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import { csvLine, CSV_MARK } from '../../platform/documents/sheet.ts'
import { canonicalJson } from './canonical.ts'
import type { ChainRow } from './chain.ts'
import { presentRow } from './present.ts'
import { checkDays } from './read-audit.ts'
import { recordAudit } from './record-audit.ts'
import { exportRows, readChainEnd, timeZoneOf, type AuditFilter } from './store.ts'

/** Rows read at a time: what an export holds in memory. */
const PAGE_ROWS = 1000

export type AuditFile = { readonly fileName: string; readonly type: string; readonly chunks: AsyncIterable<string> }

const COLUMNS = ['seq', 'at', 'actor', 'userId', 'action', 'subjectKind', 'subjectId', 'before', 'after', 'address'] as const

function csvRow(row: ChainRow): string {
  const json = (value: unknown) => (value === null ? '' : canonicalJson(value))
  return csvLine([row.seq.toString(), row.at, row.actor, row.userId ?? '', row.action, row.subjectKind, row.subjectId, json(row.before), json(row.after), row.address ?? ''])
}

type Scope = { readonly filter: AuditFilter; readonly upTo: bigint }

/** Pages in transactions of their own: a slow reader never keeps one open. */
async function* pages(app: App, ctx: Context, { filter, upTo }: Scope): AsyncGenerator<readonly ChainRow[]> {
  for (let after = 0n; ;) {
    const from = after
    const rows = await app.db.tenant(ctx, (tx) => exportRows(tx, filter, { after: from, upTo, limit: PAGE_ROWS }))
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.seq
  }
}

async function* write(rows: AsyncIterable<readonly ChainRow[]>, format: 'csv' | 'jsonl'): AsyncGenerator<string> {
  if (format === 'csv') yield `${CSV_MARK}${csvLine(COLUMNS)}`
  for await (const page of rows) yield page.map((row) => (format === 'csv' ? csvRow(row) : `${JSON.stringify(presentRow(row))}\n`)).join('')
}

/**
 * The log, or the part of it that one looks for, from the oldest row to the newest, as bytes that come page by page.
 * Reading it away is itself in the log, and that row is the last of the file.
 */
export async function exportAudit(app: App, ctx: Context, query: AuditExportQuery): Promise<AuditFile> {
  authorize(ctx, 'audit.export')
  checkDays(query)
  const { format = 'csv', ...filters } = query
  const scope = await app.db.tenant(ctx, async (tx): Promise<Scope> => {
    const timeZone = await timeZoneOf(tx)
    await recordAudit(tx, ctx, { action: 'audit.export', subjectKind: 'company', subjectId: ctx.tenantId, after: { format, ...filters } })
    return { filter: { ...filters, timeZone }, upTo: (await readChainEnd(tx)).last }
  })
  return {
    fileName: `audit-${ctx.today}.${format}`, type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
    chunks: write(pages(app, ctx, scope), format),
  }
}
