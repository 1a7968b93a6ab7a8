import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { CustomRole, RoleList } from '../../../contract/team.ts'
import { isPermission } from '../../../core/access/permissions.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { isApiProblem } from '../../lib/problem.ts'
import { reading, useRefresh } from '../../lib/queries.ts'
import { roleLabel, roleMeaning } from '../../lib/role-words.ts'
import { Button, Dialog, ErrorState, IconButton, ProblemNote, RowsSkeleton, Section, TextField } from '../../ui/index.ts'
import { PermissionMatrix, PermissionSummary } from './permission-matrix.tsx'

type BuiltIn = RoleList['builtIn'][number]

const NAME_MAX = 60
type Draft = { readonly role: CustomRole | null; readonly name: string; readonly permissions: ReadonlySet<string> }

/** Writes a role: a name, and what it may do. */
function RoleEditor({ draft, all, onClose }: { readonly draft: Draft; readonly all: readonly string[]; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const refresh = useRefresh(api)
  const [name, setName] = useState(draft.name)
  const [permissions, setPermissions] = useState(draft.permissions)
  const [tried, setTried] = useState(false)
  const save = useAction({
    run: () => {
      const body = { name: name.trim(), permissions: all.filter((permission) => permissions.has(permission)) }
      return draft.role ? api.patch('/api/roles/:id', { params: { id: draft.role.id }, body, version: draft.role.version }) : api.post('/api/roles', { body })
    },
    quiet: true, after: () => refresh('/api/roles', '/api/members'), done: (role) => t`The role “${role.name}” is saved.`,
  })
  const problem = isApiProblem(save.error) ? save.error : null
  const send = () => {
    setTried(true)
    if (name.trim() && permissions.size > 0 && !save.isPending) save.mutate(undefined, { onSuccess: onClose })
  }
  // One gives no more than one has: the server refuses it, and the list does not offer it.
  const among = all.filter(isPermission).filter((permission) => may(permission) || draft.permissions.has(permission))
  return (
    <Dialog
      open wide onClose={onClose} title={draft.role ? t`Change the role “${draft.role.name}”` : t`New role`}
      actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" busy={save.isPending} onClick={send}>{t`Save the role`}</Button></>}
    >
      <form noValidate onSubmit={(event) => { event.preventDefault(); send() }} className="space-y-5">
        <ProblemNote error={save.error} except={({ field }) => field === 'name'} />
        <TextField label={t`Name of the role`} autoFocus maxLength={NAME_MAX} className="max-w-sm" value={name} error={problem?.field('name') ?? (tried && !name.trim() ? t`Write its name.` : undefined)} onChange={(event) => setName(event.target.value)} />
        {tried && permissions.size === 0 ? <p role="alert" className="text-sm text-red">{t`Choose at least one right.`}</p> : null}
        <PermissionMatrix value={permissions} onChange={setPermissions} among={among} />
      </form>
    </Dialog>
  )
}

function OwnRole({ role, manages, onEdit }: { readonly role: CustomRole; readonly manages: boolean; readonly onEdit: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const remove = useAction({
    run: () => api.delete('/api/roles/:id', { params: { id: role.id } }), after: () => refresh('/api/roles'), done: () => t`The role “${role.name}” is removed.`,
    undo: () => () => api.post('/api/roles', { body: { name: role.name, permissions: role.permissions } }),
  })
  return (
    <li className="flex items-start gap-3 border-t border-line py-3 first:border-t-0">
      <div className="min-w-0 flex-1">
        <p className="mb-1 flex flex-wrap items-baseline gap-x-2"><span className="font-medium">{role.name}</span><span className="text-sm text-muted">{role.members === 0 ? t`nobody carries it` : role.members === 1 ? t`1 person` : t`${role.members} people`}</span></p>
        <PermissionSummary permissions={role.permissions} />
      </div>
      {manages ? <><IconButton icon={Pencil} label={t`Change the role ${role.name}`} onClick={onEdit} /><IconButton icon={Trash2} label={t`Remove the role ${role.name}`} disabled={remove.isPending} onClick={() => remove.mutate()} /></> : null}
    </li>
  )
}

/** What one of the six roles may do, unfolded on demand; it can be the start of a role of one's own. */
function BuiltInRole({ builtIn, onCopy }: { readonly builtIn: BuiltIn; readonly onCopy: (() => void) | undefined }) {
  const { t, i18n } = useLingui()
  return (
    <li className="border-t border-line first:border-t-0">
      <details className="group">
        <summary className="flex list-none items-center gap-3 rounded-sm py-2.5">
          <span className="min-w-0 flex-1"><span className="block font-medium">{i18n._(roleLabel(builtIn.role))}</span><span className="block text-sm text-muted">{i18n._(roleMeaning(builtIn.role))}</span></span>
          <ChevronDown size={16} aria-hidden className="shrink-0 text-muted transition-transform group-open:rotate-180" />
        </summary>
        <div className="pb-4"><PermissionSummary permissions={builtIn.permissions} />{onCopy ? <Button size="small" className="mt-3" onClick={onCopy}>{t`Make a role from this one`}</Button> : null}</div>
      </details>
    </li>
  )
}

/** The roles the company made, then the six that are always there. */
export function Roles() {
  const { t, i18n } = useLingui()
  const { api, may } = useCompany()
  const query = useQuery(reading(api, '/api/roles'))
  const [draft, setDraft] = useState<Draft>()
  if (!query.data) return query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={6} />
  const { items, builtIn, permissions } = query.data
  const manages = may('member.manage')
  const copy = (from: BuiltIn) => setDraft({ role: null, name: t`${i18n._(roleLabel(from.role))}, adapted`, permissions: new Set(from.permissions.filter((permission) => isPermission(permission) && may(permission))) })
  return (
    <>
      <Section
        title={t`Roles of your company`} description={t`When none of the six fits: choose one by one what a person may do.`}
        actions={manages ? <Button icon={Plus} onClick={() => setDraft({ role: null, name: '', permissions: new Set(['company.read']) })}>{t`New role`}</Button> : null}
      >
        {items.length === 0 ? <p className="text-muted">{t`None yet: the six roles below suffice for most companies.`}</p> : <ul>{items.map((role) => <OwnRole key={role.id} role={role} manages={manages} onEdit={() => setDraft({ role, name: role.name, permissions: new Set(role.permissions) })} />)}</ul>}
      </Section>
      <Section title={t`The six roles`} description={t`Always there, the same in every company.`}>
        <ul>{builtIn.map((one) => <BuiltInRole key={one.role} builtIn={one} onCopy={manages ? () => copy(one) : undefined} />)}</ul>
      </Section>
      {draft ? <RoleEditor draft={draft} all={permissions} onClose={() => setDraft(undefined)} /> : null}
    </>
  )
}
