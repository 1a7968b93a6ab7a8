import { describe, expect, it } from 'vitest'
import { calendarOf, dayBeside, type CalendarDay } from './calendar.ts'

const day = (on: string, state: CalendarDay['state'] = 'proven'): CalendarDay => ({ on, state, lineCount: 1 })
const days = Array.from({ length: 60 }, (_, n) => day(new Date(Date.UTC(2026, 0, 15 + n)).toISOString().slice(0, 10)))

describe('the calendar of an account', () => {
  it('has a row a month, the latest first, and leaves out what the range does not hold', () => {
    const months = calendarOf(days)
    expect(months.map(({ month, days: each }) => [month, each.length])).toEqual([['2026-03-01', 31], ['2026-02-01', 28], ['2026-01-01', 31]])
    expect([months[2]!.days[13]?.on, months[2]!.days[14]?.on, months[0]!.days[14]?.on, months[0]!.days[15]?.on]).toEqual([undefined, '2026-01-15', '2026-03-15', undefined])
    expect(calendarOf([])).toEqual([])
  })
  it('is walked by the arrows without leaving the range', () => {
    const from = (on: string, key: string) => dayBeside(on, key, days)
    expect([from('2026-02-01', 'ArrowLeft'), from('2026-02-28', 'ArrowRight'), from('2026-02-10', 'ArrowUp'), from('2026-02-20', 'ArrowDown')]).toEqual(['2026-01-31', '2026-03-01', '2026-03-10', '2026-01-20'])
    expect([from('2026-01-20', 'ArrowDown'), from('2026-03-10', 'ArrowUp'), from('2026-02-01', 'Home'), from('2026-02-01', 'End'), from('2026-02-01', 'a')]).toEqual(['2026-01-15', '2026-03-15', '2026-01-15', '2026-03-15', undefined])
  })
})
