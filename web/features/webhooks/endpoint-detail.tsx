import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Pencil, RotateCcw, Send, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { WebhookEndpoint, WebhookSecret } from '../../../contract/webhooks.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useRefresh } from '../../lib/queries.ts'
import { Button, Confirm, Facts, InstantText, ProblemNote, Section } from '../../ui/index.ts'
import { EndpointDialog, SecretDialog } from './endpoint-form.tsx'
import { EndpointStatus } from './endpoints.tsx'
import { kindWords } from './kinds.ts'

const DAY_MS = 86_400_000
const REPLAY_DAYS = 7

function useActions(endpoint: WebhookEndpoint, onRemoved: () => void) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const after = () => refresh('/api/webhook-endpoints', '/api/webhook-endpoints/:id', '/api/webhook-deliveries')
  const params = { id: endpoint.id }
  const turn = (enabled: boolean) => api.patch('/api/webhook-endpoints/:id', { params, body: { enabled } })
  return {
    test: useAction({ run: () => api.post('/api/webhook-endpoints/:id/test', { params }), after, done: () => t`A test is on its way.` }),
    toggle: useAction({ run: () => turn(!endpoint.enabled), after, done: () => endpoint.enabled ? t`The webhook is off: nothing is sent any more.` : t`The webhook is on.`, undo: () => () => turn(endpoint.enabled) }),
    rotate: useAction({ run: () => api.post('/api/webhook-endpoints/:id/rotate-secret', { params }), quiet: true, after }),
    replay: useAction({
      run: () => api.post('/api/webhook-endpoints/:id/replay', { params, body: { since: new Date(Date.now() - REPLAY_DAYS * DAY_MS).toISOString(), only: 'dead' } }), after,
      done: ({ queued }) => queued === 0 ? t`There was nothing to send again.` : t`${plural(queued, { one: '# message is sent again', other: '# messages are sent again' })}.`,
    }),
    remove: useAction({ run: () => api.delete('/api/webhook-endpoints/:id', { params }), quiet: true, after: () => { onRemoved(); return refresh('/api/webhook-endpoints') }, done: () => t`The webhook is removed.` }),
  }
}

/** One address: what it is told, its secret, and what can be done with it. */
export function EndpointDetail({ endpoint, onRemoved }: { readonly endpoint: WebhookEndpoint; readonly onRemoved: () => void }) {
  const { t, i18n } = useLingui()
  const [asked, setAsked] = useState<'edit' | 'rotate' | 'remove'>()
  const [made, setMade] = useState<WebhookSecret>()
  const { test, toggle, rotate, replay, remove } = useActions(endpoint, onRemoved)
  const close = () => setAsked(undefined)
  return (
    <Section title={t`Settings of the webhook`} actions={<Button icon={Pencil} onClick={() => setAsked('edit')}>{t`Change`}</Button>}>
      <Facts items={[
        { name: t`Status`, value: <EndpointStatus endpoint={endpoint} /> },
        { name: t`Address`, value: <span className="break-all">{endpoint.url}</span> },
        { name: t`What it is for`, value: endpoint.description },
        { name: t`What it is told`, value: <ul>{endpoint.kinds.map((kind) => { const words = kindWords(kind); return <li key={kind}>{words ? i18n._(words) : kind}</li> })}</ul> },
        { name: t`Secret`, value: <span><span className="figures">{t`ends with ${endpoint.secretHint}`}</span>{endpoint.previousSecretUntil ? <span className="block text-muted">{t`the one before still signs until`} <InstantText instant={endpoint.previousSecretUntil} /></span> : null} <Button size="small" className="ml-2" onClick={() => setAsked('rotate')}>{t`Make another`}</Button></span> },
      ]} />
      <div className="mt-4 flex flex-wrap gap-2">
        <Button icon={Send} busy={test.isPending} disabled={!endpoint.enabled} onClick={() => test.mutate()}>{t`Send a test`}</Button>
        {endpoint.counts.dead > 0 ? <Button icon={RotateCcw} busy={replay.isPending} onClick={() => replay.mutate()}>{t`Send again what was given up`}</Button> : null}
        <Button busy={toggle.isPending} onClick={() => toggle.mutate()}>{endpoint.enabled ? t`Turn it off` : t`Turn it on`}</Button>
        <Button tone="danger" icon={Trash2} onClick={() => setAsked('remove')}>{t`Remove`}</Button>
      </div>
      {asked === 'edit' ? <EndpointDialog endpoint={endpoint} onClose={close} onSecret={setMade} /> : null}
      {asked === 'rotate' ? <Confirm open title={t`Make another secret?`} description={t`For a day both secrets sign each message, so that your program has the time to change.`} confirm={t`Make another`} busy={rotate.isPending} onClose={close} onConfirm={() => rotate.mutate(undefined, { onSuccess: (secret) => { close(); setMade(secret) } })}><ProblemNote error={rotate.error} /></Confirm> : null}
      {asked === 'remove' ? <Confirm open title={t`Remove this webhook?`} description={t`Nothing more is sent to it, and its messages are no longer kept.`} confirm={t`Remove`} tone="danger" busy={remove.isPending} onClose={close} onConfirm={() => remove.mutate()}><ProblemNote error={remove.error} /></Confirm> : null}
      {made ? <SecretDialog made={made} onClose={() => setMade(undefined)} /> : null}
    </Section>
  )
}
