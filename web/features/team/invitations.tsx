import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Send, X } from 'lucide-react'
import { useForm } from 'react-hook-form'
import type { Invitation } from '../../../contract/team.ts'
import { isRole } from '../../../core/access/permissions.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { isApiProblem } from '../../lib/problem.ts'
import { reading, useRefresh } from '../../lib/queries.ts'
import { roleLabel, roleMeaning } from '../../lib/role-words.ts'
import { Button, ErrorState, IconButton, InstantText, ProblemNote, RowsSkeleton, Section, SelectField, Status, TextField } from '../../ui/index.ts'
import { choiceOf, choiceValue, useRoleOptions } from './role-choice.ts'

const SHOWN_MAX = 100

function useAfter(): () => Promise<void> {
  const { api } = useCompany()
  const refresh = useRefresh(api)
  return () => refresh('/api/invitations', '/api/members', '/api/roles')
}

function InvitationRow({ invitation }: { readonly invitation: Invitation }) {
  const { t, i18n } = useLingui()
  const { api } = useCompany()
  const after = useAfter()
  const params = { id: invitation.id }
  const resend = useAction({ run: () => api.post('/api/invitations/:id/resend', { params }), after, done: () => t`The invitation is sent again to ${invitation.email}.` })
  const revoke = useAction({
    run: () => api.post('/api/invitations/:id/revoke', { params }), after, done: () => t`The invitation of ${invitation.email} is withdrawn.`,
    undo: () => () => api.post('/api/invitations', { body: { email: invitation.email, ...choiceOf(choiceValue(invitation)) } }),
  })
  const pending = invitation.state === 'pending'
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3 first:border-t-0">
      <div className="min-w-48 flex-1">
        <p className="font-medium break-words">{invitation.email}</p>
        <p className="text-sm text-muted">
          {invitation.customRole?.name ?? i18n._(roleLabel(invitation.role))}{invitation.invitedBy ? <> · {t`by ${invitation.invitedBy.name}`}</> : null} · {pending ? t`good until` : t`ended on`} <InstantText instant={invitation.expiresAt} />
        </p>
      </div>
      <Status tone={pending ? 'amber' : 'grey'}>{pending ? t`awaits an answer` : t`expired`}</Status>
      <Button size="small" icon={Send} busy={resend.isPending} onClick={() => resend.mutate()}>{t`Send again`}</Button>
      {pending ? <IconButton icon={X} label={t`Withdraw the invitation of ${invitation.email}`} disabled={revoke.isPending} onClick={() => revoke.mutate()} /> : null}
    </li>
  )
}

function InviteForm() {
  const { t, i18n } = useLingui()
  const { api } = useCompany()
  const options = useRoleOptions()
  const after = useAfter()
  const form = useForm({ defaultValues: { email: '', role: 'assistant' } })
  const invite = useAction({
    run: (draft: { email: string; role: string }) => api.post('/api/invitations', { body: { email: draft.email.trim(), ...choiceOf(draft.role) } }),
    quiet: true, done: (sent) => t`The invitation is on its way to ${sent.email}.`, after: async () => { form.reset(); await after() },
  })
  const problem = isApiProblem(invite.error) ? invite.error : null
  const role = form.watch('role')
  return (
    <form noValidate onSubmit={form.handleSubmit((draft) => invite.mutate(draft))} className="space-y-3">
      <ProblemNote error={invite.error} except={({ field }) => field === 'email'} />
      <div className="flex flex-wrap items-start gap-3">
        <TextField label={t`E-mail`} type="email" className="min-w-56 flex-1" error={form.formState.errors.email?.message ?? problem?.field('email')} {...form.register('email', { required: t`Write the e-mail of the person.` })} />
        <SelectField label={t`Role`} className="w-52" hint={isRole(role) ? i18n._(roleMeaning(role)) : t`A role made by your company.`} options={options} {...form.register('role')} />
        <Button type="submit" tone="primary" busy={invite.isPending} className="mt-6">{t`Invite`}</Button>
      </div>
    </form>
  )
}

/** Those who are asked to join, and the way to ask one more. Only for those who manage the team. */
export function Invitations() {
  const { t } = useLingui()
  const { api } = useCompany()
  const query = useQuery(reading(api, '/api/invitations', { query: { limit: SHOWN_MAX } }))
  const open = (query.data?.items ?? []).filter(({ state }) => state === 'pending' || state === 'expired')
  return (
    <>
      <Section title={t`Invite someone`} description={t`The person receives a link, good for seven days, and joins with an account of theirs or a new one.`}><InviteForm /></Section>
      <Section title={t`Invitations`}>
        {query.data ? (open.length === 0 ? <p className="text-muted">{t`No invitation awaits an answer.`}</p> : <ul>{open.map((invitation) => <InvitationRow key={invitation.id} invitation={invitation} />)}</ul>)
          : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={2} />}
      </Section>
    </>
  )
}
