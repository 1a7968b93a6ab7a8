import { localDate, type LocalDate } from '../../../core/kernel/local-date.ts'

/** The only source of time of the server; tests give their own. */
export type Clock = {
  /** The present instant: audit, sessions and jobs only. Accounting takes a day. */
  readonly now: () => Date
  /** The calendar day it is in a time zone of the IANA database, such as Europe/Paris. Throws RangeError for a zone that does not exist. */
  readonly today: (timeZone: string) => LocalDate
}

/** Making a formatter costs more than using it a thousand times; zones are few. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function dayIn(timeZone: string, instant: Date): LocalDate {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: '2-digit', day: '2-digit' })
    formatters.set(timeZone, formatter)
  }
  const parts = new Map(formatter.formatToParts(instant).map((part) => [part.type, part.value]))
  return localDate(`${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`)
}

function clockOf(now: () => Date): Clock {
  return { now, today: (timeZone) => dayIn(timeZone, now()) }
}

/** The machine's clock. */
export const systemClock: Clock = clockOf(() => new Date())

/** A clock that stands still at an ISO instant, such as 2026-11-20T22:30:00Z. */
export function fixedClock(instant: string): Clock {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) throw new RangeError(`not an instant: ${instant}`)
  return clockOf(() => new Date(at))
}
