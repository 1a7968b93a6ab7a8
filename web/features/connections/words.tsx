import { useLingui } from '@lingui/react/macro'
import type { Connection, IncomingEvent, Provider, SyncRun } from '../../../contract/sync.ts'
import type { Static } from 'typebox'
import { Status } from '../../ui/index.ts'

/** What each provider is called by those who use it. */
export const PROVIDER_NAMES: Readonly<Record<Provider, string>> = { bridge: 'Bridge (Bankin\')', plaid: 'Plaid', qonto: 'Qonto', finary: 'Finary' }

export function ConnectionStatus({ connection }: { readonly connection: Pick<Connection, 'state' | 'signing'> }) {
  const { t } = useLingui()
  if (connection.signing === 'missing') return <Status tone="amber">{t`secret missing`}</Status>
  switch (connection.state) {
    case 'active': return <Status tone="green">{t`active`}</Status>
    case 'degraded': return <Status tone="amber">{t`the bank does not answer`}</Status>
    case 'expiring': return <Status tone="amber">{t`consent ends soon`}</Status>
    case 'needs_reauth': return <Status tone="red">{t`to be signed in again`}</Status>
    case 'needs_user_action': return <Status tone="amber">{t`something waits at the bank`}</Status>
    case 'revoked': return <Status tone="grey">{t`taken back`}</Status>
    case 'error': return <Status tone="red">{t`in error`}</Status>
  }
}

export function EventStatus({ state }: { readonly state: IncomingEvent['state'] }) {
  const { t } = useLingui()
  if (state === 'done') return <Status tone="green">{t`handled`}</Status>
  if (state === 'waiting') return <Status tone="amber">{t`waiting`}</Status>
  if (state === 'failed') return <Status tone="red">{t`failed`}</Status>
  return <Status tone="grey">{t`asks for nothing`}</Status>
}

export function RunStatus({ state }: { readonly state: Static<typeof SyncRun>['state'] }) {
  const { t } = useLingui()
  if (state === 'done') return <Status tone="green">{t`done`}</Status>
  if (state === 'partial') return <Status tone="amber">{t`in part`}</Status>
  return <Status tone="red">{t`failed`}</Status>
}
