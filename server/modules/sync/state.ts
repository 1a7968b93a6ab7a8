import type { ConnectionState } from '../../../contract/sync.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { setConnection } from '../banking/index.ts'
import { institutionsOf, listConnections } from './connection-store.ts'
import type { ConnectionView } from './types.ts'

/** A consent that ends within so many days is said to expire. */
const EXPIRING_DAYS = 14

/** The state of a connection now: a consent that ends, or has ended, counts even when the provider has said nothing of it yet. */
export function stateOf({ state, consentUntil }: Pick<ConnectionView, 'state' | 'consentUntil'>, now: Date): ConnectionState {
  if (state !== 'active' || consentUntil === null) return state
  const days = (new Date(consentUntil).getTime() - now.getTime()) / 86_400_000
  return days <= 0 ? 'needs_reauth' : days <= EXPIRING_DAYS ? 'expiring' : 'active'
}

function institutionState(state: ConnectionState | undefined): Parameters<typeof setConnection>[2] {
  switch (state) {
    case undefined: return 'none'
    case 'expiring': return 'expiring'
    case 'needs_reauth': case 'needs_user_action': return 'expired'
    case 'revoked': return 'revoked'
    case 'active': case 'degraded': case 'error': return 'connected'
  }
}

/** Tells the institutions a connection feeds how it stands; a connection that was removed feeds nobody. */
export async function tellInstitutions(tx: TenantTx, connectionId: string, now: Date): Promise<void> {
  const institutions = await institutionsOf(tx, connectionId)
  if (institutions.length === 0) return
  const [view] = await listConnections(tx, { id: connectionId, provider: null, limit: 1 })
  for (const id of institutions) await setConnection(tx, id, institutionState(view && stateOf(view, now)))
}
