import { addDays, daysBetween, type LocalDate } from '../kernel/local-date.ts'
import { divide } from '../kernel/rounding.ts'

export type GoalState = 'reached' | 'on_track' | 'late' | 'undated'
export type GoalAlert = 'reached' | 'late' | 'past_date' | 'no_progress'

/** What was put aside at the end of a day, minor units. */
export type SavedOn = { readonly on: LocalDate; readonly saved: bigint }

/** A goal and what is known of it: amounts in minor units, `history` in order of day, its last day being today. */
export type GoalStanding = {
  readonly target: bigint
  readonly targetOn: LocalDate | null
  readonly startedOn: LocalDate
  readonly history: readonly SavedOn[]
  readonly today: LocalDate
}

export type GoalFigures = {
  readonly saved: bigint
  readonly left: bigint
  readonly percent: number
  readonly monthlyEffort: bigint | null
  readonly monthlyPace: bigint | null
  readonly projectedOn: LocalDate | null
  readonly state: GoalState
  readonly alerts: readonly GoalAlert[]
}

/** A twelfth of 365.25 days, in ten-thousandths of a day. */
const MONTH = 304_375n
const SCALE = 10_000n
/** The pace is that of the last days, so that an old habit does not hide a new one. */
export const PACE_DAYS = 90
/** Fewer days than these say nothing of a pace. */
const PACE_DAYS_MIN = 14
const STILL_DAYS = 30
const YEARS_AHEAD_DAYS = 18_262
const PERCENT_MAX = 9_999n

type Pace = { readonly gained: bigint; readonly days: number }

/** What was gained over the days the pace is judged by; null when they are too few. */
function paceOf({ history, startedOn, today }: GoalStanding): Pace | null {
  const since = addDays(today, -PACE_DAYS)
  const start = history.findLast(({ on }) => on <= (since > startedOn ? since : startedOn)) ?? history[0]
  const end = history.at(-1)
  if (!start || !end) return null
  const days = daysBetween(start.on > startedOn ? start.on : startedOn, today)
  return days < PACE_DAYS_MIN ? null : { gained: end.saved - start.saved, days }
}

/** Rounded up: paying it each month is enough. All of what is left when the date is less than a month away. */
function effortOf(left: bigint, days: number): bigint {
  const perMonth = (left * MONTH + BigInt(days) * SCALE - 1n) / (BigInt(days) * SCALE)
  return perMonth < left ? perMonth : left
}

function projectionOf(left: bigint, pace: Pace | null, today: LocalDate): LocalDate | null {
  if (!pace || pace.gained <= 0n) return null
  const days = (left * BigInt(pace.days) + pace.gained - 1n) / pace.gained
  return days > BigInt(YEARS_AHEAD_DAYS) ? null : addDays(today, Number(days))
}

/**
 * The figures of a savings goal: what is left, what it asks for each month until its date, the pace of late and the day it leads to.
 * A goal is late when its date is past, or when at its pace it will be; before fourteen days there is no pace to be late by.
 */
export function goalFigures(standing: GoalStanding): GoalFigures {
  const { target, targetOn, today, startedOn } = standing
  const saved = standing.history.at(-1)?.saved ?? 0n
  const isReached = saved >= target
  const left = isReached ? 0n : target - saved
  const pace = paceOf(standing)
  const projectedOn = isReached ? null : projectionOf(left, pace, today)
  const isPast = targetOn !== null && targetOn < today
  const isLate = !isReached && targetOn !== null && (isPast || (pace !== null && (projectedOn === null || projectedOn > targetOn)))
  const isStill = !isReached && pace !== null && pace.gained <= 0n && daysBetween(startedOn, today) >= STILL_DAYS
  const percent = saved <= 0n ? 0n : saved * 100n / target
  return {
    saved, left, percent: Number(percent > PERCENT_MAX ? PERCENT_MAX : percent),
    monthlyEffort: isReached || targetOn === null || targetOn <= today ? null : effortOf(left, daysBetween(today, targetOn)),
    monthlyPace: pace && divide(pace.gained * MONTH, BigInt(pace.days) * SCALE, 'half-up'),
    projectedOn,
    state: isReached ? 'reached' : targetOn === null ? 'undated' : isLate ? 'late' : 'on_track',
    alerts: isReached ? ['reached'] : [...(isPast ? ['past_date' as const] : isLate ? ['late' as const] : []), ...(isStill ? ['no_progress' as const] : [])],
  }
}
