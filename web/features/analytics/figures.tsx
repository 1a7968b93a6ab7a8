import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { AnalyticsOverview, Compared } from '../../../contract/analytics.ts'
import { formatDecimal } from '../../lib/format.ts'
import { linesSearch } from '../../lib/lines-search.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { CompanyLink, Money, Tooltip } from '../../ui/index.ts'
import { Change } from './change.tsx'

function Figure({ label, made, compared, detail }: { readonly label: string; readonly made: string; readonly compared: Compared; readonly detail?: ReactNode }) {
  return (
    <Tooltip text={made}>
      <CompanyLink look="bare" to="banque/operations" search={linesSearch(compared.query)} className="group block min-w-0 py-2.5 desk:py-3 wide:px-6 wide:first:pl-0">
        <span className="block text-sm text-muted group-hover:text-ink">{label}</span>
        <span className="mt-1 block text-title font-semibold tracking-tight desk:text-[1.625rem] desk:leading-8"><Money value={compared.amount} /></span>
        <span className="mt-1 block">{detail ?? <Change change={compared.change} percent={compared.changePercent} before={compared.before} />}</span>
      </CompanyLink>
    </Tooltip>
  )
}

/** What came in, what went out, what is left of it; each opens its lines. */
export function Figures({ overview }: { readonly overview: AnalyticsOverview }) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const { income, spending, net, savedPercent, balance } = overview
  const kept = savedPercent === null ? null : formatDecimal(savedPercent, 1, locale)
  return (
    <div className="grid grid-cols-2 gap-x-4 border-b border-line desk:gap-x-0 wide:grid-cols-4 wide:divide-x wide:divide-line">
      <Figure label={t`Came in`} made={t`Money in over the period, in your currency, transfers between your own accounts left out.`} compared={income} />
      <Figure label={t`Went out`} made={t`Money out over the period, refunds taken off, transfers between your own accounts left out.`} compared={spending} />
      <Figure label={t`What is left of it`} made={t`What came in less what went out.`} compared={net} detail={kept === null ? undefined : <span className="text-sm text-muted">{t`${kept} % of what came in`}</span>} />
      <CompanyLink look="bare" to="banque/comptes" className="group block min-w-0 py-2.5 desk:py-3 wide:px-6">
        <span className="block text-sm text-muted group-hover:text-ink">{t`In the bank today`}</span>
        <span className="mt-1 block text-title font-semibold tracking-tight desk:text-[1.625rem] desk:leading-8"><Money value={balance.total} /></span>
        <span className="mt-1 block text-sm text-muted">{balance.accounts === 1 ? t`on 1 account` : t`on ${balance.accounts} accounts`}</span>
      </CompanyLink>
    </div>
  )
}
