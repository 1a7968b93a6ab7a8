import { useLingui } from '@lingui/react/macro'
import { useId, useMemo, useState } from 'react'
import type { AccountContinuity } from '../../../contract/banking.ts'
import { formatLongDay, formatMonth, formatShortMonth } from '../../lib/format.ts'
import { useIsPhone } from '../../lib/media.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { classes, CompanyLink, DateText, Money } from '../../ui/index.ts'
import { calendarOf, dayBeside, type CalendarDay } from './calendar.ts'

type State = CalendarDay['state']
const LOOKS: Readonly<Record<State, string>> = { proven: 'bg-green-soft', covered: 'bg-sunken', broken: 'bg-red-soft text-red', missing: 'bg-amber-soft text-amber', outside: '' }
/** A sign besides the colour, for what has to be looked at. */
const SIGNS: Readonly<Partial<Record<State, string>>> = { broken: '×', missing: '?' }
const DAYS = Array.from({ length: 31 }, (_, n) => n + 1)

function useStateWords(): Readonly<Record<State, string>> {
  const { t } = useLingui()
  return { proven: t`proven`, covered: t`covered`, broken: t`does not hold`, missing: t`missing`, outside: t`outside of the statements` }
}

/** Which days statements cover and prove: one row a month, the arrows walk the days, and the same is a table under a switch. */
export function ContinuityCalendar({ continuity }: { readonly continuity: AccountContinuity }) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const id = useId()
  const phone = useIsPhone()
  const words = useStateWords()
  const months = useMemo(() => calendarOf(continuity.days), [continuity.days])
  const [chosen, setChosen] = useState<string>()
  const [asTable, setAsTable] = useState(false)
  const known = useMemo(() => new Map(continuity.days.map((day) => [day.on, day])), [continuity.days])
  const last = continuity.lastOn !== null && known.has(continuity.lastOn) ? continuity.lastOn : continuity.days.at(-1)?.on
  const active = chosen ?? last
  const day = active === undefined ? undefined : known.get(active)
  const counts = (state: State) => continuity.days.filter((one) => one.state === state).length
  return (
    <div>
      <p className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
        {(['proven', 'covered', 'missing', 'broken'] as const).map((state) => (
          <span key={state} className="inline-flex items-center gap-1.5"><Cell state={state} />{words[state]} <span className="figures text-ink">{counts(state)}</span></span>
        ))}
        {day ? <span className="ml-auto text-ink" aria-live="polite">{formatLongDay(day.on, locale)} : {words[day.state]}{day.lineCount > 0 ? `, ${day.lineCount === 1 ? t`1 line` : t`${day.lineCount} lines`}` : ''}</span> : null}
      </p>
      {asTable ? <MonthsTable months={months} /> : (
        <div className="overflow-x-auto">
          <div
            role="grid" tabIndex={0} aria-label={t`Calendar of the statements`} aria-activedescendant={active ? `${id}-${active}` : undefined} aria-readonly="true" className="relative rounded-sm desk:min-w-[44rem]"
            onKeyDown={(event) => { const next = active && dayBeside(active, event.key, continuity.days); if (next) { event.preventDefault(); event.stopPropagation(); setChosen(next) } }}
          >
            <div role="row" className="grid grid-cols-[3.25rem_repeat(31,minmax(0,1fr))] desk:grid-cols-[5rem_repeat(31,minmax(0,1fr))] gap-px text-center text-xs text-muted">
              <span role="columnheader"><span className="sr-only">{t`Month`}</span></span>
              {DAYS.map((number) => <span key={number} role="columnheader" className="figures">{number === 1 || number % 10 === 0 || (number % 5 === 0 && !phone) ? number : <span className="sr-only">{number}</span>}</span>)}
            </div>
            {months.map(({ month, days }) => (
              <div key={month} role="row" className="mt-px grid grid-cols-[3.25rem_repeat(31,minmax(0,1fr))] desk:grid-cols-[5rem_repeat(31,minmax(0,1fr))] gap-px">
                <span role="rowheader" className="text-xs leading-6 whitespace-nowrap text-muted desk:text-sm">{formatShortMonth(month, locale)}</span>
                {DAYS.map((number) => {
                  const one = days[number - 1]
                  return one
                    ? <span key={number} role="gridcell" id={`${id}-${one.on}`} aria-label={`${formatLongDay(one.on, locale)}, ${words[one.state]}`} aria-selected={one.on === active} onPointerEnter={() => setChosen(one.on)} className={classes('rounded-sm', one.on === active && 'outline-2 -outline-offset-1 outline-accent')}><Cell state={one.state} wide /></span>
                    : <span key={number} role="gridcell" aria-label={t`no day`} />
                })}
              </div>
            ))}
          </div>
        </div>
      )}
      <button type="button" data-print="no" aria-expanded={asTable} onClick={() => setAsTable(!asTable)} className="mt-2 text-sm text-muted underline-offset-2 hover:text-ink hover:underline">{asTable ? t`See the calendar` : t`See the table`}</button>
      <Gaps gaps={continuity.gaps} />
    </div>
  )
}

function Cell({ state, wide = false }: { readonly state: State; readonly wide?: boolean | undefined }) {
  return <span aria-hidden className={classes('flex h-6 items-center justify-center rounded-sm text-xs font-semibold', wide ? 'w-full' : 'size-4', state === 'outside' ? 'border border-line' : LOOKS[state])}>{SIGNS[state]}</span>
}

function MonthsTable({ months }: { readonly months: ReturnType<typeof calendarOf> }) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const words = useStateWords()
  const states = ['proven', 'covered', 'missing', 'broken'] as const
  return (
    <div tabIndex={0} role="region" aria-label={t`Calendar of the statements`} className="max-h-72 overflow-y-auto">
      <table className="w-full max-w-2xl text-sm">
        <thead className="sticky top-0 bg-paper text-xs text-muted"><tr><th scope="col" className="py-1 text-left font-medium">{t`Month`}</th>{states.map((state) => <th key={state} scope="col" className="py-1 pl-4 text-right font-medium">{words[state]}</th>)}<th scope="col" className="py-1 pl-4 text-right font-medium">{t`Lines`}</th></tr></thead>
        <tbody>
          {months.map(({ month, days }) => (
            <tr key={month} className="border-t border-line">
              <th scope="row" className="py-1 text-left font-normal">{formatMonth(month, locale)}</th>
              {states.map((state) => <td key={state} className="figures py-1 pl-4 text-right">{days.filter((day) => day?.state === state).length}</td>)}
              <td className="figures py-1 pl-4 text-right">{days.reduce((sum, day) => sum + (day?.lineCount ?? 0), 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What is missing or does not hold, in words, with what to do. */
function Gaps({ gaps }: { readonly gaps: AccountContinuity['gaps'] }) {
  const { t } = useLingui()
  if (gaps.length === 0) return null
  return (
    <ul aria-label={t`What is missing or does not hold`} className="mt-4">
      {gaps.map((gap, index) => (
        <li key={index} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-t border-line py-2 text-sm">
          <span className={classes('w-44 shrink-0 whitespace-nowrap', gap.kind === 'missing' ? 'text-amber' : 'text-red')}><DateText day={gap.from} /> – <DateText day={gap.to} /></span>
          <span className="min-w-0 flex-1 basis-64">{gap.because}</span>
          {gap.difference ? <Money value={gap.difference} signed className="font-medium" /> : null}
          {gap.importId ? <CompanyLink to={`banque/import/${gap.importId}`}>{t`See the file`}</CompanyLink> : <CompanyLink to="banque/import">{t`Bring it in`}</CompanyLink>}
        </li>
      ))}
    </ul>
  )
}
