import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { FiscalYear } from '../../../contract/ledger.ts'
import { useCompany } from '../../lib/company.tsx'
import { formatDay, formatMonth, todayHere } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { reading } from '../../lib/queries.ts'
import { useSearchState } from '../../lib/search-state.ts'

/** The year an address means: the one it names, else the one of today, else the last. */
export function pickYear(years: readonly FiscalYear[], id: string | undefined, today: string): FiscalYear | undefined {
  return years.find((year) => year.id === id) ?? years.find((year) => year.startsOn <= today && today <= year.endsOn) ?? years.at(-1)
}

/** "2026" for a calendar year, else its two days. */
export function yearName(year: Pick<FiscalYear, 'startsOn' | 'endsOn'>): string {
  const calendar = year.startsOn.endsWith('-01-01') && year.endsOn.endsWith('-12-31') && year.startsOn.slice(0, 4) === year.endsOn.slice(0, 4)
  return calendar ? year.startsOn.slice(0, 4) : `${formatDay(year.startsOn)} – ${formatDay(year.endsOn)}`
}

export function useYears() {
  const { api } = useCompany()
  const [search, setSearch] = useSearchState()
  const query = useQuery(reading(api, '/api/ledger/fiscal-years'))
  const years = query.data ?? []
  const year = pickYear(years, search['exercice'], todayHere())
  return { query, years, year, choose: (id: string) => setSearch({ exercice: id === pickYear(years, undefined, todayHere())?.id ? undefined : id }) }
}

/** The year on screen, kept in the address. */
export function YearSelect({ years, year, onChange }: { readonly years: readonly FiscalYear[]; readonly year: FiscalYear | undefined; readonly onChange: (id: string) => void }) {
  const { t } = useLingui()
  if (!year) return null
  return (
    <select aria-label={t`Fiscal year`} value={year.id} onChange={(event) => onChange(event.target.value)} className="figures h-7 rounded-full border border-line-strong bg-surface px-2.5 text-sm hover:border-muted">
      {[...years].reverse().map((entry) => <option key={entry.id} value={entry.id}>{t`Fiscal year ${yearName(entry)}`}</option>)}
    </select>
  )
}

/** The months of the books as choices of a filter, the latest first; `value` is the first day. */
export function useMonthChoices(years: readonly FiscalYear[]) {
  const { locale } = usePreferences()
  return years.flatMap(({ periods }) => periods).map(({ startsOn, endsOn }) => ({ value: startsOn, endsOn, label: formatMonth(startsOn, locale) })).reverse()
}
