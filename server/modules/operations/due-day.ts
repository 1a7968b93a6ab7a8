import { addDays, type LocalDate } from '../../../core/kernel/local-date.ts'
import type { Clock } from '../../platform/clock/clock.ts'

/** The hour of the morning work, on the clock of each company. */
export const MORNING_HOUR = 6

/**
 * The day whose morning has come in a time zone: today from six o'clock, yesterday before. A morning that is done late,
 * after midnight, still counts for its own day; a clock that goes back finds it done.
 */
export function dueDay(clock: Clock, timeZone: string): LocalDate {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(clock.now()))
  const today = clock.today(timeZone)
  return hour >= MORNING_HOUR ? today : addDays(today, -1)
}
