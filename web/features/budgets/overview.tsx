import { Trans, useLingui } from '@lingui/react/macro'
import type { BudgetOverview } from '../../../contract/budgets.ts'
import { isNegative, isZero } from '../../lib/amounts.ts'
import { linesPath } from '../../lib/lines-search.ts'
import { CompanyLink, Money } from '../../ui/index.ts'
import { PERIOD_WORDS } from './words.ts'

/** Every budget at a glance, by kind of period since a month and a year are not added; and what no budget counts. */
export function OverviewStrip({ overview }: { readonly overview: BudgetOverview }) {
  const { t, i18n } = useLingui()
  const { unbudgeted } = overview
  return (
    <dl className="mx-4 mb-3 flex flex-wrap gap-x-10 gap-y-3 border-y border-line py-3 desk:mx-6">
      {overview.byPeriod.map((total) => (
        <div key={total.period}>
          <dt className="text-xs text-muted">{i18n._(PERIOD_WORDS[total.period])}</dt>
          <dd><Money value={total.spent} className="text-lead font-semibold" /> <span className="text-sm text-muted"><Trans>of <Money value={total.available} /></Trans></span></dd>
          <dd className="text-sm text-muted">{isNegative(total.left) ? <Trans>overspent by <Money value={{ ...total.left, amount: total.left.amount.replace('-', '') }} className="text-red" /></Trans> : <Trans>left <Money value={total.left} className="text-ink" /></Trans>}</dd>
        </div>
      ))}
      {isZero(unbudgeted.spent) ? null : (
        <div>
          <dt className="text-xs text-muted">{t`Outside any budget, this month`}</dt>
          <dd><CompanyLink look="bare" to={linesPath(unbudgeted.query)} className="hover:underline"><Money value={unbudgeted.spent} className="text-lead font-semibold" /></CompanyLink></dd>
          <dd className="text-sm text-muted">{unbudgeted.lines === 1 ? t`1 bank line` : t`${unbudgeted.lines} bank lines`}</dd>
        </div>
      )}
    </dl>
  )
}
