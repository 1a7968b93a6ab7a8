import { type Static, Type } from 'typebox'
import { AmountText, Day, Instant, Money, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'

export const BudgetPeriod = oneOf(['month', 'quarter', 'year', 'custom'], 'month, quarter and year are those of the calendar and come back. custom: once, from `startsOn` to `endsOn`.')
export const CarryOver = oneOf(['none', 'left', 'overspent', 'both'], 'What a period hands to the next one: nothing, what is left, what was overspent, or both.')
const Name = Type.String({ minLength: 1, maxLength: 120 })

const fields = {
  name: Name,
  categoryId: nullable(Type.String({ format: 'uuid', description: 'The category, its sub-categories included; null for all spending.' })),
  period: BudgetPeriod,
  startsOn: Day,
  endsOn: nullable(Type.String({ ...Day, description: 'A day of the last period; null for no end. The last day when the period is custom, and then required.' })),
  carryOver: CarryOver,
}

/** What someone decides of a budget. The amount is for one period, in the company's currency. */
export const NewBudget = Type.Object({
  name: Name, categoryId: fields.categoryId, period: BudgetPeriod, amount: AmountText,
  startsOn: Type.Optional(Type.String({ ...Day, description: 'A day of the first period; today when absent. The first day when the period is custom, and then required.' })),
  endsOn: Type.Optional(fields.endsOn),
  carryOver: Type.Optional(CarryOver),
})
export type NewBudget = Static<typeof NewBudget>

export const BudgetState = oneOf(['upcoming', 'on_track', 'at_risk', 'near', 'over', 'ended'],
  'over: more is spent than there is. at_risk: at today\'s pace, or with what is already known to come, it will be. near: 80 % is spent, and it should hold. on_track: it holds. ended: the period is past and it held.')

/** One period of a budget in figures. `available` is the amount and what earlier periods carried over. */
export const BudgetFigures = Type.Object({
  from: Day, to: Day,
  amount: Money,
  carried: Type.Object({ ...Money.properties }, { description: 'From earlier periods; negative when they overspent.' }),
  available: Money,
  spent: Type.Object({ ...Money.properties }, { description: 'Booked so far, refunds taken off.' }),
  committed: Type.Object({ ...Money.properties }, { description: 'Recurring payments still to come in the period.' }),
  left: Type.Object({ ...Money.properties }, { description: 'available less spent; negative when overspent.' }),
  leftAfterCommitted: Money,
  expected: Type.Object({ ...Money.properties }, { description: 'What will be spent at the end of the period at today\'s pace: recurring payments at their dates, the rest by the day.' }),
  usedPercent: Type.Integer({ description: 'Spent over available, whole percent, rounded down; 100 and more when over. 0 when nothing is available and nothing spent, 999 when nothing is available and something spent.' }),
  elapsedPercent: Type.Integer({ description: 'Days gone over days of the period.' }),
  state: BudgetState,
  query: Type.String({ description: 'The query of the list of bank lines that shows these lines.' }),
})
export type BudgetFigures = Static<typeof BudgetFigures>

export const Budget = Type.Object({
  id: Uuid, ...fields, amount: Money,
  categoryName: nullable(Type.String()),
  version: Type.Integer(), createdAt: Instant,
  current: nullable(Type.Object({ ...BudgetFigures.properties }, { description: 'The period of today; null when no period of the budget contains today.' })),
})
export type Budget = Static<typeof Budget>
export const BudgetPage = page(Budget)
export const BudgetQuery = Type.Object({ ...PageQuery, categoryId: Type.Optional(Uuid), period: Type.Optional(BudgetPeriod) })
export type BudgetQuery = Static<typeof BudgetQuery>

/** PUT replaces everything that was decided. */
export const BudgetChange = NewBudget
export const ProgressQuery = Type.Object({ on: Type.Optional(Type.String({ ...Day, description: 'A day of the period wanted; today when absent.' })) })
export type ProgressQuery = Static<typeof ProgressQuery>

const Commitment = Type.Object({ recurringId: Uuid, name: Type.String(), dueOn: Day, amount: Money })

export const BudgetProgress = Type.Object({
  budget: Type.Omit(Budget, ['current']),
  figures: BudgetFigures,
  days: Type.Array(Type.Object({
    on: Day,
    spent: nullable(Type.Object({ ...Money.properties }, { description: 'Spent from the first day to this one; null after today.' })),
    expected: nullable(Type.Object({ ...Money.properties }, { description: 'From today on, at today\'s pace; null before.' })),
    even: Type.Object({ ...Money.properties }, { description: 'What would be spent if the amount were spread evenly.' }),
  })),
  byCategory: Type.Array(Type.Object({ categoryId: nullable(Uuid), name: nullable(Type.String({ description: 'null: without a category.' })), spent: Money, lines: Type.Integer(), query: Type.String() })),
  commitments: Type.Array(Commitment, { description: 'Recurring payments expected in what remains of the period, soonest first.' }),
  history: Type.Array(Type.Object({ from: Day, to: Day, available: Money, spent: Money, left: Money }), { description: 'The periods before, latest first, at most twelve.' }),
})
export type BudgetProgress = Static<typeof BudgetProgress>

/** Raised once for a budget, a period and a threshold. */
export const BudgetAlert = Type.Object({
  id: Uuid, budgetId: Uuid, budgetName: Type.String(), categoryId: nullable(Uuid), categoryName: nullable(Type.String()),
  from: Day, to: Day, threshold: Type.Unsafe<80 | 100>({ type: 'integer', enum: [80, 100], description: 'Percent of what is available: 80 once so much is spent, 100 once more is spent than there is.' }),
  spent: Money, available: Money,
  lineId: nullable(Type.String({ format: 'uuid', description: 'The bank line that crossed the threshold; null when it is no longer there.' })),
  text: Type.String({ description: 'In the language of the request.' }),
  raisedAt: Instant, dismissedAt: nullable(Instant), dismissedBy: nullable(Type.String()),
})
export type BudgetAlert = Static<typeof BudgetAlert>
export const BudgetAlertPage = page(BudgetAlert)
export const BudgetAlertQuery = Type.Object({ ...PageQuery, state: Type.Optional(oneOf(['open', 'dismissed', 'all'], 'open when absent.')), budgetId: Type.Optional(Uuid) })
export type BudgetAlertQuery = Static<typeof BudgetAlertQuery>

const PeriodTotals = Type.Object({ period: BudgetPeriod, budgets: Type.Integer(), available: Money, spent: Money, committed: Money, left: Money, expected: Money })

/** Every budget at a glance. Totals are by kind of period: a month and a year are not added. */
export const BudgetOverview = Type.Object({
  on: Day,
  items: Type.Array(Budget, { description: 'Those with a period that contains the day, most used first.' }),
  byPeriod: Type.Array(PeriodTotals),
  counts: Type.Object({ onTrack: Type.Integer(), atRisk: Type.Integer(), near: Type.Integer(), over: Type.Integer() }),
  adherencePercent: nullable(Type.Integer({ description: 'Share of the budgets that are not overspent; null without a budget.' })),
  openAlerts: Type.Integer(),
  unbudgeted: Type.Object({ from: Day, to: Day, spent: Money, lines: Type.Integer(), query: Type.String() }, { description: 'Spent this month in categories that no budget counts.' }),
})
export type BudgetOverview = Static<typeof BudgetOverview>
export const OverviewQuery = ProgressQuery

export const BudgetReportQuery = Type.Object({
  format: Type.Optional(oneOf(['csv', 'xlsx'], 'csv when absent.')),
  from: Type.Optional(Type.String({ ...Day, description: 'Periods that end on this day or later; the first of January when absent.' })),
  to: Type.Optional(Type.String({ ...Day, description: 'Periods that begin on this day or earlier; today when absent.' })),
})
export type BudgetReportQuery = Static<typeof BudgetReportQuery>
