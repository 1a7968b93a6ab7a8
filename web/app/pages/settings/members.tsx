import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { UserMinus } from 'lucide-react'
import { useForm } from 'react-hook-form'
import type { Member } from '../../../../contract/identity.ts'
import type { Role } from '../../../../core/access/permissions.ts'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { isApiProblem } from '../../../lib/problem.ts'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { Badge, Button, ErrorState, IconButton, RowsSkeleton, Section, SelectField, TextField } from '../../../ui/index.ts'
import { FormRefusal } from '../../form-refusal.tsx'
import { ROLE_ORDER, roleLabel, roleMeaning } from '../../role-words.ts'

function MemberRow({ member }: { readonly member: Member }) {
  const { t, i18n } = useLingui()
  const { api, may, me } = useCompany()
  const refresh = useRefresh(api)
  const after = () => refresh('/api/members')
  const params = { userId: member.userId }
  const change = useAction({
    run: (role: Role) => api.patch('/api/members/:userId', { params, body: { role } }),
    done: (_, role) => t`${member.name} is now: ${i18n._(roleLabel(role)).toLocaleLowerCase()}.`,
    undo: () => () => api.patch('/api/members/:userId', { params, body: { role: member.role } }),
    after,
  })
  const remove = useAction({
    run: () => api.delete('/api/members/:userId', { params }),
    done: () => t`${member.name} no longer has access.`,
    undo: () => () => api.post('/api/members', { body: { email: member.email, role: member.role } }),
    after,
  })
  const self = member.userId === me.user.id
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3 first:border-t-0">
      <div className="min-w-48 flex-1">
        <p className="flex items-center gap-2 font-medium">{member.name}{self ? <Badge>{t`you`}</Badge> : null}</p>
        <p className="text-sm text-muted">{member.email}</p>
      </div>
      {may('member.manage') ? (
        <>
          <SelectField label={t`Role of ${member.name}`} labelHidden className="w-44" value={member.role} disabled={change.isPending} onChange={(event) => change.mutate(event.target.value as Role)} options={ROLE_ORDER.map((role) => ({ value: role, label: i18n._(roleLabel(role)) }))} />
          <IconButton icon={UserMinus} label={self ? t`Leave the company` : t`Remove ${member.name}`} disabled={remove.isPending} onClick={() => remove.mutate()} />
        </>
      ) : <span className="text-muted">{i18n._(roleLabel(member.role))}</span>}
    </li>
  )
}

type Draft = { email: string; role: Role }

function AddMember() {
  const { t, i18n } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const form = useForm<Draft>({ defaultValues: { email: '', role: 'assistant' } })
  const add = useAction({
    run: (body: Draft) => api.post('/api/members', { body }),
    quiet: true, done: (member) => t`${member.name} has access.`,
    after: async () => { form.reset(); await refresh('/api/members') },
  })
  const problem = isApiProblem(add.error) ? add.error : null
  return (
    <form noValidate onSubmit={form.handleSubmit((draft) => add.mutate(draft))} className="space-y-3">
      <FormRefusal problem={problem} fields={['email', 'role']} />
      <div className="flex flex-wrap items-start gap-3">
        <TextField label={t`E-mail`} type="email" className="min-w-56 flex-1" error={form.formState.errors.email?.message ?? problem?.field('email')} {...form.register('email', { required: t`Write the e-mail of the person.` })} />
        <SelectField label={t`Role`} className="w-44" hint={i18n._(roleMeaning(form.watch('role')))} options={ROLE_ORDER.map((role) => ({ value: role, label: i18n._(roleLabel(role)) }))} {...form.register('role')} />
        <Button type="submit" busy={add.isPending} className="mt-6">{t`Give access`}</Button>
      </div>
    </form>
  )
}

export function Members() {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const query = useQuery(reading(api, '/api/members'))
  if (!query.data) return query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={3} />
  return (
    <>
      <Section title={t`People`} description={t`Each role does what it says, no more. Every change is in the audit trail.`}>
        <ul>{query.data.items.map((member) => <MemberRow key={member.userId} member={member} />)}</ul>
      </Section>
      {may('member.manage') ? <Section title={t`Add a person`} description={t`The person first creates an account here, with this e-mail.`}><AddMember /></Section> : null}
    </>
  )
}
