import type { MerchantPatch, MerchantQuery, NewMerchant } from '../../../contract/merchants.ts'
import { merchantKey } from '../../../core/label/merchant-name.ts'
import { foldLabel } from '../../../core/label/read-label.ts'
import { isSiren } from '../../../core/party/siren.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { insertChange, listChanges } from './change-store.ts'
import { aliasesOf, findMerchant, insertAliases, insertMerchants, listAliases, listMerchants, lockMerchants, merchantNamed, saveMerchant } from './store.ts'
import type { AliasView, ChangeView, MerchantView } from './types.ts'

const ALIASES_SHOWN = 200
const CHANGES_SHOWN = 50

/** One page of merchants by name. */
export async function browseMerchants(app: App, ctx: Context, query: Pick<MerchantQuery, 'search'> & { readonly after: { readonly folded: string; readonly id: string } | null; readonly limit: number }): Promise<(MerchantView & { readonly folded: string })[]> {
  authorize(ctx, 'bank.read')
  const search = foldLabel(query.search ?? '')
  const digits = search.replaceAll(' ', '')
  return await app.db.tenant(ctx, (tx) => listMerchants(tx, { search: search === '' ? null : search, siren: /^\d{9}$/.test(digits) ? digits : null, after: query.after, limit: query.limit }))
}

export type MerchantWhole = { readonly merchant: MerchantView; readonly aliases: readonly AliasView[]; readonly changes: readonly ChangeView[] }

/** Refuses NOT_FOUND. */
export async function wholeOf(tx: TenantTx, id: string): Promise<MerchantWhole> {
  const merchant = await findMerchant(tx, id)
  if (!merchant) throw new Refusal('NOT_FOUND')
  return { merchant, aliases: await listAliases(tx, id, ALIASES_SHOWN), changes: await listChanges(tx, id, CHANGES_SHOWN) }
}

/** One merchant with its patterns and what was done to it. Refuses NOT_FOUND. */
export async function readMerchant(app: App, ctx: Context, id: string): Promise<MerchantWhole> {
  authorize(ctx, 'bank.read')
  return await app.db.tenant(ctx, (tx) => wholeOf(tx, id))
}

/** Refuses SIREN_INVALID, and MERCHANT_NAME_TAKEN by a merchant other than `id`. */
async function checkName(tx: TenantTx, { id, name, siren }: { readonly id: string | null; readonly name: string; readonly siren: string | null }): Promise<string> {
  if (siren !== null && !isSiren(siren)) throw new Refusal('SIREN_INVALID', { siren })
  const folded = foldLabel(name)
  const other = await merchantNamed(tx, folded)
  if (other && other.id !== id) throw new Refusal('MERCHANT_NAME_TAKEN', { name: other.name })
  return folded
}

/** Adds a merchant by hand: labels that carry its name lead to it from now on. Refuses SIREN_INVALID, MERCHANT_NAME_TAKEN. */
export async function addMerchant(app: App, ctx: Context, input: NewMerchant): Promise<MerchantWhole> {
  authorize(ctx, 'merchant.write')
  return await app.db.tenant(ctx, async (tx) => {
    await lockMerchants(tx)
    const id = uuidv7()
    const row = { id, name: input.name.trim(), siren: input.siren ?? null }
    const folded = await checkName(tx, { ...row, id: null })
    await insertMerchants(tx, [{ ...row, folded, madeBy: 'person' }])
    const key = merchantKey(folded)
    const known = key === null ? [] : await aliasesOf(tx, [key])
    if (key !== null && !known.some(({ pattern }) => pattern === key)) await insertAliases(tx, [{ id: uuidv7(), merchantId: id, pattern: key, madeBy: 'person' }])
    await appendEvent(tx, ctx, { kind: 'merchant.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'merchant.create', subjectKind: 'merchant', subjectId: id, after: row })
    return await wholeOf(tx, id)
  })
}

/** Renames a merchant or gives it its SIREN; its patterns stay. Refuses NOT_FOUND, SIREN_INVALID, MERCHANT_NAME_TAKEN. */
export async function changeMerchant(app: App, ctx: Context, { id, patch }: { readonly id: string; readonly patch: MerchantPatch }): Promise<MerchantWhole> {
  authorize(ctx, 'merchant.write')
  return await app.db.tenant(ctx, async (tx) => {
    await lockMerchants(tx)
    const before = await findMerchant(tx, id)
    if (!before) throw new Refusal('NOT_FOUND')
    const after = { id, name: patch.name?.trim() ?? before.name, siren: patch.siren === undefined ? before.siren : patch.siren }
    if (after.name === before.name && after.siren === before.siren) return await wholeOf(tx, id)
    await saveMerchant(tx, { ...after, folded: await checkName(tx, after) })
    await insertChange(tx, ctx, { id: uuidv7(), kind: 'rename', merchantId: id, others: [], before: { name: before.name, siren: before.siren, to: after.name, others: [] } })
    await appendEvent(tx, ctx, { kind: 'merchant.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'merchant.change', subjectKind: 'merchant', subjectId: id, before: { name: before.name, siren: before.siren }, after: { name: after.name, siren: after.siren } })
    return await wholeOf(tx, id)
  })
}
