import type { AnalyticsOverview, Breakdown, CategoryFigure, Compared, MerchantFigure, OtherCurrency, TopMerchants, Trends } from '../../../contract/analytics.ts'
import { changePercent, sharePercent } from '../../../core/analytics/compare.ts'
import type { Sums, TreeSums } from '../../../core/analytics/tree.ts'
import { currency as currencyOf } from '../../../core/kernel/currency.ts'
import { daysBetween, type LocalDate } from '../../../core/kernel/local-date.ts'
import { money, type MoneyJson, toJson } from '../../../core/kernel/money.ts'
import { linesQuery } from '../budgets/index.ts'
import type { BreakdownView, TopMerchantsView } from './breakdown.ts'
import type { OverviewView } from './overview.ts'
import { wantedOf } from './scope.ts'
import type { TrendsView } from './trends.ts'
import type { Flow, Head, MerchantSums, Scope } from './types.ts'

type Amount = (minor: bigint) => MoneyJson

const amountOf = ({ currency }: Scope): Amount => (minor) => toJson(money(minor, currencyOf(currency)))

const change = ({ now, before }: Pick<Sums, 'now' | 'before'>, amount: Amount) => ({ before: amount(before), change: amount(now - before), changePercent: changePercent(now, before) })

function compared(sums: Sums, scope: Scope, flow: Flow | 'counted'): Compared {
  const amount = amountOf(scope)
  return { amount: amount(sums.now), ...change(sums, amount), lines: sums.lines, query: linesQuery(wantedOf(scope, { flow })) }
}

function presentHead({ scope, foreign }: Head): { period: Breakdown['period']; previous: Breakdown['previous']; currency: string; otherCurrencies: OtherCurrency[] } {
  const { from, to, days, previous } = scope.window
  return {
    period: { from, to, days }, previous: { ...previous, days: daysBetween(previous.from, previous.to) + 1 }, currency: scope.currency,
    otherCurrencies: foreign.map(({ currency, income, spending, lines }) => {
      const amount = amountOf({ ...scope, currency })
      return { currency, income: amount(income), spending: amount(spending), net: amount(income - spending), lines, query: linesQuery(wantedOf(scope, { currency, flow: 'counted' })) }
    }),
  }
}

function presentCategory({ node, depth, own, total }: TreeSums, { scope, flow, whole }: { readonly scope: Scope; readonly flow: Flow; readonly whole: bigint }): CategoryFigure {
  const amount = amountOf(scope)
  return {
    categoryId: node?.id ?? null, name: node?.name ?? null, parentId: node?.parentId ?? null, depth, own: amount(own.now), total: amount(total.now), ...change(total, amount),
    sharePercent: sharePercent(total.now, whole), lines: total.lines, query: linesQuery(wantedOf(scope, { flow, categoryId: node?.id ?? null })),
  }
}

function presentMerchant(sums: MerchantSums, { scope, flow, whole }: { readonly scope: Scope; readonly flow: Flow; readonly whole: bigint }): MerchantFigure {
  const amount = amountOf(scope)
  return {
    merchantId: sums.id, name: sums.name, total: amount(sums.now), ...change(sums, amount), sharePercent: sharePercent(sums.now, whole), lines: sums.lines, lastOn: sums.lastOn,
    query: linesQuery(wantedOf(scope, { flow, merchantId: sums.id })),
  }
}

export function presentAnalyticsOverview(view: OverviewView): AnalyticsOverview {
  const { scope, income, spending, budgets, recurring } = view
  const amount = amountOf(scope)
  const of = { scope, flow: 'spending' as const, whole: spending.now }
  const net: Sums = { now: income.now - spending.now, before: income.before - spending.before, lines: income.lines + spending.lines }
  return {
    ...presentHead(view), balance: { total: amount(view.balance.total), accounts: view.balance.accounts },
    income: compared(income, scope, 'income'), spending: compared(spending, scope, 'spending'), net: compared(net, scope, 'counted'), savedPercent: income.now > 0n ? sharePercent(net.now, income.now) : null,
    topCategories: view.topCategories.map((row) => presentCategory(row, of)), topMerchants: view.topMerchants.map((row) => presentMerchant(row, of)),
    uncategorised: { total: amount(view.uncategorised.total), lines: view.uncategorised.lines, query: linesQuery(wantedOf(scope, { flow: 'counted', categoryId: null })) },
    budgets: budgets && { ...budgets, adherencePercent: Math.floor((budgets.count - budgets.over) * 100 / budgets.count) },
    recurring: { spending: amount(recurring.spending), income: amount(recurring.income), count: recurring.count },
    days: view.days.map((day) => ({ on: day.on, income: amount(day.income), spending: amount(day.spending) })),
  }
}

export function presentBreakdown(view: BreakdownView): Breakdown {
  const { scope, flow, total } = view
  const amount = amountOf(scope)
  const of = { scope, flow, whole: total.now }
  return {
    ...presentHead(view), total: compared(total, scope, flow), categories: view.categories.map((row) => presentCategory(row, of)),
    accounts: view.accounts.map(({ accountId, name, now, before, lines }) => ({ accountId, name, total: amount(now), before: amount(before), sharePercent: sharePercent(now, total.now), lines, query: linesQuery(wantedOf(scope, { flow, accountId })) })),
    merchants: view.merchants.map((row) => presentMerchant(row, of)), days: view.days.map(({ on, total: spent }) => ({ on, total: amount(spent) })),
    largest: view.largest.map((line) => ({ lineId: line.lineId, bookedOn: line.bookedOn, label: line.label, amount: amount(line.amount) })),
  }
}

export function presentTrends({ interval, points, averages, categories, ...head }: TrendsView): Trends {
  const { scope } = head
  const amount = amountOf(scope)
  const flows = ({ income, spending }: { readonly income: bigint; readonly spending: bigint }) => ({ income: amount(income), spending: amount(spending), net: amount(income - spending) })
  const query = (from: LocalDate, to: LocalDate) => linesQuery(wantedOf(scope, { from, to, flow: 'counted' }))
  return {
    ...presentHead(head), interval,
    points: points.map((point) => ({ from: point.from, to: point.to, isWhole: point.isWhole, ...flows(point), lines: point.lines, query: query(point.from, point.to) })),
    averages: averages && { points: averages.points, ...flows(averages) },
    categories: categories.map(({ categoryId, name, spending }) => ({ categoryId, name, spending: spending.map(amount) })),
  }
}

export function presentTopMerchants({ flow, total, items, others, ...head }: TopMerchantsView): TopMerchants {
  const { scope } = head
  const amount = amountOf(scope)
  return {
    ...presentHead(head), direction: flow === 'income' ? 'in' : 'out', total: amount(total), items: items.map((row) => presentMerchant(row, { scope, flow, whole: total })),
    others: others && { ...others, total: amount(others.total) },
  }
}
