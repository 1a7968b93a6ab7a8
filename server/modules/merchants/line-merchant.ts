import type { LineEnrichmentPatch } from '../../../contract/merchants.ts'
import { parseDate } from '../../../core/kernel/local-date.ts'
import { problem } from '../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { recordAudit } from '../audit/index.ts'
import { findEnrichment, giveMerchant, lineToRead, restoreMerchant, saveGiven } from './enrichment-store.ts'
import { enrich, ruledMerchant } from './read-lines.ts'
import { findMerchants, lockMerchants } from './store.ts'
import { GIVEN_FIELDS, type EnrichmentView, type GivenField, type ReadableLine } from './types.ts'

export type LineReading = { readonly line: ReadableLine; readonly enrichment: EnrichmentView | null }

async function readingOf(tx: TenantTx, lineId: string): Promise<LineReading> {
  const line = await lineToRead(tx, lineId)
  if (!line) throw new Refusal('NOT_FOUND')
  return { line, enrichment: await findEnrichment(tx, lineId) ?? null }
}

/** A line as the bank wrote it beside what was read in it. `enrichment` is null while no job has read it. Refuses NOT_FOUND. */
export async function readEnrichment(app: App, ctx: Context, lineId: string): Promise<LineReading> {
  authorize(ctx, 'bank.read')
  return await app.db.tenant(ctx, (tx) => readingOf(tx, lineId))
}

/** The merchant of a line by hand, by a rule of the company, or by its label again when it is null. The line has been read before. */
async function placeLine(tx: TenantTx, line: ReadableLine, { merchantId, rule = null }: { readonly merchantId: string | null; readonly rule?: string | null }): Promise<void> {
  if (merchantId === null) await restoreMerchant(tx, line.id, await ruledMerchant(tx, line))
  else if ((await findMerchants(tx, [merchantId])).length === 0) throw new Refusal('NOT_FOUND')
  else await giveMerchant(tx, line.id, { merchantId, rule })
}

/** Reads a line that no job has read yet, so that what a person gives has its place. */
async function readFirst(tx: TenantTx, lineId: string): Promise<ReadableLine> {
  await lockMerchants(tx)
  const { line, enrichment } = await readingOf(tx, lineId)
  if (!enrichment) await enrich(tx, [line])
  return line
}

/**
 * Gives a line its merchant by hand, in the transaction of the caller, who has authorised it and writes the log; null gives it
 * back to its label. `rule` names the rule of the company that decides, with its version; what a person placed is left to them.
 * Refuses NOT_FOUND for a line or a merchant that is not the company's.
 */
export async function setMerchant(tx: TenantTx, ctx: Pick<Context, 'tenantId'>, { lineId, merchantId, rule = null }: { readonly lineId: string; readonly merchantId: string | null; readonly rule?: string | null }): Promise<void> {
  const line = await readFirst(tx, lineId)
  if (rule !== null && (await findEnrichment(tx, lineId))?.source === 'manual') return
  await placeLine(tx, line, { merchantId, rule })
  await appendEvent(tx, ctx, { kind: 'lines.enriched', subject: null, data: { count: 1 } })
}

function merged(before: EnrichmentView['given'], patch: LineEnrichmentPatch): EnrichmentView['given'] {
  const after: Partial<Record<GivenField, string>> = { ...before }
  for (const field of GIVEN_FIELDS) {
    const value = patch[field]
    if (value === undefined) continue
    if (value === null || value.trim() === '') delete after[field]
    else after[field] = value.trim()
  }
  return after
}

/** Values a person gives instead of those read; null gives one back to the rules. Refuses NOT_FOUND, REQUEST_INVALID. */
export async function giveValues(app: App, ctx: Context, { lineId, patch }: { readonly lineId: string; readonly patch: LineEnrichmentPatch }): Promise<LineReading> {
  authorize(ctx, 'merchant.write')
  if (patch.cardDate && !parseDate(patch.cardDate)) {
    throw new Refusal('REQUEST_INVALID', {}, [problem('DATE_INVALID', { fr: `Le ${patch.cardDate} n'est pas un jour du calendrier.`, en: `${patch.cardDate} is not a day of the calendar.` }, { field: 'cardDate' })])
  }
  return await app.db.tenant(ctx, async (tx) => {
    const line = await readFirst(tx, lineId)
    if (patch.merchantId !== undefined) await placeLine(tx, line, { merchantId: patch.merchantId })
    const before = (await findEnrichment(tx, lineId))!.given
    const after = merged(before, patch)
    await saveGiven(tx, lineId, after)
    await appendEvent(tx, ctx, { kind: 'lines.enriched', subject: null, data: { count: 1 } })
    await recordAudit(tx, ctx, { action: 'line.enrich', subjectKind: 'bank-line', subjectId: lineId, before: { given: before }, after: { given: after, ...(patch.merchantId === undefined ? {} : { merchantId: patch.merchantId }) } })
    return await readingOf(tx, lineId)
  })
}
