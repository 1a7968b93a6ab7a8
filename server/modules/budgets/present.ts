import type { Budget as BudgetJson, BudgetAlert, BudgetFigures, BudgetOverview, BudgetProgress } from '../../../contract/budgets.ts'
import { usedPercent } from '../../../core/budget/progress.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import { formatAmount, money, type MoneyJson, sum, toJson } from '../../../core/kernel/money.ts'
import type { Locale } from '../../../core/kernel/problem.ts'
import type { Context } from '../../platform/access/context.ts'
import { linesQuery } from './lines-query.ts'
import type { OverviewView, ProgressView } from './progress.ts'
import type { Alert, Budget, BudgetPeriodView, BudgetView } from './types.ts'

const amountIn = (currency: Currency) => (minor: bigint): MoneyJson => toJson(money(minor, currency))

function presentFigures({ span, sums, figures }: BudgetPeriodView, { categoryId, currency }: { readonly categoryId: string | null; readonly currency: Currency }): BudgetFigures {
  const amount = amountIn(currency)
  return {
    from: span.from, to: span.to, amount: amount(sums.amount), carried: amount(sums.carried), available: amount(sums.available), spent: amount(figures.spent), committed: amount(figures.committed),
    left: amount(figures.left), leftAfterCommitted: amount(figures.leftAfterCommitted), expected: amount(figures.expected), usedPercent: figures.usedPercent, elapsedPercent: figures.elapsedPercent, state: figures.state,
    query: linesQuery({ ...span, flow: 'spending', currency, ...(categoryId === null ? {} : { categoryId }) }),
  }
}

function presentDecided(budget: Budget, minor: bigint, currency: Currency): Omit<BudgetJson, 'current'> {
  const { id, name, categoryId, categoryName, period, startsOn, endsOn, carryOver, version, createdAt } = budget
  return { id, name, categoryId, categoryName, period, startsOn, endsOn, carryOver, amount: amountIn(currency)(minor), version, createdAt }
}

export function presentBudget(view: BudgetView, currency: Currency): BudgetJson {
  return { ...presentDecided(view, view.amount, currency), current: view.current && presentFigures(view.current, { categoryId: view.categoryId, currency }) }
}

export function presentProgress({ budget, period, road, byCategory, history }: ProgressView, currency: Currency): BudgetProgress {
  const amount = amountIn(currency)
  return {
    budget: presentDecided(budget, period.sums.amount, currency),
    figures: presentFigures(period, { categoryId: budget.categoryId, currency }),
    days: road.map(({ on, spent, expected, even }) => ({ on, spent: spent === null ? null : amount(spent), expected: expected === null ? null : amount(expected), even: amount(even) })),
    byCategory: byCategory.map(({ categoryId, name, spent, lines }) => ({ categoryId, name, spent: amount(spent), lines, query: linesQuery({ ...period.span, flow: 'spending', currency, categoryId }) })),
    commitments: period.expected.map(({ recurringId, name, dueOn, amount: due }) => ({ recurringId, name, dueOn, amount: amount(due) })),
    history: history.map(({ from, to, available, spent, left }) => ({ from, to, available: amount(available), spent: amount(spent), left: amount(left) })),
  }
}

const PERIODS = ['month', 'quarter', 'year', 'custom'] as const

export function presentOverview({ on, budgets, openAlerts, unbudgeted }: OverviewView, currency: Currency): BudgetOverview {
  const amount = amountIn(currency)
  const total = (rows: OverviewView['budgets'], of: (period: BudgetPeriodView) => bigint) => amount(sum(rows.map(({ current }) => of(current))))
  const count = (state: string) => budgets.filter(({ current }) => current.figures.state === state).length
  const over = count('over')
  return {
    on, items: budgets.map((view) => presentBudget(view, currency)),
    byPeriod: PERIODS.map((period) => ({ period, rows: budgets.filter((budget) => budget.period === period) })).filter(({ rows }) => rows.length > 0).map(({ period, rows }) => ({
      period, budgets: rows.length, available: total(rows, ({ sums }) => sums.available), spent: total(rows, ({ figures }) => figures.spent), committed: total(rows, ({ figures }) => figures.committed),
      left: total(rows, ({ figures }) => figures.left), expected: total(rows, ({ figures }) => figures.expected),
    })),
    counts: { onTrack: budgets.length - over - count('at_risk') - count('near'), atRisk: count('at_risk'), near: count('near'), over },
    adherencePercent: budgets.length === 0 ? null : Math.floor((budgets.length - over) * 100 / budgets.length),
    openAlerts,
    unbudgeted: { from: unbudgeted.from, to: unbudgeted.to, spent: amount(unbudgeted.spent), lines: unbudgeted.lines, query: linesQuery({ from: unbudgeted.from, to: unbudgeted.to, flow: 'spending', currency }) },
  }
}

/** Money in a sentence. */
export function moneyWords(minor: bigint, currency: Currency, locale: Locale): string {
  const [whole = '', fraction] = formatAmount(minor, currency).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, locale === 'fr' ? '\u202f' : ',')
  const number = fraction === undefined ? grouped : `${grouped}${locale === 'fr' ? ',' : '.'}${fraction}`
  const sign = currency === 'EUR' ? '€' : currency
  return locale === 'fr' ? `${number}\u00a0${sign}` : currency === 'EUR' ? `${sign}${number}`.replace('€-', '-€') : `${sign}\u00a0${number}`
}

function alertText({ budgetName, threshold, spent, available }: Alert, { currency, locale }: Pick<Context, 'currency' | 'locale'>): string {
  const [out, of, over] = [moneyWords(spent, currency, locale), moneyWords(available, currency, locale), moneyWords(spent - available, currency, locale)]
  const percent = usedPercent(spent, available)
  if (threshold === 100) return locale === 'fr' ? `Budget « ${budgetName} » dépassé de ${over} : ${out} dépensés sur ${of}.` : `Budget "${budgetName}" exceeded by ${over}: ${out} spent of ${of}.`
  return locale === 'fr' ? `Budget « ${budgetName} » utilisé à ${percent} % : ${out} dépensés sur ${of}.` : `Budget "${budgetName}" ${percent}% used: ${out} spent of ${of}.`
}

export function presentAlert(alert: Alert, reader: Pick<Context, 'currency' | 'locale'>): BudgetAlert {
  const amount = amountIn(reader.currency)
  return { ...alert, spent: amount(alert.spent), available: amount(alert.available), text: alertText(alert, reader) }
}
