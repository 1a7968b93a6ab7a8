import { useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Controller, useForm } from 'react-hook-form'
import type { NewCompany } from '../../../../contract/identity.ts'
import { useAction } from '../../../lib/action.ts'
import { addressIn } from '../../../lib/company.tsx'
import { todayHere } from '../../../lib/format.ts'
import { isApiProblem } from '../../../lib/problem.ts'
import { landingOf, meQuery, personApi } from '../../../lib/session.ts'
import { Button, classes, DateField, Link, SelectField, TextField } from '../../../ui/index.ts'
import { FormRefusal } from '../../form-refusal.tsx'
import { useSignOut } from '../../frame/user-menu.tsx'
import { AccessLayout } from './access-layout.tsx'

type Draft = { kind: 'company' | 'firm'; name: string; siren: string; currency: string; vatDueOn: 'receipts' | 'debits'; startsOn: string; endsOn: string }

function bodyOf(draft: Draft): NewCompany {
  const base = { name: draft.name.trim(), kind: draft.kind, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }
  const siren = draft.siren.replace(/\s/g, '')
  if (draft.kind === 'firm') return { ...base, ...(siren ? { siren } : {}) }
  return { ...base, currency: draft.currency, vatDueOn: draft.vatDueOn, firstYear: { startsOn: draft.startsOn, endsOn: draft.endsOn }, ...(siren ? { siren } : {}) }
}

function useCreate() {
  const { t } = useLingui()
  const queries = useQueryClient()
  const go = useNavigate()
  return useAction({
    run: (draft: Draft) => personApi.post('/api/companies', { body: bodyOf(draft) }),
    quiet: true,
    done: (company) => t`${company.name} is ready.`,
    after: async (company) => {
      await queries.fetchQuery({ ...meQuery, staleTime: 0 })
      await go({ to: addressIn(company.slug) } as never)
    },
  })
}

function KindChoice({ value, onChange }: { readonly value: Draft['kind']; readonly onChange: (kind: Draft['kind']) => void }) {
  const { t } = useLingui()
  const kinds = [
    { kind: 'company', label: t`A company`, hint: t`Its bank, its invoices, its books.` },
    { kind: 'firm', label: t`An accounting firm`, hint: t`It opens the files of the companies that give it access.` },
  ] as const
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t`You create`}</legend>
      <div className="grid gap-2 desk:grid-cols-2">
        {kinds.map(({ kind, label, hint }) => (
          <label key={kind} className={classes('cursor-pointer rounded-lg border px-3 py-2.5 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent', value === kind ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface hover:border-muted')}>
            <input type="radio" name="kind" value={kind} checked={value === kind} onChange={() => onChange(kind)} className="sr-only" />
            <span className="block font-medium">{label}</span>
            <span className="block text-sm text-muted">{hint}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The first company of a person, or one more. */
export function Page() {
  const { t } = useLingui()
  const { data: me } = useQuery(meQuery)
  const create = useCreate()
  const signOut = useSignOut()
  const year = todayHere().slice(0, 4)
  const form = useForm<Draft>({ defaultValues: { kind: 'company', name: '', siren: '', currency: 'EUR', vatDueOn: 'receipts', startsOn: `${year}-01-01`, endsOn: `${year}-12-31` } })
  const kind = form.watch('kind')
  const { errors } = form.formState
  const problem = isApiProblem(create.error) ? create.error : null
  const back = me ? landingOf(me) : undefined
  return (
    <AccessLayout title={back ? t`Create a company` : t`Your company`} lead={t`Everything can be changed later in the settings, except the currency.`}>
      <form noValidate onSubmit={form.handleSubmit((draft) => create.mutate(draft))} className="space-y-4">
        <FormRefusal problem={problem} fields={['name', 'siren']} />
        <Controller control={form.control} name="kind" render={({ field }) => <KindChoice value={field.value} onChange={field.onChange} />} />
        <TextField label={kind === 'firm' ? t`Name of the firm` : t`Name of the company`} autoFocus autoComplete="organization" error={errors.name?.message ?? problem?.field('name')} {...form.register('name', { required: t`Write its name.` })} />
        <TextField label={t`SIREN`} inputMode="numeric" hint={t`Nine digits, needed for the FEC. You can fill it in later.`} error={errors.siren?.message ?? problem?.field('siren')} {...form.register('siren', { validate: (text) => /^(\d{9})?$/.test(text.replace(/\s/g, '')) || t`A SIREN has nine digits.` })} />
        {kind === 'firm' ? null : <CompanyBooks form={form} />}
        <div className="flex flex-wrap items-center gap-3 pt-2">
          <Button type="submit" tone="primary" busy={create.isPending}>{kind === 'firm' ? t`Create the firm` : t`Create the company`}</Button>
          {back ? <Link to={addressIn(back.slug)} look={{ button: 'quiet' }}>{t`Cancel`}</Link> : <Button tone="quiet" onClick={signOut}>{t`Sign out`}</Button>}
        </div>
      </form>
    </AccessLayout>
  )
}

function CompanyBooks({ form }: { readonly form: ReturnType<typeof useForm<Draft>> }) {
  const { t } = useLingui()
  return (
    <>
      <SelectField label={t`VAT on services is due`} options={[{ value: 'receipts', label: t`when the customer pays (on receipts)` }, { value: 'debits', label: t`when the invoice is issued (on debits)` }]} hint={t`On receipts is the rule for services. Goods are always due at delivery.`} {...form.register('vatDueOn')} />
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{t`First fiscal year`}</legend>
        <div className="grid grid-cols-2 gap-3">
          <Controller control={form.control} name="startsOn" render={({ field }) => <DateField label={t`From`} value={field.value} onChange={field.onChange} />} />
          <Controller control={form.control} name="endsOn" render={({ field }) => <DateField label={t`To`} value={field.value} onChange={field.onChange} />} />
        </div>
      </fieldset>
      <SelectField label={t`Currency of the books`} className="max-w-48" options={['EUR', 'CAD', 'CHF', 'USD', 'GBP', 'XOF', 'MAD', 'TND'].map((code) => ({ value: code, label: code }))} {...form.register('currency')} />
    </>
  )
}
