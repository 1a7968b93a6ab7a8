import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Fingerprint, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Passkey } from '../../../contract/sign-in.ts'
import { useAction } from '../../lib/action.ts'
import { canUsePasskeys, makePasskey } from '../../lib/passkeys.ts'
import { reading, useRefresh } from '../../lib/queries.ts'
import { personApi } from '../../lib/session.ts'
import { Badge, Button, Confirm, Dialog, ErrorState, IconButton, InstantText, ProblemNote, RowsSkeleton, Section, TextField } from '../../ui/index.ts'
import { PasswordDialog } from './password-dialog.tsx'

const NAME_MAX = 60

function useAfter(): () => Promise<void> {
  const refresh = useRefresh(personApi)
  return () => refresh('/api/auth/passkeys')
}

/** A name a person recognises the device by. */
function NameDialog({ title, initial, busy, error, onName, onClose }: { readonly title: string; readonly initial: string; readonly busy: boolean; readonly error: unknown; readonly onName: (name: string) => void; readonly onClose: () => void }) {
  const { t } = useLingui()
  const [name, setName] = useState(initial)
  const send = () => { if (name.trim() && !busy) onName(name.trim()) }
  return (
    <Dialog open onClose={onClose} title={title} actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" busy={busy} disabled={!name.trim()} onClick={send}>{t`Save`}</Button></>}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); send() }} className="space-y-3">
        <ProblemNote error={error} />
        <TextField label={t`Name of this passkey`} autoFocus maxLength={NAME_MAX} hint={t`For example: telephone, office computer.`} value={name} onChange={(event) => setName(event.target.value)} />
      </form>
    </Dialog>
  )
}

function PasskeyRow({ passkey }: { readonly passkey: Passkey }) {
  const { t } = useLingui()
  const after = useAfter()
  const [asked, setAsked] = useState<'name' | 'remove'>()
  const params = { id: passkey.id }
  const rename = useAction({ run: (name: string) => personApi.patch('/api/auth/passkeys/:id', { params, body: { name } }), quiet: true, after, done: () => t`Name changed.`, undo: () => () => personApi.patch('/api/auth/passkeys/:id', { params, body: { name: passkey.name } }) })
  const remove = useAction({ run: () => personApi.delete('/api/auth/passkeys/:id', { params }), quiet: true, after, done: () => t`“${passkey.name}” no longer opens your account.` })
  return (
    <li className="flex items-center gap-3 border-t border-line py-3 first:border-t-0">
      <Fingerprint size={18} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium"><span className="truncate">{passkey.name}</span>{passkey.synced ? <Badge>{t`on all your devices`}</Badge> : null}</p>
        <p className="text-sm text-muted">{t`Added on`} <InstantText instant={passkey.createdAt} /> · {passkey.lastUsedAt ? <>{t`last used on`} <InstantText instant={passkey.lastUsedAt} /></> : t`never used yet`}</p>
      </div>
      <IconButton icon={Pencil} label={t`Rename ${passkey.name}`} onClick={() => setAsked('name')} />
      <IconButton icon={Trash2} label={t`Remove ${passkey.name}`} onClick={() => setAsked('remove')} />
      {asked === 'name' ? <NameDialog title={t`Rename the passkey`} initial={passkey.name} busy={rename.isPending} error={rename.error} onClose={() => setAsked(undefined)} onName={(name) => rename.mutate(name, { onSuccess: () => setAsked(undefined) })} /> : null}
      {asked === 'remove' ? <Confirm open title={t`Remove “${passkey.name}”?`} description={t`It no longer opens your account. To use this device again, add a new passkey.`} confirm={t`Remove`} tone="danger" busy={remove.isPending} onClose={() => setAsked(undefined)} onConfirm={() => remove.mutate(undefined, { onSuccess: () => setAsked(undefined) })}><ProblemNote error={remove.error} /></Confirm> : null}
    </li>
  )
}

/** The password first, then the device makes the passkey, then its name. */
function AddPasskey({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui()
  const after = useAfter()
  const [credential, setCredential] = useState<never>()
  const begin = useAction({ run: async (password: string) => makePasskey(await personApi.post('/api/auth/passkeys/registration', { body: { password } })), quiet: true })
  const keep = useAction({ run: (name: string) => personApi.post('/api/auth/passkeys', { body: { name, credential: credential! } }), quiet: true, after, done: (made) => t`“${made.name}” now opens your account.` })
  if (credential) return <NameDialog title={t`Name the new passkey`} initial="" busy={keep.isPending} error={keep.error} onClose={onClose} onName={(name) => keep.mutate(name, { onSuccess: onClose })} />
  return <PasswordDialog title={t`Add a passkey`} description={t`Your device then asks for your fingerprint, your face or its own code. Nothing of them leaves it.`} confirm={t`Continue`} busy={begin.isPending} error={begin.error} onClose={onClose} onConfirm={(password) => begin.mutate(password, { onSuccess: setCredential })} />
}

/** The passkeys of the person. */
export function Passkeys() {
  const { t } = useLingui()
  const query = useQuery(reading(personApi, '/api/auth/passkeys'))
  const [adding, setAdding] = useState(false)
  const usable = query.data?.available === true && canUsePasskeys()
  return (
    <Section title={t`Passkeys`} description={t`Sign in with your fingerprint, your face or the code of your device, without a password.`} actions={usable ? <Button icon={Plus} onClick={() => setAdding(true)}>{t`Add a passkey`}</Button> : null}>
      {query.data ? (
        <>
          {query.data.items.length === 0 ? <p className="text-muted">{t`No passkey yet.`}</p> : <ul>{query.data.items.map((passkey) => <PasskeyRow key={passkey.id} passkey={passkey} />)}</ul>}
          {query.data.available ? null : <p className="mt-2 text-sm text-muted">{t`Browsers refuse passkeys at the address of this installation: they need https and a name, or localhost.`}</p>}
          {query.data.available && !canUsePasskeys() ? <p className="mt-2 text-sm text-muted">{t`This browser cannot make passkeys; a recent one can.`}</p> : null}
        </>
      ) : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={2} />}
      {adding ? <AddPasskey onClose={() => setAdding(false)} /> : null}
    </Section>
  )
}
