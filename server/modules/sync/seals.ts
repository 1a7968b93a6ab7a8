import type { TenantId } from '../../../core/kernel/id.ts'
import type { SealedColumn } from '../../platform/secrets/sealed-columns.ts'

const GROUP = 'connection'
/** The columns of sealed texts, for `quittance secrets`. */
export const SYNC_SEALED: readonly SealedColumn[] = ['signing_secret', 'plaid_access'].map((column) => ({ schema: 'app', table: 'sync_connection', column, group: GROUP }))

/** A secret of one connection opens nowhere else. */
export function secretScope(tenantId: TenantId, connectionId: string) {
  return { tenantId, purpose: `${GROUP}:${connectionId}` }
}
