import type { SplitMerchant } from '../../../contract/merchants.ts'
import { foldLabel } from '../../../core/label/read-label.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvents } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { findChange, insertChange, markUndone, moveAll, moveBack, moveRest, moveSome } from './change-store.ts'
import { wholeOf, type MerchantWhole } from './merchants.ts'
import { findMerchant, findMerchants, insertMerchants, lockMerchants, markMerged, merchantNamed, saveMerchant } from './store.ts'
import type { ChangeView } from './types.ts'

async function told(tx: TenantTx, ctx: Context, ids: readonly string[]): Promise<void> {
  await appendEvents(tx, ctx, ids.map((subject) => ({ kind: 'merchant.changed' as const, subject, data: {} })))
}

/** Merges merchants into one, with their lines and patterns. Refuses NOT_FOUND, MERCHANT_MERGE_SELF. */
export async function mergeMerchants(app: App, ctx: Context, { into, from }: { readonly into: string; readonly from: readonly string[] }): Promise<MerchantWhole> {
  authorize(ctx, 'merchant.write')
  return await app.db.tenant(ctx, async (tx) => {
    await lockMerchants(tx)
    const target = await findMerchant(tx, into)
    const merged = await findMerchants(tx, from)
    if (!target || merged.length !== new Set(from).size) throw new Refusal('NOT_FOUND')
    if (from.includes(into)) throw new Refusal('MERCHANT_MERGE_SELF')
    const changeId = uuidv7()
    await insertChange(tx, ctx, { id: changeId, kind: 'merge', merchantId: into, others: from, before: { name: target.name, siren: target.siren, to: target.name, others: merged.map(({ name }) => name) } })
    await moveAll(tx, { changeId, from, to: into })
    await markMerged(tx, from, into)
    // The one that stays learns the SIREN of those that go, when they agree on it.
    const sirens = new Set(merged.flatMap(({ siren }) => siren ?? []))
    if (target.siren === null && sirens.size === 1) await saveMerchant(tx, { id: into, name: target.name, folded: foldLabel(target.name), siren: [...sirens][0]! })
    await told(tx, ctx, [into, ...from])
    await recordAudit(tx, ctx, { action: 'merchant.merge', subjectKind: 'merchant', subjectId: into, after: { merged: merged.map(({ id, name }) => ({ id, name })) } })
    return await wholeOf(tx, into)
  })
}

/** Takes patterns and lines out of a merchant into a new one, which is answered. Refuses NOT_FOUND, MERCHANT_NAME_TAKEN, MERCHANT_SPLIT_EMPTY. */
export async function splitMerchant(app: App, ctx: Context, { id, split }: { readonly id: string; readonly split: SplitMerchant }): Promise<MerchantWhole> {
  authorize(ctx, 'merchant.write')
  return await app.db.tenant(ctx, async (tx) => {
    await lockMerchants(tx)
    const source = await findMerchant(tx, id)
    if (!source) throw new Refusal('NOT_FOUND')
    const name = split.name.trim()
    const folded = foldLabel(name)
    const other = await merchantNamed(tx, folded)
    if (other) throw new Refusal('MERCHANT_NAME_TAKEN', { name: other.name })
    const [changeId, newId] = [uuidv7(), uuidv7()]
    await insertMerchants(tx, [{ id: newId, name, folded, siren: null, madeBy: 'person' }])
    await insertChange(tx, ctx, { id: changeId, kind: 'split', merchantId: id, others: [newId], before: { name: source.name, siren: source.siren, to: name, others: [name] } })
    const moved = await moveSome(tx, { changeId, from: id, to: newId, aliasIds: split.aliasIds ?? [], lineIds: split.lineIds ?? [] })
    if (moved === 0) throw new Refusal('MERCHANT_SPLIT_EMPTY')
    await told(tx, ctx, [id, newId])
    await recordAudit(tx, ctx, { action: 'merchant.split', subjectKind: 'merchant', subjectId: id, after: { into: newId, name, moved } })
    return await wholeOf(tx, newId)
  })
}

async function undo(tx: TenantTx, change: ChangeView): Promise<void> {
  const [other] = change.others
  switch (change.kind) {
    case 'rename':
      await saveMerchant(tx, { id: change.merchantId, name: change.before.name, folded: foldLabel(change.before.name), siren: change.before.siren })
      return
    case 'merge':
      await markMerged(tx, change.others, null)
      await moveBack(tx, { changeId: change.id, from: change.merchantId })
      await saveMerchant(tx, { id: change.merchantId, name: change.before.name, folded: foldLabel(change.before.name), siren: change.before.siren })
      return
    case 'split':
      if (other === undefined) return
      await moveBack(tx, { changeId: change.id, from: other })
      await moveRest(tx, { from: other, to: change.merchantId })
      await markMerged(tx, [other], change.merchantId)
  }
}

/** Undoes a rename, a merge or a split; answers the merchant it was about. Refuses NOT_FOUND, MERCHANT_CHANGE_UNDONE, MERCHANT_CHANGE_LATER. */
export async function undoChange(app: App, ctx: Context, { id, changeId }: { readonly id: string; readonly changeId: string }): Promise<MerchantWhole> {
  authorize(ctx, 'merchant.write')
  return await app.db.tenant(ctx, async (tx) => {
    await lockMerchants(tx)
    const change = await findChange(tx, changeId)
    if (!change || (change.merchantId !== id && !change.others.includes(id))) throw new Refusal('NOT_FOUND')
    if (change.undoneAt !== null) throw new Refusal('MERCHANT_CHANGE_UNDONE')
    if (!change.mayUndo) throw new Refusal('MERCHANT_CHANGE_LATER')
    await undo(tx, change)
    await markUndone(tx, changeId)
    await told(tx, ctx, [change.merchantId, ...change.others])
    await recordAudit(tx, ctx, { action: `merchant.undo-${change.kind}`, subjectKind: 'merchant', subjectId: change.merchantId, before: change.before })
    return await wholeOf(tx, change.merchantId)
  })
}
