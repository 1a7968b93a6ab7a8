import type { BulkChange, SplitRequest, TransactionPatch } from '../../../contract/categories.ts'
import { formatAmount, parseAmount, sum } from '../../../core/kernel/money.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { lineView, type LineView, setNote } from '../banking/index.ts'
import { setMerchant } from '../merchants/index.ts'
import { findCategory, lockCategories } from './category-store.ts'
import { biggest } from './filing.ts'
import { filedRows, linesById } from './line-store.ts'
import { type Desk, recordDecisions } from './record.ts'
import type { ChangeKind, Filed, FilingLine, Part } from './types.ts'

/** Changes the category, the note or the merchant of a line by hand. Refuses NOT_FOUND, CATEGORY_ARCHIVED. */
export async function changeTransaction(app: App, ctx: Context, { id, patch }: { readonly id: string; readonly patch: TransactionPatch }): Promise<{ readonly line: LineView; readonly changeId: string | null }> {
  authorize(ctx, 'category.write')
  if (patch.merchantId !== undefined) authorize(ctx, 'merchant.write')
  return app.db.tenant(ctx, async (tx) => {
    const { changeId } = await applyPatch(tx, { app, ctx }, { ids: [id], patch })
    return { line: await lineView(tx, id), changeId }
  })
}

/** The same on many lines: all of it or nothing. Refuses NOT_FOUND for any line, CATEGORY_ARCHIVED. */
export async function changeTransactions(app: App, ctx: Context, { ids, set }: BulkChange): Promise<{ readonly changeId: string | null; readonly changed: number; readonly unchanged: number }> {
  authorize(ctx, 'category.write')
  if (set.merchantId !== undefined) authorize(ctx, 'merchant.write')
  return app.db.tenant(ctx, async (tx) => {
    const { changeId, changed } = await applyPatch(tx, { app, ctx }, { ids, patch: set })
    return { changeId, changed, unchanged: ids.length - changed }
  })
}

async function linesNamed(tx: TenantTx, ids: readonly string[]): Promise<FilingLine[]> {
  const lines = await linesById(tx, ids)
  if (lines.length !== new Set(ids).size) throw new Refusal('NOT_FOUND')
  return lines
}

async function applyPatch(tx: TenantTx, desk: Desk, { ids, patch }: { readonly ids: readonly string[]; readonly patch: TransactionPatch }): Promise<{ changeId: string | null; changed: number }> {
  await lockCategories(tx)
  const lines = await linesNamed(tx, ids)
  const touched = new Set<string>()
  let changeId: string | null = null
  if (patch.categoryId !== undefined) {
    const categoryId = patch.categoryId
    if (categoryId !== null) await inUse(tx, categoryId)
    const chosen = lines.filter((line) => !(line.source === 'manual' && line.categoryId === categoryId && !line.isSplit))
    changeId = await decideByHand(tx, desk, { kind: 'manual', filed: chosen.map((line) => manual(line.id, categoryId, null)) })
    for (const { id } of chosen) touched.add(id)
  }
  if (patch.note !== undefined) {
    for (const { id } of lines) { await setNote(tx, desk.ctx, { lineId: id, note: patch.note }); touched.add(id) }
  }
  if (patch.merchantId !== undefined) {
    for (const { id } of lines) { await setMerchant(tx, desk.ctx, { lineId: id, merchantId: patch.merchantId }); touched.add(id) }
  }
  if (touched.size > 0) {
    await recordAudit(tx, desk.ctx, {
      action: 'line.change', subjectKind: 'bank-line', subjectId: ids[0]!, before: lines.slice(0, 1).map(({ categoryId, source }) => ({ categoryId, source }))[0], after: { ...patch, ...(ids.length > 1 ? { lines: touched.size } : {}), changeId },
    })
  }
  return { changeId, changed: touched.size }
}

function manual(lineId: string, categoryId: string | null, parts: readonly Part[] | null): Filed {
  return { lineId, categoryId, source: 'manual', confidence: null, ruleId: null, ruleVersion: null, modelVersion: null, parts }
}

async function decideByHand(tx: TenantTx, desk: Desk, { kind, filed }: { readonly kind: ChangeKind; readonly filed: readonly Filed[] }): Promise<string | null> {
  if (filed.length === 0) return null
  const before = new Map((await filedRows(tx, filed.map(({ lineId }) => lineId))).map((row) => [row.lineId, row]))
  const id = uuidv7()
  await recordDecisions(tx, desk, { change: { id, kind }, decisions: filed.map((one) => ({ lineId: one.lineId, filed: one })), before })
  return id
}

async function inUse(tx: TenantTx, categoryId: string): Promise<void> {
  const category = await findCategory(tx, categoryId)
  if (!category) throw new Refusal('NOT_FOUND')
  if (category.isArchived) throw new Refusal('CATEGORY_ARCHIVED', { name: category.name })
}

/**
 * Splits a line between categories; one part alone puts the whole line in it. The parts sum to the line to the cent, each in its
 * direction. Refuses NOT_FOUND, CATEGORY_ARCHIVED, SPLIT_UNEQUAL, SPLIT_SIGN_WRONG, REQUEST_INVALID.
 */
export async function splitTransaction(app: App, ctx: Context, { id, parts: given }: { readonly id: string } & SplitRequest): Promise<{ readonly line: LineView; readonly changeId: string | null }> {
  authorize(ctx, 'category.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockCategories(tx)
    const line = (await linesNamed(tx, [id]))[0]!
    const parts = given.map(({ categoryId, amount: text }, at): Part => {
      const amount = parseAmount(text, line.currency, { field: `parts.${at}.amount` })
      if (!amount.ok) throw new Refusal('REQUEST_INVALID', {}, [amount.problem])
      return { categoryId, amount: amount.value }
    })
    for (const categoryId of new Set(parts.map((part) => part.categoryId))) await inUse(tx, categoryId)
    const whole = formatAmount(line.amount, line.currency)
    if (parts.some(({ amount }) => amount === 0n || amount > 0n !== line.amount > 0n)) throw new Refusal('SPLIT_SIGN_WRONG', { amount: whole })
    const total = sum(parts.map(({ amount }) => amount))
    if (total !== line.amount) throw new Refusal('SPLIT_UNEQUAL', { total: formatAmount(total, line.currency), amount: whole })
    const changeId = await decideByHand(tx, { app, ctx }, { kind: 'split', filed: [manual(line.id, biggest(parts), parts.length > 1 ? parts : null)] })
    await recordAudit(tx, ctx, { action: 'line.split', subjectKind: 'bank-line', subjectId: id, before: { categoryId: line.categoryId, source: line.source }, after: { parts: given, changeId } })
    return { line: await lineView(tx, id), changeId }
  })
}
