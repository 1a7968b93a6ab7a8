import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { WebhookEndpoint, WebhookSecret } from '../../../contract/webhooks.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { isApiProblem } from '../../lib/problem.ts'
import { useRefresh } from '../../lib/queries.ts'
import { Button, Checkbox, CopyText, Dialog, ProblemNote, TextField } from '../../ui/index.ts'
import { KIND_GROUPS, type WebhookKind } from './kinds.ts'

const EXAMPLE_URL = 'https://example.org/quittance'

function KindChoice({ value, onChange }: { readonly value: ReadonlySet<WebhookKind>; readonly onChange: (value: ReadonlySet<WebhookKind>) => void }) {
  const { t, i18n } = useLingui()
  const set = (kinds: readonly WebhookKind[], on: boolean) => {
    const next = new Set(value)
    for (const kind of kinds) { if (on) next.add(kind); else next.delete(kind) }
    onChange(next)
  }
  return (
    <div className="grid gap-x-8 gap-y-5 desk:grid-cols-2">
      {KIND_GROUPS.map((group) => {
        const all = group.kinds.map(({ kind }) => kind)
        const chosen = all.filter((kind) => value.has(kind)).length
        const label = i18n._(group.label)
        return (
          <fieldset key={group.id} className="min-w-0">
            <legend className="sr-only">{label}</legend>
            <div className="mb-1.5 border-b border-line pb-1.5 font-medium"><Checkbox label={t`${label}: everything`} checked={chosen === all.length} mixed={chosen > 0 && chosen < all.length} onChange={(on) => set(all, on)} /></div>
            <ul className="space-y-1.5 pl-6">{group.kinds.map(({ kind, label: words }) => <li key={kind}><Checkbox label={i18n._(words)} hint={kind} checked={value.has(kind)} onChange={(on) => set([kind], on)} /></li>)}</ul>
          </fieldset>
        )
      })}
    </div>
  )
}

/** An address and what it is told; the same form for a new one and for a change. */
export function EndpointDialog({ endpoint, onClose, onSecret }: { readonly endpoint?: WebhookEndpoint | undefined; readonly onClose: () => void; readonly onSecret: (made: WebhookSecret) => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [url, setUrl] = useState(endpoint?.url ?? '')
  const [description, setDescription] = useState(endpoint?.description ?? '')
  const [kinds, setKinds] = useState<ReadonlySet<WebhookKind>>(() => new Set(endpoint?.kinds ?? []))
  const [tried, setTried] = useState(false)
  const after = () => refresh('/api/webhook-endpoints', '/api/webhook-endpoints/:id')
  const body = () => ({ url: url.trim(), description: description.trim(), kinds: [...kinds] })
  const create = useAction({ run: () => api.post('/api/webhook-endpoints', { body: body() }), quiet: true, after })
  const change = useAction({ run: () => api.patch('/api/webhook-endpoints/:id', { params: { id: endpoint!.id }, body: body(), version: endpoint!.version }), quiet: true, after, done: () => t`The webhook is saved.` })
  const error = create.error ?? change.error
  const problem = isApiProblem(error) ? error : null
  const busy = create.isPending || change.isPending
  const send = () => {
    setTried(true)
    if (!url.trim() || kinds.size === 0 || busy) return
    if (endpoint) change.mutate(undefined, { onSuccess: onClose })
    else create.mutate(undefined, { onSuccess: onSecret })
  }
  return (
    <Dialog open wide onClose={onClose} title={endpoint ? t`Change the webhook` : t`New webhook`} actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" busy={busy} onClick={send}>{endpoint ? t`Save` : t`Create the webhook`}</Button></>}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); send() }} className="space-y-5">
        <ProblemNote error={error} except={({ field }) => field === 'url'} />
        <TextField label={t`Address`} type="url" autoFocus placeholder={EXAMPLE_URL} hint={t`An https address of your program, reachable from the internet.`} value={url} error={problem?.field('url') ?? (tried && !url.trim() ? t`Write the address.` : undefined)} onChange={(event) => setUrl(event.target.value)} />
        <TextField label={t`What it is for`} maxLength={200} value={description} onChange={(event) => setDescription(event.target.value)} />
        <div>
          <p className="mb-3 text-sm font-medium">{t`What it is told`}</p>
          {tried && kinds.size === 0 ? <p role="alert" className="mb-2 text-sm text-red">{t`Choose at least one event.`}</p> : null}
          <KindChoice value={kinds} onChange={setKinds} />
        </div>
      </form>
    </Dialog>
  )
}

/** The secret that signs what is sent, this one time. */
export function SecretDialog({ made, onClose }: { readonly made: WebhookSecret; readonly onClose: () => void }) {
  const { t } = useLingui()
  return (
    <Dialog open wide onClose={onClose} title={t`Copy the secret now`} description={t`Your program checks with it that a message comes from here. It is shown this one time; if it is lost, make another.`} actions={<Button tone="primary" onClick={onClose}>{t`I have kept it`}</Button>}>
      <CopyText label={t`Secret of the webhook`} value={made.secret} />
      <p className="mt-3 text-sm break-all text-muted">{made.endpoint.url}</p>
    </Dialog>
  )
}
