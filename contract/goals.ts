import { type Static, Type } from 'typebox'
import { AmountText, CurrencyCode, Day, Instant, Money, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'

const Name = Type.String({ minLength: 1, maxLength: 120 })
const Note = Type.String({ maxLength: 500 })
const AccountIds = Type.Array(Uuid, { maxItems: 20, uniqueItems: true, description: 'Bank accounts whose balances count, in the company\'s currency.' })

/** What someone decides of a savings goal. What is saved is the balance of the linked accounts and the contributions written by hand. */
export const NewGoal = Type.Object({
  name: Name,
  target: AmountText,
  targetOn: Type.Optional(nullable(Type.String({ ...Day, description: 'The day it must be reached; null for none.' }))),
  accountIds: Type.Optional(AccountIds),
  note: Type.Optional(Note),
})
export type NewGoal = Static<typeof NewGoal>
/** PUT replaces everything that was decided. */
export const GoalChange = NewGoal

export const GoalState = oneOf(['reached', 'on_track', 'late', 'undated'], 'on_track: at the present pace it is reached by its date. late: it is not, or the date is past. undated: it has no date to be late for.')
export const GoalAlertKind = oneOf(['reached', 'late', 'past_date', 'no_progress'])

export const Goal = Type.Object({
  id: Uuid, name: Type.String(), target: Money, targetOn: nullable(Day), note: Type.String(),
  accounts: Type.Array(Type.Object({ id: Uuid, name: Type.String(), balance: Money })),
  contributed: Type.Object({ ...Money.properties }, { description: 'By hand.' }),
  saved: Money,
  left: Type.Object({ ...Money.properties }, { description: 'Never negative.' }),
  percent: Type.Integer({ description: 'Saved over target, whole percent, rounded down.' }),
  monthlyEffort: nullable(Type.Object({ ...Money.properties }, { description: 'To put aside each month to be there on the date; null without a date, when it is reached, or when the date is past.' })),
  monthlyPace: nullable(Type.Object({ ...Money.properties }, { description: 'What is put aside each month of late, over 90 days at most; null when there are fewer than 14 days to judge by.' })),
  projectedOn: nullable(Type.String({ ...Day, description: 'The day it is reached at the present pace; null when it never is, or in more than fifty years.' })),
  reachedOn: nullable(Day),
  state: GoalState,
  alerts: Type.Array(Type.Object({ kind: GoalAlertKind, text: Type.String({ description: 'In the language of the request.' }) })),
  version: Type.Integer(), createdAt: Instant,
})
export type Goal = Static<typeof Goal>
export const GoalPage = page(Goal)
export const GoalQuery = Type.Object({ ...PageQuery, state: Type.Optional(oneOf(['open', 'reached', 'all'], 'all when absent.')) })
export type GoalQuery = Static<typeof GoalQuery>

export const NewContribution = Type.Object({
  amount: Type.String({ ...AmountText, description: 'Negative when it is taken back.' }),
  on: Type.Optional(Type.String({ ...Day, description: 'Today when absent; never later than today.' })),
  note: Type.Optional(Note),
})
export type NewContribution = Static<typeof NewContribution>
export const Contribution = Type.Object({ id: Uuid, amount: Money, on: Day, note: Type.String(), by: nullable(Type.String()), createdAt: Instant })
export type Contribution = Static<typeof Contribution>
export const ContributionParams = Type.Object({ id: Uuid, contributionId: Uuid })

/** A goal with its road: what was saved at the end of each week, and the contributions, latest first. */
export const GoalDetail = Type.Object({
  ...Goal.properties,
  history: Type.Array(Type.Object({ on: Day, saved: AmountText }), { description: 'Each week of the last year, in `currency`, oldest first.' }),
  currency: CurrencyCode,
  contributions: Type.Array(Contribution, { description: 'The latest hundred.' }),
})
export type GoalDetail = Static<typeof GoalDetail>
