import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Breakdown, TopMerchants } from '../../../contract/analytics.ts'
import { linesPath, linesSearch } from '../../lib/lines-search.ts'
import { useCompany } from '../../lib/company.tsx'
import { classes, CompanyLink, DateText, Money } from '../../ui/index.ts'
import { DayChart, PartBars, type ChartTone } from '../../ui/chart/index.ts'
import { CategoryParts, MerchantParts } from './breakdown-parts.tsx'
import { Change } from './change.tsx'
import { running } from './running.ts'

function Largest({ lines, wide }: { readonly lines: Breakdown['largest']; readonly wide: boolean }) {
  const { t } = useLingui()
  return (
    <section aria-label={t`Largest lines`} className="min-w-0">
      <h2 className="text-sm font-medium">{t`Largest lines`}</h2>
      <ul className={classes('mt-2 text-sm', wide && 'gap-x-12 wide:columns-2')}>
        {lines.map((line) => (
          <li key={line.lineId} className="break-inside-avoid border-b border-line">
            <CompanyLink look="bare" to={`banque/operations/${line.lineId}`} className="-mx-2 flex items-baseline gap-3 rounded-md px-2 py-1.5 hover:bg-sunken"><DateText day={line.bookedOn} /><span className="min-w-0 flex-1 truncate" title={line.label}>{line.label}</span><Money value={line.amount} /></CompanyLink>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Total({ breakdown, title }: { readonly breakdown: Breakdown; readonly title: string }) {
  const { t } = useLingui()
  const { total } = breakdown
  return (
    <div className="pb-6">
      <p className="text-sm text-muted">{title}</p>
      <p className="text-figure font-semibold tracking-tight"><CompanyLink look="bare" to="banque/operations" search={linesSearch(total.query)} className="hover:underline"><Money value={total.amount} /></CompanyLink></p>
      <p className="flex flex-wrap items-baseline gap-x-3 text-sm text-muted"><Change change={total.change} percent={total.changePercent} before={total.before} /><span>{total.lines === 1 ? t`1 bank line` : t`${total.lines} bank lines`}</span></p>
    </div>
  )
}

function Pair({ children }: { readonly children: ReactNode }) {
  return <div className="grid gap-x-12 gap-y-8 border-t border-line py-6 wide:grid-cols-2">{children}</div>
}

/** Where the money went, or came from: by category, by merchant, by account, day by day, and the largest lines. */
export function BreakdownView({ breakdown, merchants, direction }: { readonly breakdown: Breakdown; readonly merchants: TopMerchants; readonly direction: 'in' | 'out' }) {
  const { t } = useLingui()
  const { at } = useCompany()
  const { currency } = breakdown
  const tone: ChartTone = direction === 'in' ? 1 : 2
  const points = running(breakdown.days, breakdown.period, currency)
  // A category chosen is the whole: what one looks at is what stands in it.
  const tops = breakdown.categories.filter(({ depth }) => depth === 0)
  const shown = tops.length === 1 && breakdown.categories.length > 1 ? breakdown.categories.filter(({ depth }) => depth > 0) : tops
  return (
    <div>
      <Total breakdown={breakdown} title={direction === 'in' ? t`Came in` : t`Went out`} />
      {points.length > 1 ? <div className="border-t border-line py-6"><DayChart label={direction === 'in' ? t`Came in, day after day` : t`Went out, day after day`} currency={currency} height={180} series={[{ id: 'sum', name: t`Total`, tone, look: 'step', points }]} /></div> : null}
      <Pair>
        <CategoryParts label={t`By category`} currency={currency} figures={shown} tone={tone} />
        <div className="min-w-0">
          <MerchantParts label={t`By merchant`} currency={currency} figures={merchants.items} tone={tone} />
          {merchants.others ? <p className="mt-2 text-sm text-muted"><Trans>And {merchants.others.merchants} others: <Money value={merchants.others.total} className="text-ink" /></Trans></p> : null}
        </div>
      </Pair>
      {breakdown.accounts.length > 1 ? <Pair>
        <Largest lines={breakdown.largest} wide={false} />
        <PartBars label={t`By account`} nameHead={t`Account`} currency={currency} beforeName={t`the period before`} parts={breakdown.accounts.map((one) => ({ id: one.accountId, name: one.name, amount: one.total.amount, before: one.before.amount, to: at(linesPath(one.query)), tone }))} />
      </Pair> : <div className="border-t border-line py-6"><Largest lines={breakdown.largest} wide /></div>}
    </div>
  )
}
