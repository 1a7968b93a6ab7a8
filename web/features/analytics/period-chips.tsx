import { useLingui } from '@lingui/react/macro'
import { useShortcuts } from '../../lib/keyboard.ts'
import { useSearchState } from '../../lib/search-state.ts'
import { classes, PeriodChip } from '../../ui/index.ts'
import { LENGTHS, type Period } from './period.ts'

/** The days looked at: three usual lengths, or two days; kept in the address. */
export function PeriodChips({ period }: { readonly period: Period }) {
  const { t } = useLingui()
  const [, setSearch] = useSearchState()
  const choose = (days: number) => setSearch({ jours: String(days), du: undefined, au: undefined })
  useShortcuts(LENGTHS.map((days, index) => ({ keys: String(index + 1), label: t`Last ${days} days`, group: t`Period`, run: () => choose(days) })))
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div role="group" aria-label={t`Period`} className="flex gap-2">
        {LENGTHS.map((days) => (
          <button
            key={days} type="button" aria-pressed={period.days === days} onClick={() => choose(days)}
            className={classes('h-7 rounded-full border px-3 text-sm whitespace-nowrap transition-colors', period.days === days ? 'border-accent bg-accent-soft font-medium text-accent' : 'border-line-strong bg-surface hover:border-muted')}
          >
            {t`${days} days`}
          </button>
        ))}
      </div>
      <PeriodChip />
    </div>
  )
}
