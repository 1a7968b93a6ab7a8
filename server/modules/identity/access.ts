import type { CompanyAccess } from '../../../contract/identity.ts'
import { PERMISSIONS } from '../../../core/access/permissions.ts'
import { currency } from '../../../core/kernel/currency.ts'
import { isUuid, type UserId } from '../../../core/kernel/id.ts'
import { allows } from '../../platform/access/context.ts'
import type { FindAccess } from '../../platform/access/tenant-access.ts'
import type { App } from '../../platform/app.ts'
import { loadAccesses, type AccessRow } from './store.ts'

const permissionCount = (row: AccessRow) => PERMISSIONS.filter((permission) => allows({ role: row.role, viaFirm: row.firmId !== null }, permission)).length

/** One access for each company: membership first, else the firm whose grant gives most. */
function strongest(rows: readonly AccessRow[]): AccessRow[] {
  const kept = new Map<string, AccessRow>()
  for (const row of rows) {
    const known = kept.get(row.tenantId)
    if (!known || (known.firmId !== null && permissionCount(row) > permissionCount(known))) kept.set(row.tenantId, row)
  }
  return [...kept.values()]
}

/** The companies a person can open; kept a few seconds, forgotten as soon as a membership or a grant changes. */
export async function accessesOf(app: App, userId: UserId): Promise<readonly AccessRow[]> {
  return await app.auth.remember(userId, async () => strongest(await app.db.system((tx) => loadAccesses(tx, userId))))
}

/** How the HTTP layer finds out whether a person may open the company a request names. */
export function findAccessIn(app: App): FindAccess {
  return async (userId, tenantId) => {
    if (!isUuid(tenantId)) return undefined
    const found = (await accessesOf(app, userId)).find((row) => row.tenantId === tenantId)
    return found && { tenantId: found.tenantId, role: found.role, firmName: found.firmName, currency: currency(found.currency), timeZone: found.timeZone, locale: found.locale }
  }
}

export function presentAccess(row: AccessRow): CompanyAccess {
  const viaFirm = row.firmId !== null
  return {
    id: row.tenantId, slug: row.slug, name: row.name, kind: row.kind, role: row.role,
    permissions: PERMISSIONS.filter((permission) => allows({ role: row.role, viaFirm }, permission)),
    via: viaFirm ? 'firm' : 'member',
    firm: row.firmId === null || row.firmName === null ? null : { id: row.firmId, name: row.firmName },
    currency: row.currency, colour: row.colour, isDemo: row.isDemo,
  }
}
