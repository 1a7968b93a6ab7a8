import { useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Controller, useForm } from 'react-hook-form'
import type { Company, CompanyPatch } from '../../../../contract/identity.ts'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { isApiProblem } from '../../../lib/problem.ts'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { meQuery } from '../../../lib/session.ts'
import { Button, classes, ErrorState, PageSkeleton, Section, SelectField, TextField, CompanyLink } from '../../../ui/index.ts'
import { FormRefusal } from '../../form-refusal.tsx'

const FIELDS = ['name', 'siren', 'vatNumber', 'address', 'postalCode', 'city', 'country', 'vatDueOn', 'locale', 'timeZone', 'colour'] as const
type Field = (typeof FIELDS)[number]
type Draft = Record<Field, string>

/** Ten marks that stay apart for the colour-blind, by lightness as much as by hue. */
const COLOURS = ['#2F46C9', '#0F766E', '#B45309', '#B3261E', '#6B3FA0', '#1D6FA5', '#4D7C0F', '#9D174D', '#57534E', '#17181C']
const NULLABLE: ReadonlySet<Field> = new Set(['siren', 'vatNumber', 'address', 'postalCode', 'city'])
const ZONES = ['Europe/Paris', 'Europe/Brussels', 'Europe/Zurich', 'Europe/London', 'America/Toronto', 'America/Montreal', 'America/Guadeloupe', 'America/Martinique', 'America/Cayenne', 'Indian/Reunion', 'Indian/Mayotte', 'Pacific/Noumea', 'Pacific/Tahiti', 'Africa/Dakar', 'Africa/Abidjan', 'Africa/Casablanca', 'Africa/Tunis', 'UTC']

function draftOf(company: Company): Draft {
  return Object.fromEntries(FIELDS.map((field) => [field, company[field] ?? ''])) as Draft
}

/** Only what the person changed is sent; an emptied field becomes unknown, not an empty text. */
function patchOf(draft: Draft, before: Draft): CompanyPatch {
  const changed = FIELDS.filter((field) => draft[field] !== before[field])
  return Object.fromEntries(changed.map((field) => {
    const text = field === 'siren' ? draft[field].replace(/\s/g, '') : draft[field].trim()
    return [field, text === '' && NULLABLE.has(field) ? null : text]
  })) as CompanyPatch
}

export function CompanySettings() {
  const { api } = useCompany()
  const query = useQuery(reading(api, '/api/company'))
  if (query.data) return <CompanyForm key={query.data.version} company={query.data} />
  return query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <PageSkeleton />
}

function useSave(company: Company) {
  const { t } = useLingui()
  const { api } = useCompany()
  const queries = useQueryClient()
  const router = useRouter()
  const refresh = useRefresh(api)
  return useAction({
    run: ({ patch, version }: { patch: CompanyPatch; version: number }) => api.patch('/api/company', { body: patch, version }),
    quiet: true,
    done: () => t`Settings saved.`,
    undo: (saved) => () => {
      const back = patchOf(draftOf(company), draftOf(saved))
      return api.patch('/api/company', { body: back, version: saved.version })
    },
    after: async () => {
      await refresh('/api/company')
      // The name and the colour are also in the rail, which reads them from the person's companies.
      await queries.fetchQuery({ ...meQuery, staleTime: 0 })
      await router.invalidate()
    },
  })
}

function CompanyForm({ company }: { readonly company: Company }) {
  const { t } = useLingui()
  const { may } = useCompany()
  const before = draftOf(company)
  const form = useForm<Draft>({ defaultValues: before })
  const save = useSave(company)
  const { errors, isDirty } = form.formState
  const problem = isApiProblem(save.error) ? save.error : null
  const errorOf = (field: Field) => errors[field]?.message ?? problem?.field(field)
  const locked = !may('company.update')
  return (
    <form noValidate onSubmit={form.handleSubmit((draft) => save.mutate({ patch: patchOf(draft, before), version: company.version }))}>
      <FormRefusal problem={problem} fields={FIELDS} />
      {locked ? <p className="mb-2 text-muted">{t`Your role lets you read these settings. An owner or an administrator can change them.`} <CompanyLink to="reglages/equipe">{t`See who they are`}</CompanyLink></p> : null}
      <fieldset disabled={locked} className="min-w-0">
        <Section title={t`Identity`}>
          <div className="grid gap-4 desk:grid-cols-2">
            <TextField label={t`Name`} className="desk:col-span-2" error={errorOf('name')} {...form.register('name', { required: t`Write its name.` })} />
            <TextField label={t`SIREN`} inputMode="numeric" hint={t`Nine digits; the name of the FEC starts with it.`} error={errorOf('siren')} {...form.register('siren', { validate: (text) => /^(\d{9})?$/.test(text.replace(/\s/g, '')) || t`A SIREN has nine digits.` })} />
            <TextField label={t`VAT number`} error={errorOf('vatNumber')} {...form.register('vatNumber')} />
            <TextField label={t`Address`} className="desk:col-span-2" autoComplete="street-address" error={errorOf('address')} {...form.register('address')} />
            <TextField label={t`Postal code`} error={errorOf('postalCode')} {...form.register('postalCode')} />
            <TextField label={t`City`} error={errorOf('city')} {...form.register('city')} />
            <TextField label={t`Country`} maxLength={2} hint={t`Two letters: FR, CA, BE.`} error={errorOf('country')} {...form.register('country', { setValueAs: (text: string) => text.trim().toUpperCase(), pattern: { value: /^[A-Za-z]{2}$/, message: t`Write two letters, such as FR.` } })} />
          </div>
        </Section>
        {company.kind === 'firm' ? null : (
          <Section title={t`VAT`} description={t`The choice holds for the invoices issued from now on; those already issued keep theirs.`}>
            <SelectField label={t`VAT on services is due`} className="max-w-md" options={[{ value: 'receipts', label: t`when the customer pays (on receipts)` }, { value: 'debits', label: t`when the invoice is issued (on debits)` }]} error={errorOf('vatDueOn')} {...form.register('vatDueOn')} />
          </Section>
        )}
        <Section title={t`Language and display`}>
          <div className="grid gap-4 desk:grid-cols-2">
            <SelectField label={t`Language of the company`} hint={t`For its documents. Yours is in your own menu, at the top right.`} options={[{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }]} {...form.register('locale')} />
            <SelectField label={t`Time zone`} hint={t`It says which day it is for the books.`} options={[...new Set([before.timeZone, ...ZONES])].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))} {...form.register('timeZone')} />
            <Controller control={form.control} name="colour" render={({ field }) => <ColourChoice value={field.value} onChange={field.onChange} />} />
          </div>
        </Section>
      </fieldset>
      {locked ? null : <div className="sticky bottom-0 flex gap-2 border-t border-line bg-paper py-3"><Button type="submit" tone="primary" disabled={!isDirty} busy={save.isPending}>{t`Save`}</Button>{isDirty ? <Button tone="quiet" onClick={() => form.reset(before)}>{t`Give up the changes`}</Button> : null}</div>}
    </form>
  )
}

function ColourChoice({ value, onChange }: { readonly value: string; readonly onChange: (colour: string) => void }) {
  const { t } = useLingui()
  const colours = COLOURS.includes(value) ? COLOURS : [value, ...COLOURS]
  return (
    <fieldset className="desk:col-span-2">
      <legend className="mb-1 text-sm font-medium">{t`Colour of its mark`}</legend>
      <div className="flex flex-wrap gap-2">
        {colours.map((colour, index) => (
          <label key={colour} className="cursor-pointer rounded-md has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
            <input type="radio" name="colour" className="sr-only" checked={colour === value} onChange={() => onChange(colour)} aria-label={t`Colour ${index + 1}`} />
            <span aria-hidden className={classes('block size-8 rounded-md', colour === value && 'outline-2 outline-offset-2 outline-ink')} style={{ background: colour }} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
