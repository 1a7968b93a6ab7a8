import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, fromEpochDay, localDate, toEpochDay } from '../kernel/local-date.ts'
import { sum } from '../kernel/money.ts'
import { crossed, crossingLine } from './alert.ts'
import { amountOn, followCarry } from './carry.ts'
import { calendarSpan, periodAt, periodBefore, periodsUpTo, periodsWithin, type Schedule } from './period.ts'
import { figuresOf, roadOf, usedPercent, type Standing } from './progress.ts'

const d = localDate
const monthly: Schedule = { period: 'month', startsOn: d('2026-09-15'), endsOn: null }

describe('the periods of a budget', () => {
  it('are whole calendar months, quarters and years', () => {
    expect(calendarSpan('month', d('2028-02-10'))).toEqual({ from: '2028-02-01', to: '2028-02-29' })
    expect(calendarSpan('quarter', d('2026-11-20'))).toEqual({ from: '2026-10-01', to: '2026-12-31' })
    expect(calendarSpan('quarter', d('2026-03-31'))).toEqual({ from: '2026-01-01', to: '2026-03-31' })
    expect(calendarSpan('year', d('2026-11-20'))).toEqual({ from: '2026-01-01', to: '2026-12-31' })
  })
  it('begin with the one that holds the first day, and end with the one that holds the last', () => {
    expect(periodAt(monthly, d('2026-08-31'))).toBeUndefined()
    expect(periodAt(monthly, d('2026-09-01'))).toEqual({ from: '2026-09-01', to: '2026-09-30' })
    const ended: Schedule = { ...monthly, endsOn: d('2026-10-02') }
    expect([periodAt(ended, d('2026-10-31')), periodAt(ended, d('2026-11-01'))]).toEqual([{ from: '2026-10-01', to: '2026-10-31' }, undefined])
  })
  it('is one span when the dates are of its own', () => {
    const custom: Schedule = { period: 'custom', startsOn: d('2026-06-10'), endsOn: d('2026-07-05') }
    expect(periodAt(custom, d('2026-07-05'))).toEqual({ from: '2026-06-10', to: '2026-07-05' })
    expect([periodAt(custom, d('2026-07-06')), periodBefore(custom, { from: d('2026-06-10'), to: d('2026-07-05') })]).toEqual([undefined, undefined])
  })
  it('follow each other without a gap, whatever the year', () => {
    const day = fc.integer({ min: toEpochDay(d('2019-01-01')), max: toEpochDay(d('2030-12-31')) }).map(fromEpochDay)
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 1_500 }), fc.constantFrom('month' as const, 'quarter' as const, 'year' as const), (startsOn, later, period) => {
      const schedule: Schedule = { period, startsOn, endsOn: null }
      const today = addDays(startsOn, later)
      const spans = periodsUpTo(schedule, periodAt(schedule, today)!)
      expect(spans[0]!.from <= startsOn && spans.at(-1)!.to >= today).toBe(true)
      for (const [index, span] of spans.entries()) if (index > 0) expect(addDays(spans[index - 1]!.to, 1)).toBe(span.from)
    }), { numRuns: 60 })
  })
  it('are those that touch the days asked for', () => {
    expect(periodsWithin(monthly, { from: d('2026-01-01'), to: d('2026-10-15') }).map(({ from }) => from)).toEqual(['2026-09-01', '2026-10-01'])
    expect(periodsWithin({ ...monthly, endsOn: d('2026-09-20') }, { from: d('2026-09-30'), to: d('2026-12-31') }).map(({ from }) => from)).toEqual(['2026-09-01'])
    expect(periodsWithin(monthly, { from: d('2026-01-01'), to: d('2026-08-31') })).toEqual([])
  })
})

describe('what a period hands to the next', () => {
  // 100.00 a month; 80, 150 and 70 spent: worked out on paper.
  const months = [8_000n, 15_000n, 7_000n, 0n].map((spent) => ({ amount: 10_000n, spent }))
  it.each([
    ['none', [0n, 0n, 0n, 0n]],
    ['left', [0n, 2_000n, 0n, 3_000n]],
    ['overspent', [0n, 0n, -5_000n, -2_000n + 0n]],
    ['both', [0n, 2_000n, -3_000n, 0n]],
  ] as const)('with %s', (policy, carried) => {
    expect(followCarry(policy, months).map((sums) => sums.carried)).toEqual(carried)
  })
  it('loses no cent when everything is handed on', () => {
    fc.assert(fc.property(fc.array(fc.record({ amount: fc.bigInt(0n, 10n ** 9n), spent: fc.bigInt(-(10n ** 8n), 10n ** 9n) }), { minLength: 1, maxLength: 30 }), (periods) => {
      const last = followCarry('both', periods).at(-1)!
      expect(last.left).toBe(sum(periods.map(({ amount }) => amount)) - sum(periods.map(({ spent }) => spent)))
    }))
  })
  it('keeps the amount that was decided at the time', () => {
    const amounts = [{ from: d('2026-11-01'), amount: 300n }, { from: d('2026-09-01'), amount: 100n }]
    expect(['2026-08-01', '2026-09-01', '2026-10-01', '2026-11-01', '2027-01-01'].map((day) => amountOn(amounts, d(day)))).toEqual([100n, 100n, 100n, 300n, 300n])
  })
})

const november: Standing = { span: { from: d('2026-11-01'), to: d('2026-11-30') }, today: d('2026-11-10'), available: 100_000n, days: [], commitments: [] }
const day = (on: string, spent: bigint, recurring = 0n) => ({ on: d(on), spent, recurring })

describe('where a period stands', () => {
  it('counts recurring payments at their dates and the rest by the day', () => {
    // 200.00 of daily life in ten days is 400.00 for the twenty left; the rent of 500.00 came, insurance of 60.00 will.
    const figures = figuresOf({ ...november, days: [day('2026-11-02', 50_000n, 50_000n), day('2026-11-09', 20_000n)], commitments: [{ dueOn: d('2026-11-25'), amount: 6_000n }] })
    expect(figures).toEqual({
      spent: 70_000n, committed: 6_000n, left: 30_000n, leftAfterCommitted: 24_000n, expected: 116_000n, usedPercent: 70, elapsedPercent: 33, state: 'at_risk',
    })
  })
  it.each([
    ['on_track', 30_000n, '2026-11-10'], ['near', 80_000n, '2026-11-29'], ['at_risk', 80_000n, '2026-11-20'], ['over', 100_001n, '2026-11-10'],
    ['over', 100_001n, '2026-12-10'], ['ended', 100_000n, '2026-12-01'], ['upcoming', 0n, '2026-10-31'],
  ] as const)('is %s', (state, spent, today) => {
    expect(figuresOf({ ...november, today: d(today), days: [day('2026-11-05', spent)] }).state).toBe(state)
  })
  it('is at risk before it begins when what is known to come exceeds it', () => {
    expect(figuresOf({ ...november, today: d('2026-10-31'), commitments: [{ dueOn: d('2026-11-05'), amount: 100_001n }] }).state).toBe('at_risk')
  })
  it('expects nothing more once it is past, and never less for a refund', () => {
    expect(figuresOf({ ...november, today: d('2026-12-05'), days: [day('2026-11-05', 40_000n)] }).expected).toBe(40_000n)
    expect(figuresOf({ ...november, days: [day('2026-11-05', -4_000n)] })).toMatchObject({ spent: -4_000n, expected: -4_000n, usedPercent: 0 })
  })
  it('says the percentage rounded down', () => {
    expect([usedPercent(99_999n, 100_000n), usedPercent(0n, 0n), usedPercent(1n, 0n), usedPercent(10n ** 12n, 1n)]).toEqual([99, 0, 999, 999])
  })
  it('draws a road that ends at the figures', () => {
    const arbitrary = fc.record({ offset: fc.integer({ min: -3, max: 35 }), spent: fc.array(fc.record({ at: fc.integer({ min: 0, max: 29 }), minor: fc.bigInt(-5_000n, 50_000n) }), { maxLength: 20 }), due: fc.array(fc.integer({ min: 0, max: 29 }), { maxLength: 4 }) })
    fc.assert(fc.property(arbitrary, ({ offset, spent, due }) => {
      const today = addDays(november.span.from, offset)
      const gone = spent.filter(({ at }) => at <= offset).map(({ at, minor }) => ({ on: addDays(november.span.from, at), spent: minor, recurring: 0n }))
      const standing = { ...november, today, days: gone, commitments: due.filter((at) => at > offset).map((at) => ({ dueOn: addDays(november.span.from, at), amount: 1_000n })) }
      const road = roadOf(standing)
      const last = road.at(-1)!
      expect([road.length, road[0]!.on, last.on, last.even]).toEqual([30, '2026-11-01', '2026-11-30', 100_000n])
      const figures = figuresOf(standing)
      expect(last.expected ?? last.spent).toBe(figures.expected)
      const reached = road.findLast((point) => point.spent !== null)
      if (reached) expect(reached.spent).toBe(figures.spent)
      expect(road.filter((point) => point.spent !== null)).toHaveLength(Math.max(0, Math.min(30, daysBetween(november.span.from, today) + 1)))
    }), { numRuns: 100 })
  })
})

describe('a threshold', () => {
  it('of 80 is crossed at it, of 100 beyond it', () => {
    expect([crossed(7_999n, 10_000n), crossed(8_000n, 10_000n), crossed(10_000n, 10_000n), crossed(10_001n, 10_000n)]).toEqual([[], [80], [80], [80, 100]])
  })
  it('is crossed by the first euro where nothing is available, and by nothing before', () => {
    expect([crossed(1n, 0n), crossed(1n, -500n), crossed(0n, 0n), crossed(0n, -500n)]).toEqual([[80, 100], [80, 100], [], []])
  })
  it('names the line after which spending stayed beyond it', () => {
    const lines = [['a', 9_000n], ['b', -2_000n], ['c', 1_500n], ['d', 3_000n]].map(([lineId, spent]) => ({ lineId: lineId as string, spent: spent as bigint }))
    expect([crossingLine(lines, 10_000n, 80), crossingLine(lines, 10_000n, 100), crossingLine(lines.slice(0, 2), 10_000n, 80)]).toEqual(['c', 'd', undefined])
  })
})
