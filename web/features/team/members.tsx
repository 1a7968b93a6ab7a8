import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { UserMinus } from 'lucide-react'
import type { Member } from '../../../contract/identity.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { reading, useRefresh } from '../../lib/queries.ts'
import { roleLabel } from '../../lib/role-words.ts'
import { Badge, ErrorState, IconButton, RowsSkeleton, Section, SelectField } from '../../ui/index.ts'
import { choiceOf, choiceValue, useRoleOptions, type RoleOption } from './role-choice.ts'

function MemberRow({ member, options }: { readonly member: Member; readonly options: readonly RoleOption[] }) {
  const { t, i18n } = useLingui()
  const { api, may, me } = useCompany()
  const refresh = useRefresh(api)
  const after = () => refresh('/api/members', '/api/roles')
  const params = { userId: member.userId }
  const before = choiceValue(member)
  const change = useAction({
    run: (value: string) => api.patch('/api/members/:userId', { params, body: choiceOf(value) }),
    done: (_, value) => t`${member.name} is now: ${(options.find((option) => option.value === value)?.label ?? '').toLocaleLowerCase()}.`,
    undo: () => () => api.patch('/api/members/:userId', { params, body: choiceOf(before) }),
    after,
  })
  const remove = useAction({
    run: () => api.delete('/api/members/:userId', { params }),
    done: () => t`${member.name} no longer has access.`,
    undo: () => () => api.post('/api/members', { body: { email: member.email, ...choiceOf(before) } }),
    after,
  })
  const self = member.userId === me.user.id
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3 first:border-t-0">
      <div className="min-w-48 flex-1">
        <p className="flex items-center gap-2 font-medium">{member.name}{self ? <Badge>{t`you`}</Badge> : null}</p>
        <p className="text-sm break-words text-muted">{member.email}</p>
      </div>
      {may('member.manage') ? (
        <>
          <SelectField label={t`Role of ${member.name}`} labelHidden className="w-48" value={before} disabled={change.isPending} onChange={(event) => change.mutate(event.target.value)} options={options} />
          <IconButton icon={UserMinus} label={self ? t`Leave the company` : t`Remove ${member.name}`} disabled={remove.isPending} onClick={() => remove.mutate()} />
        </>
      ) : <span className="text-muted">{member.customRole?.name ?? i18n._(roleLabel(member.role))}</span>}
    </li>
  )
}

/** The people of the company, each with a role. */
export function Members() {
  const { t } = useLingui()
  const { api } = useCompany()
  const query = useQuery(reading(api, '/api/members'))
  const options = useRoleOptions()
  return (
    <Section title={t`People`} description={t`Each role does what it says, no more. Every change is in the audit trail.`}>
      {query.data ? <ul>{query.data.items.map((member) => <MemberRow key={member.userId} member={member} options={options} />)}</ul>
        : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={3} />}
    </Section>
  )
}
