import { addDays, daysBetween, type LocalDate } from '../kernel/local-date.ts'
import { sum } from '../kernel/money.ts'
import { divide } from '../kernel/rounding.ts'
import type { Span } from './period.ts'

export type BudgetState = 'upcoming' | 'on_track' | 'at_risk' | 'near' | 'over' | 'ended'

/** What was spent on one day, minor units. `recurring` is the part that comes back at known dates and says nothing of the daily pace. */
export type DaySpent = { readonly on: LocalDate; readonly spent: bigint; readonly recurring: bigint }

/** A payment that is expected and has not come, minor units, positive. */
export type Commitment = { readonly dueOn: LocalDate; readonly amount: bigint }

/** What is known of one period of a budget on a day. */
export type Standing = {
  readonly span: Span
  readonly today: LocalDate
  readonly available: bigint
  readonly days: readonly DaySpent[]
  readonly commitments: readonly Commitment[]
}

/** Where a period stands, minor units; percents are whole and rounded down. */
export type Figures = {
  readonly spent: bigint
  readonly committed: bigint
  readonly left: bigint
  readonly leftAfterCommitted: bigint
  readonly expected: bigint
  readonly usedPercent: number
  readonly elapsedPercent: number
  readonly state: BudgetState
}

/** Most of what a percentage shows: beyond it the figure says nothing more. */
const PERCENT_MAX = 999
const NEAR_PERCENT = 80

/** Days of the period that are gone, today included; 0 before it, all of them after it. */
function elapsedDays(span: Span, today: LocalDate): number {
  if (today < span.from) return 0
  return daysBetween(span.from, today > span.to ? span.to : today) + 1
}

function lengthOf(span: Span): number {
  return daysBetween(span.from, span.to) + 1
}

/** Spent over available in whole percent, rounded down: 0 when neither is anything, 999 at most. */
export function usedPercent(spent: bigint, available: bigint): number {
  if (spent <= 0n) return 0
  if (available <= 0n) return PERCENT_MAX
  const percent = spent * 100n / available
  return percent > BigInt(PERCENT_MAX) ? PERCENT_MAX : Number(percent)
}

/**
 * What the days left add at the pace of the days gone. What comes back at known dates is left out of the pace: it is counted at
 * its dates, by the commitments. Refunds that outweigh the rest slow the pace down to nothing, never below.
 */
function atPace({ span, today, days }: Standing, remaining: number): bigint {
  const gone = elapsedDays(span, today)
  if (gone === 0 || remaining <= 0) return 0n
  const daily = sum(days.map(({ spent, recurring }) => spent - recurring))
  return daily <= 0n ? 0n : divide(daily * BigInt(remaining), BigInt(gone), 'half-up')
}

function stateOf(standing: Standing, figures: Omit<Figures, 'state'>): BudgetState {
  const { span, today, available } = standing
  if (figures.spent > available) return 'over'
  if (today > span.to) return 'ended'
  if (today < span.from) return figures.committed > available ? 'at_risk' : 'upcoming'
  if (figures.expected > available || figures.leftAfterCommitted < 0n) return 'at_risk'
  return figures.usedPercent >= NEAR_PERCENT ? 'near' : 'on_track'
}

/** The figures of one period of a budget on a day. */
export function figuresOf(standing: Standing): Figures {
  const { span, today, available, days, commitments } = standing
  const spent = sum(days.map((day) => day.spent))
  const committed = sum(commitments.map(({ amount }) => amount))
  const left = available - spent
  const gone = elapsedDays(span, today)
  const figures = {
    spent, committed, left, leftAfterCommitted: left - committed,
    expected: spent + committed + atPace(standing, lengthOf(span) - gone),
    usedPercent: usedPercent(spent, available), elapsedPercent: Math.floor(gone * 100 / lengthOf(span)),
  }
  return { ...figures, state: stateOf(standing, figures) }
}

/** One day of the road of a period: what was spent up to it, what is expected from today on, and an even spread of what is available. */
export type DayProgress = { readonly on: LocalDate; readonly spent: bigint | null; readonly expected: bigint | null; readonly even: bigint }

/** The road of a period, day by day. The last day's `expected` is that of the figures, and its `even` is all that is available. */
export function roadOf(standing: Standing): DayProgress[] {
  const { span, today, available, days, commitments } = standing
  const byDay = new Map<string, bigint>()
  for (const { on, spent } of days) byDay.set(on, (byDay.get(on) ?? 0n) + spent)
  const length = lengthOf(span)
  const gone = elapsedDays(span, today)
  const spentNow = sum(days.map(({ spent }) => spent))
  let spent = 0n
  return Array.from({ length }, (_, index) => {
    const on = addDays(span.from, index)
    spent += byDay.get(on) ?? 0n
    const due = sum(commitments.filter(({ dueOn }) => dueOn <= on).map(({ amount }) => amount))
    const isAhead = on > today
    return {
      on, spent: isAhead ? null : spent,
      expected: on < today || gone > index + 1 ? null : isAhead ? spentNow + due + atPace(standing, index + 1 - gone) : spentNow,
      even: divide(available * BigInt(index + 1), BigInt(length), 'half-up'),
    }
  })
}
