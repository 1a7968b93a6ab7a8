import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { BudgetProgress } from '../../../contract/budgets.ts'
import { isNegative, isZero } from '../../lib/amounts.ts'
import { useCompany } from '../../lib/company.tsx'
import { todayHere } from '../../lib/format.ts'
import { linesPath } from '../../lib/lines-search.ts'
import { CompanyLink, DateText, Facts, Money } from '../../ui/index.ts'
import { DayChart, PartBars, type DaySeries } from '../../ui/chart/index.ts'
import { BudgetBar } from './budget-bar.tsx'
import { CARRY_WORDS, PERIOD_WORDS, STATES } from './words.ts'

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <section aria-label={title} className="border-t border-line py-4"><h3 className="mb-2 text-sm font-semibold">{title}</h3>{children}</section>
}

function Head({ figures, name }: { readonly figures: BudgetProgress['figures']; readonly name: string }) {
  const { t, i18n } = useLingui()
  const over = isNegative(figures.left)
  const beyond = { ...figures.left, amount: figures.left.amount.replace('-', '') }
  return (
    <div className="pb-4">
      <p className="text-xs text-muted"><Trans>Spent from <DateText day={figures.from} /> to <DateText day={figures.to} /></Trans></p>
      <p className="mt-0.5 text-figure font-semibold"><CompanyLink look="bare" to={linesPath(figures.query)} className="hover:underline"><Money value={figures.spent} /></CompanyLink></p>
      <p className="mb-3 text-sm text-muted"><Trans>of <Money value={figures.available} className="text-ink" /></Trans> · {over ? <span className="text-red"><Trans>overspent by <Money value={beyond} /></Trans></span> : <Trans>left <Money value={figures.left} className="text-ink" /></Trans>}</p>
      <BudgetBar figures={figures} label={name} thick />
      <p className="mt-2.5 text-sm text-muted">{i18n._(STATES[figures.state].means)} {figures.elapsedPercent < 100 ? <Trans>Expected at the end: <Money value={figures.expected} className="text-ink" />.</Trans> : null}</p>
    </div>
  )
}

function useSeries({ days }: BudgetProgress): readonly DaySeries[] {
  const { t } = useLingui()
  const points = (of: (day: BudgetProgress['days'][number]) => { readonly amount: string } | null) => days.flatMap((day) => { const money = of(day); return money ? [{ on: day.on, amount: money.amount }] : [] })
  return [
    { id: 'even', name: t`Even`, tone: 6, points: points(({ even }) => even) },
    { id: 'spent', name: t`Spent`, tone: 1, look: 'step', points: points(({ spent }) => spent) },
    { id: 'expected', name: t`Expected`, tone: 2, look: 'dashed', points: points(({ expected }) => expected) },
  ]
}

function Commitments({ progress }: { readonly progress: BudgetProgress }) {
  const { t } = useLingui()
  return (
    <Part title={t`Known to come`}>
      <ul className="text-sm">{progress.commitments.map((one) => <li key={`${one.recurringId} ${one.dueOn}`} className="flex items-baseline gap-3 border-b border-line py-1.5 last:border-b-0"><DateText day={one.dueOn} relative className="w-28 shrink-0 text-muted" /><span className="min-w-0 flex-1 truncate">{one.name}</span><Money value={one.amount} /></li>)}</ul>
    </Part>
  )
}

function History({ progress }: { readonly progress: BudgetProgress }) {
  const { t } = useLingui()
  return (
    <Part title={t`Periods before`}>
      <table className="w-full text-sm">
        <thead className="text-xs text-muted"><tr><th scope="col" className="pb-1 text-left font-medium">{t`From`}</th><th scope="col" className="pb-1 text-right font-medium">{t`Available`}</th><th scope="col" className="pb-1 text-right font-medium">{t`Spent`}</th><th scope="col" className="pb-1 text-right font-medium">{t`Left`}</th></tr></thead>
        <tbody>{progress.history.map((one) => <tr key={one.from} className="border-t border-line"><td className="py-1"><DateText day={one.from} /></td><td className="py-1 text-right"><Money value={one.available} /></td><td className="py-1 text-right"><Money value={one.spent} /></td><td className={isNegative(one.left) ? 'py-1 text-right text-red' : 'py-1 text-right'}><Money value={one.left} /></td></tr>)}</tbody>
      </table>
    </Part>
  )
}

/** A budget and how it goes: the figures first, then why. */
export function BudgetDetail({ progress }: { readonly progress: BudgetProgress }) {
  const { t, i18n } = useLingui()
  const { at } = useCompany()
  const { budget, figures } = progress
  const today = todayHere()
  const series = useSeries(progress)
  return (
    <div>
      <Head figures={figures} name={budget.name} />
      {progress.days.length > 1 ? <div className="border-t border-line py-4"><DayChart label={t`Day by day`} currency={figures.amount.currency} height={180} series={series} mark={figures.from <= today && today <= figures.to ? { on: today, name: t`today` } : undefined} /></div> : null}
      {progress.byCategory.length > 0 ? <div className="border-t border-line py-4"><PartBars label={t`By category`} nameHead={t`Category`} currency={figures.amount.currency} parts={progress.byCategory.map((one) => ({ id: one.categoryId ?? '', name: one.name ?? t`Without a category`, amount: one.spent.amount, to: at(linesPath(one.query)) }))} /></div> : null}
      {progress.commitments.length > 0 ? <Commitments progress={progress} /> : null}
      {progress.history.length > 0 ? <History progress={progress} /> : null}
      <Part title={t`What was decided`}>
        <Facts items={[
          { name: t`Category`, value: budget.categoryId ? <CompanyLink to={`banque/categories/${budget.categoryId}`}>{budget.categoryName}</CompanyLink> : t`All spending` },
          { name: t`Amount`, value: <><Money value={budget.amount} /> <span className="text-muted">{i18n._(PERIOD_WORDS[budget.period]).toLowerCase()}</span></> },
          ...(budget.period === 'custom' ? [] : [{ name: t`To the next period`, value: i18n._(CARRY_WORDS[budget.carryOver]) }]),
          ...(isZero(figures.carried) ? [] : [{ name: t`Carried over`, value: <Money value={figures.carried} signed /> }]),
          ...(budget.endsOn && budget.period !== 'custom' ? [{ name: t`Until`, value: <DateText day={budget.endsOn} /> }] : []),
        ]}
        />
      </Part>
    </div>
  )
}
