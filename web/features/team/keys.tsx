import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { ApiKey, CreatedApiKey } from '../../../contract/team.ts'
import { addDays, localDate } from '../../../core/kernel/local-date.ts'
import { PERMISSIONS, PERSON_ONLY } from '../../../core/access/permissions.ts'
import { useAction } from '../../lib/action.ts'
import type { Api } from '../../lib/api.ts'
import { useCompany } from '../../lib/company.tsx'
import { todayHere } from '../../lib/format.ts'
import { isApiProblem } from '../../lib/problem.ts'
import { listing, rowsOf, useRefresh } from '../../lib/queries.ts'
import { Button, Confirm, CopyText, DateField, Dialog, EmptyState, ErrorState, InstantText, ProblemNote, RowsSkeleton, SelectField, Status, TextField, type Tone } from '../../ui/index.ts'
import { PermissionMatrix, PermissionSummary } from './permission-matrix.tsx'

const PAGE_LIMIT = 50
const NAME_MAX = 80
/** Days a new key lives, unless another end is chosen. */
const DAYS = ['30', '90', '365'] as const

const TONES: Readonly<Record<ApiKey['state'], Tone>> = { active: 'green', expired: 'grey', revoked: 'grey', suspended: 'amber' }

function KeyState({ state }: { readonly state: ApiKey['state'] }) {
  const { t } = useLingui()
  return <Status tone={TONES[state]}>{state === 'active' ? t`in force` : state === 'expired' ? t`expired` : state === 'revoked' ? t`revoked` : t`suspended`}</Status>
}

function KeyRow({ row }: { readonly row: ApiKey }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [asked, setAsked] = useState(false)
  const revoke = useAction({ run: () => api.delete('/api/keys/:id', { params: { id: row.id } }), quiet: true, after: () => refresh('/api/keys'), done: () => t`The key “${row.name}” no longer works.` })
  const usable = row.state === 'active' || row.state === 'suspended'
  return (
    <li className="border-t border-line py-4 first:border-t-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-48 flex-1 font-medium">{row.name} <span className="figures ml-1 font-normal text-muted">{row.start}…</span></p>
        <KeyState state={row.state} />
        {usable ? <Button size="small" tone="danger" onClick={() => setAsked(true)}>{t`Revoke`}<span className="sr-only"> {row.name}</span></Button> : null}
      </div>
      <div className="mt-1.5"><PermissionSummary permissions={row.scopes} /></div>
      {row.state === 'suspended' ? <p className="mt-1 text-sm text-amber">{t`The person who made it has lost the rights it needs: it answers nothing until they are given back.`}</p> : null}
      <p className="mt-1.5 text-sm text-muted">
        {row.createdBy ? t`Made by ${row.createdBy.name} on` : t`Made on`} <InstantText instant={row.createdAt} />
        {' · '}{row.revokedAt ? <>{t`revoked on`} <InstantText instant={row.revokedAt} /></> : row.expiresAt ? <>{t`ends on`} <InstantText instant={row.expiresAt} /></> : t`without an end`}
        {' · '}{row.lastUsedAt ? <>{t`last used on`} <InstantText instant={row.lastUsedAt} />{row.lastUsedAddress ? ` (${row.lastUsedAddress})` : ''}</> : t`never used yet`}
      </p>
      {asked ? <Confirm open title={t`Revoke “${row.name}”?`} description={t`Programs that use it are refused at once, and it cannot be brought back: a new key has another secret.`} confirm={t`Revoke`} tone="danger" busy={revoke.isPending} onClose={() => setAsked(false)} onConfirm={() => revoke.mutate(undefined, { onSuccess: () => setAsked(false) })}><ProblemNote error={revoke.error} /></Confirm> : null}
    </li>
  )
}

/** The key itself, this one time. */
function CreatedDialog({ created, onClose }: { readonly created: CreatedApiKey; readonly onClose: () => void }) {
  const { t } = useLingui()
  return (
    <Dialog open wide onClose={onClose} title={t`Copy the key now`} description={t`It is shown this one time. Put it where your program keeps its secrets; if it is lost, revoke it and make another.`} actions={<Button tone="primary" onClick={onClose}>{t`I have kept it`}</Button>}>
      <CopyText label={t`API key`} value={created.key} />
      <p className="mt-3 text-sm text-muted">{t`Your program sends it in a header with each request:`}</p>
      <code className="mt-1 block rounded-lg bg-sunken px-3 py-2 text-xs break-all">{`Authorization: Bearer ${created.start}…`}</code>
    </Dialog>
  )
}

type Life = (typeof DAYS)[number] | 'day' | 'never'

function useNewKey(onCreated: (created: CreatedApiKey) => void) {
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [name, setName] = useState('')
  const [life, setLife] = useState<Life>('90')
  const [day, setDay] = useState('')
  const [scopes, setScopes] = useState<ReadonlySet<string>>(new Set())
  const endsOn = life === 'never' ? null : life === 'day' ? day : addDays(localDate(todayHere()), Number(life))
  const create = useAction({
    // The key lives to the end of its last day, where the person is.
    run: () => api.post('/api/keys', { body: { name: name.trim(), scopes: PERMISSIONS.filter((scope) => scopes.has(scope)), expiresAt: endsOn ? new Date(`${endsOn}T23:59:59`).toISOString() : null } }),
    quiet: true, after: () => refresh('/api/keys'),
  })
  const missing = { name: !name.trim(), scopes: scopes.size === 0, day: life === 'day' && day === '' }
  const send = () => { if (!missing.name && !missing.scopes && !missing.day && !create.isPending) create.mutate(undefined, { onSuccess: onCreated }) }
  return { name, setName, life, setLife, day, setDay, scopes, setScopes, create, missing, send }
}

function NewKeyDialog({ onCreated, onClose }: { readonly onCreated: (created: CreatedApiKey) => void; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { may } = useCompany()
  const [tried, setTried] = useState(false)
  const form = useNewKey(onCreated)
  const problem = isApiProblem(form.create.error) ? form.create.error : null
  const among = PERMISSIONS.filter((permission) => may(permission) && !PERSON_ONLY.includes(permission))
  const send = () => { setTried(true); form.send() }
  return (
    <Dialog open wide onClose={onClose} title={t`New API key`} actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" busy={form.create.isPending} onClick={send}>{t`Create the key`}</Button></>}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); send() }} className="space-y-5">
        <ProblemNote error={form.create.error} except={({ field }) => field === 'name' || field === 'expiresAt'} />
        <div className="flex flex-wrap gap-3">
          <TextField label={t`Name`} autoFocus maxLength={NAME_MAX} className="min-w-56 flex-1" hint={t`What will use it: the shop, the time tool.`} value={form.name} error={problem?.field('name') ?? (tried && form.missing.name ? t`Write its name.` : undefined)} onChange={(event) => form.setName(event.target.value)} />
          <SelectField label={t`Good for`} className="w-44" value={form.life} onChange={(event) => form.setLife(event.target.value as Life)} options={[...DAYS.map((days) => ({ value: days, label: t`${days} days` })), { value: 'day', label: t`until a day` }, { value: 'never', label: t`without an end` }]} />
          {form.life === 'day' ? <DateField label={t`Last day`} className="w-36" value={form.day} onChange={form.setDay} error={problem?.field('expiresAt') ?? (tried && form.missing.day ? t`To fill in.` : undefined)} /> : null}
        </div>
        <div>
          <p className="mb-3 text-sm font-medium">{t`What it may do`}</p>
          {tried && form.missing.scopes ? <p role="alert" className="mb-2 text-sm text-red">{t`Choose at least one right.`}</p> : null}
          <PermissionMatrix value={form.scopes} onChange={form.setScopes} among={among} />
          <p className="mt-4 text-sm text-muted">{t`A key never does more than you may do yourself, and cannot manage people or other keys.`}</p>
        </div>
      </form>
    </Dialog>
  )
}

/** Opened and closed by the page, which holds the button. */
export function useKeyDialogs(): { readonly open: () => void; readonly dialogs: ReactNode } {
  const [step, setStep] = useState<'new' | CreatedApiKey | null>(null)
  return {
    open: () => setStep('new'),
    dialogs: step === 'new' ? <NewKeyDialog onCreated={setStep} onClose={() => setStep(null)} /> : step ? <CreatedDialog created={step} onClose={() => setStep(null)} /> : null,
  }
}

/** How the keys are read, for the page and for its list. */
export function keysListing(api: Api) {
  return listing(api, '/api/keys', { query: { limit: PAGE_LIMIT } })
}

/** The keys of the company: in force first, as the server gives them. */
export function Keys({ onNew }: { readonly onNew: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const query = useInfiniteQuery(keysListing(api))
  if (!query.data) return query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={5} />
  const rows = rowsOf<ApiKey>(query.data)
  if (rows.length === 0) return <EmptyState icon={KeyRound} title={t`No API key yet`} action={<Button tone="primary" icon={Plus} onClick={onNew}>{t`New API key`}</Button>}>{t`A key lets another program work in this company: a shop that writes invoices, a tool that reads the bank lines. You choose what it may do.`}</EmptyState>
  return (
    <>
      <ul>{rows.map((row) => <KeyRow key={row.id} row={row} />)}</ul>
      {query.hasNextPage ? <Button className="mt-3" busy={query.isFetchingNextPage} onClick={() => { void query.fetchNextPage() }}>{t`Show older keys`}</Button> : null}
    </>
  )
}
