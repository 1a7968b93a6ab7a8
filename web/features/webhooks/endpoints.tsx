import { useLingui } from '@lingui/react/macro'
import { ChevronRight } from 'lucide-react'
import type { WebhookDelivery, WebhookEndpoint } from '../../../contract/webhooks.ts'
import { useCompany } from '../../lib/company.tsx'
import { InstantText, Link, Status } from '../../ui/index.ts'

export function EndpointStatus({ endpoint }: { readonly endpoint: WebhookEndpoint }) {
  const { t } = useLingui()
  if (!endpoint.enabled) return <Status tone="grey">{endpoint.disabledBecause === 'gone' ? t`off: the address said it is gone` : t`inactive`}</Status>
  if (endpoint.counts.dead > 0) return <Status tone="red">{t`${endpoint.counts.dead} given up`}</Status>
  return <Status tone="green">{t`active`}</Status>
}

export function DeliveryStatus({ delivery }: { readonly delivery: Pick<WebhookDelivery, 'state' | 'attempts'> }) {
  const { t } = useLingui()
  if (delivery.state === 'delivered') return <Status tone="green">{t`received`}</Status>
  if (delivery.state === 'dead') return <Status tone="red">{t`given up`}</Status>
  return <Status tone="amber">{delivery.attempts === 0 ? t`to be sent` : t`sent again soon`}</Status>
}

/** The addresses that are told, each with how its last message went. */
export function EndpointList({ endpoints }: { readonly endpoints: readonly WebhookEndpoint[] }) {
  const { t } = useLingui()
  const { at } = useCompany()
  return (
    <ul className="border-t border-line">
      {endpoints.map((endpoint) => (
        <li key={endpoint.id} className="border-b border-line">
          <Link look="bare" to={at(`reglages/webhooks/${endpoint.id}`)} className="flex items-center gap-4 px-1 py-3 hover:bg-sunken">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{endpoint.description || endpoint.url}</span>
              <span className="block truncate text-sm text-muted">{endpoint.description ? `${endpoint.url} · ` : ''}{endpoint.kinds.length === 1 ? t`1 kind of event` : t`${endpoint.kinds.length} kinds of events`}{endpoint.lastDelivery ? <> · {t`last message`} <InstantText instant={endpoint.lastDelivery.at} /></> : null}</span>
            </span>
            <span className="text-sm"><EndpointStatus endpoint={endpoint} /></span>
            <ChevronRight size={16} aria-hidden className="shrink-0 text-muted" />
          </Link>
        </li>
      ))}
    </ul>
  )
}
