import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { ConnectionSecrets, NewConnection, Provider } from '../../../contract/sync.ts'
import type { Static } from 'typebox'
import { isApiProblem } from '../../lib/problem.ts'
import { Button, CopyText, Dialog, ProblemNote, SelectField, TextField } from '../../ui/index.ts'
import { PROVIDER_NAMES } from './words.tsx'

type Fields = { readonly provider: Provider; readonly name: string; readonly institution: string; readonly externalId: string; readonly signingSecret: string; readonly environment: 'sandbox' | 'production'; readonly clientId: string; readonly plaidSecret: string }
const EMPTY: Fields = { provider: 'bridge', name: '', institution: '', externalId: '', signingSecret: '', environment: 'production', clientId: '', plaidSecret: '' }

/** What is sent: what is empty is left out, and Plaid alone has access keys of its own. */
export function connectionOf(fields: Fields): NewConnection {
  const text = (value: string) => value.trim()
  return {
    provider: fields.provider, name: text(fields.name), ...(text(fields.institution) ? { institution: text(fields.institution) } : {}), ...(text(fields.externalId) ? { externalId: text(fields.externalId) } : {}),
    ...(fields.provider !== 'plaid' && text(fields.signingSecret) ? { signingSecret: text(fields.signingSecret) } : {}),
    ...(fields.provider === 'plaid' && text(fields.clientId) && text(fields.plaidSecret) ? { plaid: { environment: fields.environment, clientId: text(fields.clientId), secret: text(fields.plaidSecret) } } : {}),
  }
}

/** A way bank lines come in by themselves: who sends, and what proves that it is them. */
export function ConnectionDialog({ error, busy, onSave, onClose }: { readonly error: unknown; readonly busy: boolean; readonly onSave: (connection: NewConnection) => void; readonly onClose: () => void }) {
  const { t } = useLingui()
  const [fields, setFields] = useState(EMPTY)
  const set = (change: Partial<Fields>) => setFields((all) => ({ ...all, ...change }))
  const fault = (name: string) => isApiProblem(error) ? error.field(name) : undefined
  const hints: Readonly<Record<Provider, string>> = {
    bridge: t`The webhook secret that Bridge shows in its dashboard.`, qonto: t`The secret you give Qonto when you subscribe; left empty, one is made.`,
    finary: t`For any program that sends lines in the generic shape; left empty, one is made.`, plaid: '',
  }
  return (
    <Dialog open onClose={onClose} title={t`Add a connection`} actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" type="submit" form="connection" busy={busy} disabled={!fields.name.trim()}>{t`Add`}</Button></>}>
      <form id="connection" className="space-y-3" onSubmit={(event) => { event.preventDefault(); if (fields.name.trim()) onSave(connectionOf(fields)) }}>
        {error ? <ProblemNote error={error} /> : null}
        <SelectField label={t`Who sends`} value={fields.provider} onChange={(event) => set({ provider: event.target.value as Provider })} options={Object.entries(PROVIDER_NAMES).map(([value, label]) => ({ value, label }))} />
        <TextField label={t`Name`} autoFocus maxLength={120} value={fields.name} error={fault('name')} onChange={(event) => set({ name: event.target.value })} />
        <TextField label={t`Bank`} hint={t`May be left empty.`} maxLength={120} value={fields.institution} onChange={(event) => set({ institution: event.target.value })} />
        <TextField label={t`Number at the provider`} hint={t`The item or the organisation: notifications about another one are then set aside.`} maxLength={200} value={fields.externalId} onChange={(event) => set({ externalId: event.target.value })} />
        {fields.provider === 'plaid' ? (
          <div className="grid gap-3 desk:grid-cols-3">
            <SelectField label={t`Environment`} value={fields.environment} onChange={(event) => set({ environment: event.target.value as Fields['environment'] })} options={[{ value: 'production', label: t`production` }, { value: 'sandbox', label: t`tests` }]} />
            <TextField label={t`Client id`} autoComplete="off" value={fields.clientId} onChange={(event) => set({ clientId: event.target.value })} />
            <TextField label={t`Secret`} type="password" autoComplete="off" value={fields.plaidSecret} onChange={(event) => set({ plaidSecret: event.target.value })} />
          </div>
        ) : <TextField label={t`Signing secret`} type="password" autoComplete="off" maxLength={500} hint={hints[fields.provider]} value={fields.signingSecret} error={fault('signingSecret')} onChange={(event) => set({ signingSecret: event.target.value })} />}
      </form>
    </Dialog>
  )
}

/** The address to give the provider holds a key: it is shown here once. */
export function SecretsDialog({ secrets, onClose }: { readonly secrets: Static<typeof ConnectionSecrets>; readonly onClose: () => void }) {
  const { t } = useLingui()
  return (
    <Dialog open wide onClose={onClose} title={t`Address of ${secrets.connection.name}`} description={t`Give it to the provider now: it holds a key and is not shown again.`} actions={<Button tone="primary" onClick={onClose}>{t`I have copied it`}</Button>}>
      <div className="space-y-3">
        <CopyText label={t`Address for the notifications`} value={secrets.address} />
        {secrets.signingSecret ? <><p className="text-sm">{t`And the secret that signs them:`}</p><CopyText label={t`Signing secret`} value={secrets.signingSecret} /></> : null}
      </div>
    </Dialog>
  )
}
