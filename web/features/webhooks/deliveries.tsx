import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { WebhookDelivery, WebhookDeliveryDetail, WebhookDeliveryQuery } from '../../../contract/webhooks.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { listing, reading, rowsOf, useRefresh } from '../../lib/queries.ts'
import { Button, Dialog, ErrorState, Facts, InstantText, RowsSkeleton, Section, SelectField } from '../../ui/index.ts'
import { DeliveryStatus } from './endpoints.tsx'
import { kindWords } from './kinds.ts'

const PAGE_LIMIT = 50
type State = NonNullable<WebhookDeliveryQuery['state']>

function useKindText(): (kind: string) => string {
  const { t, i18n } = useLingui()
  return (kind) => { const words = kindWords(kind); return words ? i18n._(words) : kind === 'webhook.tested' ? t`Test` : kind }
}

/** The body as sent, laid out when it is JSON. */
function laidOut(body: string): string {
  try { return JSON.stringify(JSON.parse(body), null, 2) } catch { return body }
}

function Tries({ delivery }: { readonly delivery: WebhookDeliveryDetail }) {
  const { t } = useLingui()
  if (delivery.tries.length === 0) return <p className="text-muted">{t`Not tried yet.`}</p>
  return (
    <ol className="border-t border-line text-sm">
      {delivery.tries.map((one) => (
        <li key={one.n} className="border-b border-line py-2">
          <p className="flex flex-wrap gap-x-3"><span className="font-medium">{t`Try ${one.n}`}</span><InstantText instant={one.at} /><span className="figures">{one.status === null ? t`no answer` : t`answer ${one.status}`}</span><span className="figures text-muted">{t`${one.durationMs} ms`}</span></p>
          {one.error ? <p className="mt-0.5 text-red">{one.error}</p> : null}
          {one.excerpt ? <pre className="mt-1 overflow-hidden text-xs whitespace-pre-wrap break-all text-muted">{one.excerpt}</pre> : null}
        </li>
      ))}
    </ol>
  )
}

function DeliveryDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const kindText = useKindText()
  const query = useQuery(reading(api, '/api/webhook-deliveries/:id', { params: { id } }))
  const replay = useAction({ run: () => api.post('/api/webhook-deliveries/:id/replay', { params: { id } }), after: () => refresh('/api/webhook-deliveries', '/api/webhook-deliveries/:id', '/api/webhook-endpoints'), done: () => t`The message is sent again.` })
  const delivery = query.data
  return (
    <Dialog open wide onClose={onClose} title={delivery ? kindText(delivery.kind) : t`Message`} actions={delivery ? <Button icon={RotateCcw} busy={replay.isPending} onClick={() => replay.mutate()}>{t`Send it again`}</Button> : undefined}>
      {delivery ? (
        <div className="space-y-5">
          <Facts items={[
            { name: t`Status`, value: <DeliveryStatus delivery={delivery} /> },
            { name: t`Written on`, value: <InstantText instant={delivery.createdAt} /> },
            ...(delivery.nextAt ? [{ name: t`Next try`, value: <InstantText instant={delivery.nextAt} /> }] : []),
            { name: t`Number of the event`, value: <span className="figures break-all">{delivery.eventId}</span> },
          ]} />
          <section><h3 className="mb-2 font-semibold">{t`Tries`}</h3><Tries delivery={delivery} /></section>
          <section><h3 className="mb-2 font-semibold">{t`What is sent`}</h3><pre role="region" aria-label={t`What is sent`} tabIndex={0} className="max-h-72 overflow-auto rounded-lg bg-sunken p-3 text-xs">{laidOut(delivery.body)}</pre></section>
        </div>
      ) : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={5} />}
    </Dialog>
  )
}

/** What was sent to one address, the latest first. */
export function Deliveries({ endpointId }: { readonly endpointId: string }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const kindText = useKindText()
  const [state, setState] = useState<State | ''>('')
  const [opened, setOpened] = useState<string>()
  const query = useInfiniteQuery(listing(api, '/api/webhook-deliveries', { query: { endpointId, limit: PAGE_LIMIT, ...(state ? { state } : {}) } }))
  const rows = rowsOf<WebhookDelivery>(query.data)
  return (
    <Section
      title={t`Messages sent`}
      actions={<SelectField label={t`Status`} labelHidden className="w-44" value={state} onChange={(event) => setState(event.target.value as State | '')} options={[{ value: '', label: t`Every message` }, { value: 'delivered', label: t`Received` }, { value: 'waiting', label: t`To be sent` }, { value: 'dead', label: t`Given up` }]} />}
    >
      {query.data === undefined ? (query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={5} />)
        : rows.length === 0 ? <p className="text-muted">{t`No message yet. Send a test to see one.`}</p> : (
          <ul className="border-t border-line">
            {rows.map((row) => (
              <li key={row.id} className="border-b border-line">
                <button type="button" onClick={() => setOpened(row.id)} className="flex w-full flex-wrap items-baseline gap-x-4 gap-y-0.5 px-1 py-2.5 text-left hover:bg-sunken">
                  <span className="min-w-40 flex-1 font-medium">{kindText(row.kind)}</span>
                  <span className="min-w-0 text-sm text-red">{row.state === 'delivered' ? '' : row.lastError ?? ''}</span>
                  <span className="figures text-sm text-muted">{row.lastStatus ?? ''}</span>
                  <span className="text-sm text-muted"><InstantText instant={row.createdAt} /></span>
                  <span className="text-sm"><DeliveryStatus delivery={row} /></span>
                </button>
              </li>
            ))}
          </ul>
        )}
      {query.hasNextPage ? <Button className="mt-3" busy={query.isFetchingNextPage} onClick={() => { void query.fetchNextPage() }}>{t`Show older messages`}</Button> : null}
      {opened ? <DeliveryDialog id={opened} onClose={() => setOpened(undefined)} /> : null}
    </Section>
  )
}
