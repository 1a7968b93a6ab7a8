import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import type { Grant } from '../../../../contract/identity.ts'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { isApiProblem } from '../../../lib/problem.ts'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { Button, ErrorState, InstantText, RowsSkeleton, Section, SelectField, Status, TextField } from '../../../ui/index.ts'
import { FormRefusal } from '../../form-refusal.tsx'
import { ROLE_ORDER, roleLabel } from '../../../lib/role-words.ts'

type FirmRole = Exclude<Grant['role'], 'owner'>

function GrantRow({ grant }: { readonly grant: Grant }) {
  const { t, i18n } = useLingui()
  const { api, may } = useCompany()
  const refresh = useRefresh(api)
  const revoke = useAction({
    run: () => api.post('/api/grants/:id/revoke', { params: { id: grant.id } }),
    done: () => t`${grant.firm.name} no longer has access.`,
    undo: () => () => api.post('/api/grants', { body: { firmSlug: grant.firm.slug, role: grant.role as FirmRole } }),
    after: () => refresh('/api/grants'),
  })
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3 first:border-t-0">
      <div className="min-w-48 flex-1">
        <p className="font-medium">{grant.firm.name}</p>
        <p className="text-sm text-muted">{i18n._(roleLabel(grant.role))} · <InstantText instant={grant.grantedAt} className="figures" />{grant.revokedAt ? <> → <InstantText instant={grant.revokedAt} className="figures" /></> : null}</p>
      </div>
      <Status tone={grant.revokedAt ? 'grey' : 'green'}>{grant.revokedAt ? t`taken back` : t`in force`}</Status>
      {may('grant.manage') && !grant.revokedAt ? <Button size="small" busy={revoke.isPending} onClick={() => revoke.mutate()}>{t`Take the access back`}</Button> : null}
    </li>
  )
}

type Draft = { firmSlug: string; role: FirmRole }

function AddGrant() {
  const { t, i18n } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const form = useForm<Draft>({ defaultValues: { firmSlug: '', role: 'accountant' } })
  const add = useAction({
    run: (draft: Draft) => api.post('/api/grants', { body: { ...draft, firmSlug: draft.firmSlug.trim() } }),
    quiet: true, done: (grant) => t`${grant.firm.name} has access.`,
    undo: (grant) => () => api.post('/api/grants/:id/revoke', { params: { id: grant.id } }),
    after: async () => { form.reset(); await refresh('/api/grants') },
  })
  const problem = isApiProblem(add.error) ? add.error : null
  return (
    <form noValidate onSubmit={form.handleSubmit((draft) => add.mutate(draft))} className="space-y-3">
      <FormRefusal problem={problem} fields={['firmSlug', 'role']} />
      <div className="flex flex-wrap items-start gap-3">
        <TextField label={t`Identifier of the firm`} hint={t`The firm finds it on its own home page.`} className="min-w-56 flex-1" error={form.formState.errors.firmSlug?.message ?? problem?.field('firmSlug')} {...form.register('firmSlug', { required: t`Write the identifier of the firm.` })} />
        <SelectField label={t`Role`} className="w-44" options={ROLE_ORDER.filter((role) => role !== 'owner').map((role) => ({ value: role, label: i18n._(roleLabel(role)) }))} {...form.register('role')} />
        <Button type="submit" busy={add.isPending} className="mt-6">{t`Give access`}</Button>
      </div>
    </form>
  )
}

export function FirmAccess() {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const query = useQuery(reading(api, '/api/grants'))
  if (!query.data) return query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={2} />
  return (
    <>
      <Section title={t`Firms that can open this company`} description={t`The people of the firm work here with the role you give. You take it back when you like, at once.`}>
        {query.data.items.length === 0 ? <p className="text-muted">{t`No firm has access.`}</p> : <ul>{query.data.items.map((grant) => <GrantRow key={grant.id} grant={grant} />)}</ul>}
      </Section>
      {may('grant.manage') ? <Section title={t`Give a firm access`}><AddGrant /></Section> : null}
    </>
  )
}
