import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Ellipsis, KeyRound, Plug, Plus, RefreshCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Connection, ConnectionSecrets, NewConnection, WebhookCheck } from '../../../contract/sync.ts'
import type { Static } from 'typebox'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { formatIban } from '../../lib/format.ts'
import { reading, useRefresh } from '../../lib/queries.ts'
import { Button, Confirm, EmptyState, ErrorState, IconButton, InstantText, Menu, MenuItem, RowsSkeleton, Section, SelectField } from '../../ui/index.ts'
import { ConnectionDialog, SecretsDialog } from './connection-dialog.tsx'
import { ConnectionStatus, PROVIDER_NAMES } from './words.tsx'

const TOUCHED = ['/api/connections', '/api/sync/status', '/api/webhooks/verify', '/api/webhooks/events', '/api/sync/logs'] as const
type Check = WebhookCheck['connections'][number]

/** The ways bank lines come in by themselves, how each stands, and what is still missing for it to work. */
export function Connections() {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const refresh = useRefresh(api)
  const query = useQuery(reading(api, '/api/connections'))
  const checks = useQuery(reading(api, '/api/webhooks/verify')).data?.connections ?? []
  const [adding, setAdding] = useState(false)
  const [secrets, setSecrets] = useState<Static<typeof ConnectionSecrets>>()
  const canManage = may('connection.manage')
  const add = useAction({ run: (body: NewConnection) => api.post('/api/connections', { body }), quiet: true, after: (made) => { setAdding(false); setSecrets(made); return refresh(...TOUCHED) } })
  const sync = useAction({ run: () => api.post('/api/sync/manual'), after: () => refresh(...TOUCHED), done: ({ queued }) => queued === 0 ? t`Nothing waits: everything received is handled.` : t`${queued} notifications are handled again.` })
  const rows = query.data?.items
  const waits = rows?.some(({ pending, failed }) => pending + failed > 0) ?? false
  const adder = canManage ? <Button icon={Plus} onClick={() => { add.reset(); setAdding(true) }}>{t`Add a connection`}</Button> : null
  return (
    <Section
      title={t`Connections`} description={t`Bridge, Plaid, Qonto or a program of yours tell this address what is new at the bank. Each notification is proven before it is kept.`}
      actions={rows && rows.length > 0 ? <span className="flex flex-wrap gap-2">{waits && may('bank.import') ? <Button tone="quiet" icon={RefreshCw} busy={sync.isPending} onClick={() => sync.mutate()}>{t`Handle what waits`}</Button> : null}{adder}</span> : null}
    >
      {rows === undefined
        ? query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={3} label={t`Connections`} />
        : rows.length === 0 ? <EmptyState icon={Plug} title={t`No connection yet`} action={adder}>{t`Files are enough. A connection saves bringing them in by hand.`}</EmptyState>
        : <ul>{rows.map((connection) => <ConnectionRow key={connection.id} connection={connection} check={checks.find(({ connectionId }) => connectionId === connection.id)} onSecrets={setSecrets} />)}</ul>}
      {adding ? <ConnectionDialog error={add.error} busy={add.isPending} onSave={(body) => add.mutate(body)} onClose={() => setAdding(false)} /> : null}
      {secrets ? <SecretsDialog secrets={secrets} onClose={() => setSecrets(undefined)} /> : null}
    </Section>
  )
}

function ConnectionRow({ connection, check, onSecrets }: { readonly connection: Connection; readonly check: Check | undefined; readonly onSecrets: (secrets: Static<typeof ConnectionSecrets>) => void }) {
  const { t } = useLingui()
  const faults = check?.checks.filter(({ ok }) => !ok) ?? []
  return (
    <li className="flex items-start gap-3 border-t border-line py-3 first:border-t-0">
      <Plug size={18} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3"><span className="font-medium">{connection.name}</span><span className="text-sm text-muted">{PROVIDER_NAMES[connection.provider]}{connection.institution ? ` · ${connection.institution}` : ''}</span><span className="text-sm"><ConnectionStatus connection={connection} /></span></p>
        <p className="text-sm text-muted">
          {connection.lastEventAt ? <>{t`Last notification`} <InstantText instant={connection.lastEventAt} /></> : t`Nothing received yet`}
          {connection.secretHint ? ` · ${t`secret ending in ${connection.secretHint}`}` : ''}
          {connection.pending > 0 ? ` · ${t`${connection.pending} waiting`}` : ''}{connection.failed > 0 ? ` · ${t`${connection.failed} failed`}` : ''}{connection.refused > 0 ? ` · ${t`${connection.refused} refused`}` : ''}
        </p>
        {connection.stateDetail ? <p className="text-sm text-amber">{connection.stateDetail}</p> : null}
        {faults.length > 0 ? <ul className="mt-0.5 text-sm text-amber">{faults.map(({ code, message }) => <li key={code}>{message}</li>)}</ul> : null}
        <LinkedAccounts connection={connection} />
      </div>
      <ConnectionMenu connection={connection} onSecrets={onSecrets} />
    </li>
  )
}

/** The accounts the provider named: each goes to one of ours, or to none. */
function LinkedAccounts({ connection }: { readonly connection: Connection }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const refresh = useRefresh(api)
  const ours = useQuery(reading(api, '/api/accounts')).data?.items ?? []
  const link = useAction({ run: (body: { readonly externalId: string; readonly bankAccountId: string | null }) => api.put('/api/connections/:id/accounts', { params: { id: connection.id }, body }), after: () => refresh(...TOUCHED), done: () => t`Linked.` })
  if (connection.accounts.length === 0) return null
  return (
    <ul aria-label={t`Accounts of ${connection.name}`} className="mt-2 space-y-1.5">
      {connection.accounts.map((account) => (
        <li key={account.externalId} className="grid grid-cols-[1fr_14rem] items-center gap-3 text-sm max-desk:grid-cols-1">
          <span className="min-w-0 truncate">{account.name ?? account.externalId}{account.iban ? <span className="figures ml-2 text-muted">{formatIban(account.iban)}</span> : null}</span>
          <SelectField label={t`Account of ours for ${account.name ?? account.externalId}`} labelHidden disabled={!may('bank.manage')} value={account.bankAccountId ?? ''} onChange={(event) => link.mutate({ externalId: account.externalId, bankAccountId: event.target.value || null })} options={[{ value: '', label: t`Not linked` }, ...ours.map(({ id, name }) => ({ value: id, label: name }))]} />
        </li>
      ))}
    </ul>
  )
}

function ConnectionMenu({ connection, onSecrets }: { readonly connection: Connection; readonly onSecrets: (secrets: Static<typeof ConnectionSecrets>) => void }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const refresh = useRefresh(api)
  const [asking, setAsking] = useState<'rotate' | 'remove'>()
  const params = { id: connection.id }
  const after = () => { setAsking(undefined); return refresh(...TOUCHED) }
  const rotate = useAction({ run: () => api.post('/api/connections/:id/rotate-address', { params }), after: (made) => { onSecrets(made); return after() } })
  const remove = useAction({ run: () => api.delete('/api/connections/:id', { params }), after, done: () => t`${connection.name} is removed.` })
  if (!may('connection.manage')) return null
  return (
    <>
      <Menu trigger={<IconButton icon={Ellipsis} label={t`More about ${connection.name}`} />}>
        <MenuItem icon={KeyRound} onSelect={() => setAsking('rotate')}>{t`Change the address`}</MenuItem>
        <MenuItem icon={Trash2} onSelect={() => setAsking('remove')}>{t`Remove`}</MenuItem>
      </Menu>
      <Confirm open={asking === 'rotate'} onClose={() => setAsking(undefined)} title={t`Change the address?`} confirm={t`Change the address`} busy={rotate.isPending} onConfirm={() => rotate.mutate()}>{t`The address before is refused from now on: give the new one to the provider at once.`}</Confirm>
      <Confirm open={asking === 'remove'} onClose={() => setAsking(undefined)} title={t`Remove ${connection.name}?`} confirm={t`Remove`} tone="danger" busy={remove.isPending} onConfirm={() => remove.mutate()}>{t`Its secrets are erased and cannot be found again. The lines it brought and its log stay.`}</Confirm>
    </>
  )
}
