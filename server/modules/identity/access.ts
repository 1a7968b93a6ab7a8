import type { CompanyAccess } from '../../../contract/identity.ts'
import { PERMISSIONS, type Permission } from '../../../core/access/permissions.ts'
import { currency } from '../../../core/kernel/currency.ts'
import { isUuid, type UserId } from '../../../core/kernel/id.ts'
import { allows } from '../../platform/access/context.ts'
import type { FindAccess, TenantAccess } from '../../platform/access/tenant-access.ts'
import type { App } from '../../platform/app.ts'
import { loadAccesses, type AccessRow } from './store.ts'

/** What an access gives, in the order of the list. */
export function permissionsIn(row: Pick<AccessRow, 'role' | 'permissions' | 'firmId'>): Permission[] {
  const access = { role: row.role, viaFirm: row.firmId !== null, ...(row.permissions ? { permissions: row.permissions } : {}) }
  return PERMISSIONS.filter((permission) => allows(access, permission))
}

/** One access for each company: membership first, else the firm whose grant gives most. */
function strongest(rows: readonly AccessRow[]): AccessRow[] {
  const kept = new Map<string, AccessRow>()
  for (const row of rows) {
    const known = kept.get(row.tenantId)
    if (!known || (known.firmId !== null && permissionsIn(row).length > permissionsIn(known).length)) kept.set(row.tenantId, row)
  }
  return [...kept.values()]
}

/** The companies a person can open, read now: within the transaction that changes them. */
export async function readAccesses(app: App, userId: UserId): Promise<readonly AccessRow[]> {
  return strongest(await app.db.system((tx) => loadAccesses(tx, userId)))
}

/** The companies a person can open; kept a few seconds, forgotten as soon as a membership or a grant changes. */
export async function accessesOf(app: App, userId: UserId): Promise<readonly AccessRow[]> {
  return await app.auth.remember(userId, () => readAccesses(app, userId))
}

/** An access as the platform knows it. */
export function tenantAccessOf(row: AccessRow): TenantAccess {
  return {
    tenantId: row.tenantId, role: row.role, ...(row.permissions ? { permissions: row.permissions } : {}),
    firmName: row.firmName, currency: currency(row.currency), timeZone: row.timeZone, locale: row.locale,
  }
}

/** How the HTTP layer finds out whether a person may open the company a request names. */
export function findAccessIn(app: App): FindAccess {
  return async (userId, tenantId) => {
    if (!isUuid(tenantId)) return undefined
    const found = (await accessesOf(app, userId)).find((row) => row.tenantId === tenantId)
    return found && tenantAccessOf(found)
  }
}

export function presentAccess(row: AccessRow): CompanyAccess {
  const viaFirm = row.firmId !== null
  return {
    id: row.tenantId, slug: row.slug, name: row.name, kind: row.kind, role: row.role, customRole: row.customRole,
    permissions: permissionsIn(row),
    via: viaFirm ? 'firm' : 'member',
    firm: row.firmId === null || row.firmName === null ? null : { id: row.firmId, name: row.firmName },
    currency: row.currency, colour: row.colour, isDemo: row.isDemo,
  }
}
