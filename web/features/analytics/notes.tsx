import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowRight } from 'lucide-react'
import type { AnalyticsOverview } from '../../../contract/analytics.ts'
import { linesSearch } from '../../lib/lines-search.ts'
import type { SearchValues } from '../../lib/search-state.ts'
import { CompanyLink, Money } from '../../ui/index.ts'
import type { ReactNode } from 'react'

function Note({ to, search, children }: { readonly to: string; readonly search?: SearchValues | undefined; readonly children: ReactNode }) {
  return (
    <li className="border-b border-line last:border-b-0">
      <CompanyLink look="bare" to={to} search={search} className="-mx-2 flex items-baseline gap-3 rounded-md px-2 py-2 hover:bg-sunken"><span className="min-w-0 flex-1">{children}</span><ArrowRight size={14} aria-hidden className="shrink-0 self-center text-muted" /></CompanyLink>
    </li>
  )
}

/** What the figures do not say by themselves: what has no category, what comes back, budgets, other currencies. */
export function Notes({ overview }: { readonly overview: AnalyticsOverview }) {
  const { t } = useLingui()
  const { uncategorised, recurring, budgets, otherCurrencies } = overview
  return (
    <section aria-label={t`To know`}>
      <h2 className="text-sm font-medium">{t`To know`}</h2>
      <ul className="mt-1 text-sm">
        {uncategorised.lines > 0 ? <Note to="banque/operations" search={linesSearch(uncategorised.query)}>{uncategorised.lines === 1 ? <Trans>1 line has no category: <Money value={uncategorised.total} /></Trans> : <Trans>{uncategorised.lines} lines have no category: <Money value={uncategorised.total} /></Trans>}</Note> : null}
        {recurring.count > 0 ? <Note to="banque/recurrences"><Trans>What comes back each month: <Money value={recurring.spending} /> out, <Money value={recurring.income} /> in</Trans></Note> : null}
        {budgets ? <Note to="banque/budgets">{budgets.over === 0 ? t`Every budget holds.` : budgets.over === 1 ? t`1 budget of ${budgets.count} is overspent.` : t`${budgets.over} budgets of ${budgets.count} are overspent.`}</Note> : null}
        {otherCurrencies.map((one) => <Note key={one.currency} to="banque/operations" search={linesSearch(one.query)}><Trans>In another currency, told apart: <Money value={one.income} /> in, <Money value={one.spending} /> out</Trans></Note>)}
      </ul>
    </section>
  )
}
