import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Lock, LockOpen } from 'lucide-react'
import { useState } from 'react'
import type { FiscalYear, Period } from '../../../../contract/ledger.ts'
import { addDays, addMonths, localDate } from '../../../../core/kernel/local-date.ts'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { formatMonth, todayHere } from '../../../lib/format.ts'
import { usePreferences } from '../../../lib/preferences.ts'
import { isApiProblem } from '../../../lib/problem.ts'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { Badge, Button, classes, DateField, DateText, EmptyState, ErrorState, RowsSkeleton, Section, Tooltip } from '../../../ui/index.ts'
import { FormRefusal } from '../../form-refusal.tsx'

function useLocking() {
  const { t } = useLingui()
  const { api } = useCompany()
  const { locale } = usePreferences()
  const refresh = useRefresh(api)
  const set = (id: string, lock: boolean) => lock ? api.post('/api/ledger/periods/:id/lock', { params: { id } }) : api.post('/api/ledger/periods/:id/unlock', { params: { id } })
  return useAction({
    run: (period: Period) => set(period.id, period.status === 'open'),
    done: (_, period) => period.status === 'open' ? t`${formatMonth(period.startsOn, locale)} is locked: nothing is posted there any more.` : t`${formatMonth(period.startsOn, locale)} is open again.`,
    undo: (_, period) => () => set(period.id, period.status === 'locked'),
    after: () => refresh('/api/ledger/fiscal-years'),
  })
}

function PeriodButton({ period, allowed, busy, onToggle }: { readonly period: Period; readonly allowed: boolean; readonly busy: boolean; readonly onToggle: () => void }) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const locked = period.status === 'locked'
  const month = formatMonth(period.startsOn, locale)
  const Icon = locked ? Lock : LockOpen
  return (
    <Tooltip text={!allowed ? t`Your role cannot lock periods.` : locked ? t`Open ${month} again` : t`Lock ${month}: nothing is posted there any more`}>
      <button
        type="button" aria-pressed={locked} aria-disabled={!allowed || busy} onClick={() => { if (allowed && !busy) onToggle() }}
        className={classes('flex h-9 items-center gap-2 rounded-md border px-2.5 text-left text-sm', locked ? 'border-line bg-sunken text-muted' : 'border-line-strong bg-surface', allowed ? 'hover:border-muted' : 'cursor-default')}
      >
        <Icon size={14} aria-hidden className="shrink-0" />
        <span className="min-w-0 flex-1 truncate first-letter:uppercase">{month}</span>
        <span className="sr-only">{locked ? t`locked` : t`open`}</span>
      </button>
    </Tooltip>
  )
}

function Year({ year }: { readonly year: FiscalYear }) {
  const { t } = useLingui()
  const { may } = useCompany()
  const locking = useLocking()
  return (
    <div className="border-t border-line py-4 first:border-t-0 first:pt-0">
      <h3 className="mb-2 flex items-center gap-2.5 font-medium">
        <span><DateText day={year.startsOn} /> – <DateText day={year.endsOn} /></span>
        <Badge tone={year.status === 'open' ? 'green' : 'grey'}>{year.status === 'open' ? t`open` : t`closed`}</Badge>
      </h3>
      <div className="grid grid-cols-2 gap-2 desk:grid-cols-4">
        {year.periods.map((period) => <PeriodButton key={period.id} period={period} allowed={may('ledger.lock') && year.status === 'open'} busy={locking.isPending} onToggle={() => locking.mutate(period)} />)}
      </div>
    </div>
  )
}

/** The year after the last one, of the same length in months. */
function nextYear(years: readonly FiscalYear[]): { startsOn: string; endsOn: string } {
  const last = years.toSorted((a, b) => a.endsOn.localeCompare(b.endsOn)).at(-1)
  const start = last ? addDays(localDate(last.endsOn), 1) : localDate(`${todayHere().slice(0, 4)}-01-01`)
  return { startsOn: start, endsOn: addDays(addMonths(start, 12), -1) }
}

function NewYear({ years }: { readonly years: readonly FiscalYear[] }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [dates, setDates] = useState(() => nextYear(years))
  const create = useAction({ run: () => api.post('/api/ledger/fiscal-years', { body: dates }), quiet: true, done: () => t`The fiscal year is open.`, after: () => refresh('/api/ledger/fiscal-years') })
  const problem = isApiProblem(create.error) ? create.error : null
  return (
    <form onSubmit={(event) => { event.preventDefault(); create.mutate() }} className="space-y-3">
      <FormRefusal problem={problem} fields={['startsOn', 'endsOn']} />
      <div className="flex flex-wrap items-start gap-3">
        <DateField label={t`From`} className="w-36" value={dates.startsOn} error={problem?.field('startsOn')} onChange={(startsOn) => setDates({ ...dates, startsOn })} />
        <DateField label={t`To`} className="w-36" value={dates.endsOn} error={problem?.field('endsOn')} onChange={(endsOn) => setDates({ ...dates, endsOn })} />
        <Button type="submit" busy={create.isPending} className="mt-6">{t`Open this fiscal year`}</Button>
      </div>
    </form>
  )
}

export function FiscalYears() {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const query = useQuery(reading(api, '/api/ledger/fiscal-years'))
  if (!query.data) return query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={5} />
  const years = query.data.toSorted((a, b) => b.startsOn.localeCompare(a.startsOn))
  return (
    <>
      <Section title={t`Fiscal years and periods`} description={t`A locked month takes no more entries: lock it once its VAT is declared. Unlocking is kept in the audit trail.`}>
        {years.length === 0 ? <EmptyState title={t`No fiscal year yet`}>{t`Open one below: entries need a year to stand in.`}</EmptyState> : years.map((year) => <Year key={year.id} year={year} />)}
      </Section>
      {may('ledger.lock') ? <Section title={t`Open a fiscal year`} description={t`From one day to 24 months, without a gap after the last one.`}><NewYear key={years.length} years={years} /></Section> : null}
    </>
  )
}
