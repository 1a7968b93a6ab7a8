import { useLingui } from '@lingui/react/macro'
import type { BudgetFigures } from '../../../contract/budgets.ts'
import { minorOf } from '../../lib/amounts.ts'
import { classes } from '../../ui/index.ts'
import { STATES } from './words.ts'

const FILLS = { green: 'bg-green', amber: 'bg-amber', red: 'bg-red', violet: 'bg-violet', grey: 'bg-muted' } as const

/** Where spent, expected and the day stand on a bar of 100: the longest of them and what is available make its length. */
export function placesOf({ available, spent, expected, elapsedPercent }: Pick<BudgetFigures, 'available' | 'spent' | 'expected' | 'elapsedPercent'>): { readonly spent: number; readonly expected: number; readonly limit: number; readonly today: number } {
  const size = (money: { readonly amount: string; readonly currency: string }) => { const minor = Number(minorOf(money.amount, money.currency)); return Math.max(0, minor) }
  const [limit, gone, end] = [size(available), size(spent), size(expected)]
  const most = Math.max(limit, gone, end, 1)
  const share = (of: number) => (of / most) * 100
  return { spent: share(gone), expected: share(end), limit: share(limit), today: (share(limit) * Math.min(100, elapsedPercent)) / 100 }
}

/** Spent as a bar, expected behind it, the limit and today as marks. In words for a screen reader. */
export function BudgetBar({ figures, label, thick = false }: { readonly figures: BudgetFigures; readonly label: string; readonly thick?: boolean | undefined }) {
  const { t } = useLingui()
  const at = placesOf(figures)
  const fill = FILLS[STATES[figures.state].tone]
  const isPast = figures.elapsedPercent >= 100
  return (
    <span
      role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.min(100, figures.usedPercent)} aria-valuetext={t`${figures.usedPercent} % spent, ${figures.elapsedPercent} % of the period gone`}
      title={t`${figures.usedPercent} % spent, ${figures.elapsedPercent} % of the period gone`} className={classes('relative block w-full align-middle', thick ? 'h-3' : 'h-2')}
    >
      <span className="absolute inset-y-0 left-0 overflow-hidden rounded-full bg-line" style={{ width: `${at.limit}%` }} />
      {isPast ? null : <span className={classes('absolute inset-y-0 left-0 rounded-full opacity-30', fill)} style={{ width: `${at.expected}%` }} />}
      <span className={classes('absolute inset-y-0 left-0 rounded-full', fill)} style={{ width: `${at.spent}%` }} />
      {at.limit < 100 ? <span className="absolute -inset-y-1 border-l-2 border-ink" style={{ left: `${at.limit}%` }} /> : null}
      {isPast ? null : <span className="absolute -inset-y-1 border-l border-dashed border-muted" style={{ left: `${at.today}%` }} />}
    </span>
  )
}
