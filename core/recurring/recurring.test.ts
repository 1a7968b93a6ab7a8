import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, localDate, type LocalDate } from '../kernel/local-date.ts'
import { lastChange, levelOf } from './amounts.ts'
import { findSeries, type FlowLine } from './find.ts'
import { keepIds } from './identity.ts'
import { partyKey } from './party-key.ts'
import { expectedAfter } from './rhythm.ts'
import { datesWithin, perMonth, stateOf } from './state.ts'

const d = localDate
const euros = (amounts: readonly number[]) => amounts.map((amount) => BigInt(Math.round(amount * 100)))
let made = 0
function line(bookedOn: LocalDate, minor: bigint, over: Partial<FlowLine> = {}): FlowLine {
  made += 1
  return { id: `l${String(made).padStart(6, '0')}`, accountId: 'a', bookedOn, minor, currency: 'EUR', label: 'PRLV SEPA NUAGIA', merchantId: null, ...over }
}
const monthly = (first: string, amounts: readonly number[], over: Partial<FlowLine> = {}) => euros(amounts).map((minor, index) => line(addMonths(d(first), index), -minor, over))

describe('who a line is with', () => {
  it('is what the label says without dates, numbers, months and banking words', () => {
    expect(['PRLV SEPA NUAGIA 0326 REF 99182', 'PRLV NUAGIA AVRIL 2026', 'Prlv Sepa Nuagia n° 77'].map(partyKey)).toEqual(['NUAGIA', 'NUAGIA', 'NUAGIA'])
    expect(partyKey('VIR SEPA 12/03')).toBe('VIR SEPA')
    expect(partyKey('')).toBe('')
  })
})

describe('what comes back', () => {
  it('is found with its rhythm, its usual amount and its lines', () => {
    const lines = monthly('2026-01-05', [29.9, 29.9, 29.9, 29.9, 29.9])
    const [series, ...others] = findSeries(lines)
    expect(others).toEqual([])
    expect(series).toMatchObject({ rhythm: 'month', key: 'a|out|EUR|label:NUAGIA', level: { usual: 2_990n, change: null }, lines })
  })
  it('is two things when one supplier is paid two amounts, on the same day or not', () => {
    const lines = [...monthly('2026-01-05', [10, 10, 10, 10, 10]), ...monthly('2026-01-05', [45, 45, 45, 45]), ...monthly('2026-01-17', [14, 14, 14, 14])]
    expect(findSeries(lines).map(({ level, lines: held }) => [level.usual, held.length])).toEqual(expect.arrayContaining([[1_000n, 5], [4_500n, 4], [1_400n, 4]]))
  })
  it('keeps accounts, directions and currencies apart', () => {
    const lines = [...monthly('2026-01-05', [20, 20, 20]), ...monthly('2026-01-05', [20, 20, 20], { accountId: 'b' }), ...monthly('2026-01-05', [-20, -20, -20]), ...monthly('2026-01-05', [20, 20, 20], { currency: 'USD' })]
    expect(findSeries(lines).map(({ key }) => key)).toEqual(['a|in|EUR|label:NUAGIA', 'a|out|EUR|label:NUAGIA', 'a|out|USD|label:NUAGIA', 'b|out|EUR|label:NUAGIA'])
  })
  it('goes by the merchant when one is known, whatever the labels say', () => {
    const lines = ['ABO NUAGIA', 'NUAGIA SAS PARIS', 'NGIA*CLOUD', 'NUAGIA'].map((label, index) => line(addMonths(d('2026-01-05'), index), -990n, { label, merchantId: 'm1' }))
    expect(findSeries(lines)).toMatchObject([{ key: 'a|out|EUR|merchant:m1', lines }])
    expect(findSeries(lines.map((one) => ({ ...one, merchantId: null })))).toEqual([])
  })
  it('is not a purchase made twice, nor payments whose days fall anywhere', () => {
    expect(findSeries(monthly('2026-01-05', [10, 10]))).toEqual([])
    expect(findSeries(['2026-01-02', '2026-01-09', '2026-02-20', '2026-02-23', '2026-05-01', '2026-06-18'].map((day) => line(d(day), -4_000n)))).toEqual([])
  })
  it('bears the weekend, the end of the month and one time that was missed', () => {
    const days = ['2026-01-30', '2026-02-27', '2026-03-31', '2026-04-30', '2026-06-01', '2026-06-30', '2026-08-31', '2026-09-30']
    expect(findSeries(days.map((day) => line(d(day), -8_000n)))).toMatchObject([{ rhythm: 'month', lines: { length: 8 } }])
  })
  it('needs three years to believe in a yearly amount that moves, and two for one that does not', () => {
    const yearly = (amounts: number[]) => euros(amounts).map((minor, index) => line(addMonths(d('2023-06-10'), 12 * index), -minor))
    expect([yearly([120, 131]), yearly([120, 120]), yearly([120, 131, 138])].map((lines) => findSeries(lines).map(({ rhythm }) => rhythm))).toEqual([[], ['year'], ['year']])
  })
  it('gives each line to one series at most, and the same series whatever the order of the lines', () => {
    const arbitrary = fc.array(fc.record({ day: fc.integer({ min: 0, max: 400 }), cents: fc.integer({ min: -3_000, max: 3_000 }), party: fc.constantFrom('ALPHA', 'BETA') }), { maxLength: 60 })
    fc.assert(fc.property(arbitrary, fc.integer({ min: 1, max: 50 }), (rows, turn) => {
      const lines = rows.map(({ day, cents, party }) => line(addDays(d('2025-01-01'), day), BigInt(cents), { label: `PRLV ${party}` }))
      const ids = findSeries(lines).map((series) => series.lines.map(({ id }) => id))
      expect(new Set(ids.flat()).size).toBe(ids.flat().length)
      const turned = [...lines.slice(turn % (lines.length + 1)), ...lines.slice(0, turn % (lines.length + 1))]
      expect(findSeries(turned).map((series) => series.lines.map(({ id }) => id))).toEqual(ids)
    }), { numRuns: 40 })
  })
})

describe('a price', () => {
  it.each([
    ['rises once and stays', [10, 10, 10, 12, 12], { at: 3, before: 10, after: 12 }],
    ['rises with the last time', [29.9, 29.9, 29.9, 34.9], { at: 3, before: 29.9, after: 34.9 }],
    ['drops', [50, 50, 50, 40], { at: 3, before: 50, after: 40 }],
    ['rises twice: the last one counts', [10, 10, 12, 12, 15], { at: 4, before: 12, after: 15 }],
  ] as const)('%s', (_, amounts, { at, before, after }) => {
    expect(lastChange(euros(amounts))).toEqual({ at, before: euros([before])[0], after: euros([after])[0] })
  })
  it.each([
    ['a cent of rounding', [10, 10, 10, 10.01]], ['a bill that varies', [80, 95, 72, 101, 88, 110]], ['one time apart, and back', [10, 10, 25, 10, 10]], ['two times only', [10, 12]],
  ])('does not change by %s', (_, amounts) => {
    expect(lastChange(euros(amounts))).toBeNull()
  })
  it('is what was usual since it changed', () => {
    expect(levelOf(euros([10, 10, 10, 12, 12]))).toMatchObject({ usual: 1_200n, low: 1_200n, high: 1_200n, spreadPercent: 0 })
    expect(levelOf(euros([80, 95, 72, 101, 88]))).toMatchObject({ usual: 8_800n, low: 7_200n, high: 10_100n, change: null })
  })
})

describe('the next day', () => {
  it.each([
    ['month', ['2026-01-31', '2026-02-28'], '2026-03-31'], ['month', ['2026-03-05', '2026-04-07', '2026-05-05'], '2026-06-05'], ['month', ['2026-10-05', '2026-11-09'], '2026-12-09'],
    ['week', ['2026-11-02', '2026-11-09'], '2026-11-16'], ['two_weeks', ['2026-11-02', '2026-11-16'], '2026-11-30'], ['quarter', ['2026-05-31', '2026-08-31'], '2026-11-30'], ['year', ['2024-02-29', '2025-02-28'], '2026-02-28'],
  ] as const)('of a %s after %s is %s', (rhythm, days, next) => {
    expect(expectedAfter(rhythm, days.map(d), 1)).toBe(next)
  })
})

describe('where a series stands', () => {
  const series = (amounts: readonly number[]) => findSeries(monthly('2026-01-05', amounts))[0]!
  it('waits for the next time as long as it may only be late', () => {
    const five = series([20, 20, 20, 20, 20])
    expect(stateOf(five, { seenTo: d('2026-06-11'), today: d('2026-06-11') })).toEqual({ state: 'active', nextOn: '2026-06-05', flags: [] })
    expect(stateOf(five, { seenTo: d('2026-06-12'), today: d('2026-06-12') })).toEqual({ state: 'active', nextOn: '2026-07-05', flags: [{ kind: 'missed', on: '2026-06-05' }] })
    expect(stateOf(five, { seenTo: d('2026-07-12'), today: d('2026-07-12') })).toEqual({ state: 'ended', nextOn: null, flags: [] })
  })
  it('misses nothing in days whose lines are not known yet', () => {
    expect(stateOf(series([20, 20, 20, 20, 20]), { seenTo: d('2026-06-01'), today: d('2026-09-30') })).toEqual({ state: 'active', nextOn: '2026-06-05', flags: [] })
  })
  it('tells a change of price for a while, and what is new', () => {
    const risen = series([20, 20, 20, 20, 25])
    const flag = { kind: 'price_rise', on: '2026-05-05', before: 2_000n, after: 2_500n }
    expect(stateOf(risen, { seenTo: d('2026-05-20'), today: d('2026-05-20') }).flags).toEqual([flag])
    const older = series([20, 20, 20, 25, 25, 25, 25, 25, 25, 25])
    expect(stateOf(older, { seenTo: d('2026-10-10'), today: d('2026-10-10') }).flags).toEqual([])
    const fresh = findSeries(Array.from({ length: 5 }, (_, index) => line(addDays(d('2026-05-04'), 7 * index), -2_000n)))[0]!
    expect(stateOf(fresh, { seenTo: d('2026-06-03'), today: d('2026-06-03') }).flags).toEqual([{ kind: 'new', on: '2026-05-04' }])
  })
  it('is expected on each of its days to come, and on the first one when it is late', () => {
    const of = (nextOn: string, rhythm: 'week' | 'month' = 'month') => ({ rhythm, days: [d('2026-09-05'), d('2026-10-05')], nextOn: d(nextOn) })
    expect(datesWithin(of('2026-11-05'), d('2026-11-08'), d('2026-12-31'))).toEqual(['2026-11-08', '2026-12-05'])
    expect(datesWithin(of('2026-12-05'), d('2026-11-12'), d('2026-12-31'))).toEqual(['2026-12-05'])
    expect(datesWithin(of('2026-12-05'), d('2026-11-12'), d('2026-11-30'))).toEqual([])
    expect(datesWithin({ ...of('2026-10-12', 'week'), nextOn: null }, d('2026-10-10'), d('2026-10-31'))).toEqual([])
  })
  it('costs so much a month', () => {
    expect([perMonth('month', 1_000n), perMonth('year', 12_000n), perMonth('quarter', 9_000n), perMonth('week', 1_200n), perMonth('two_weeks', 600n)]).toEqual([1_000n, 1_000n, 3_000n, 5_200n, 1_300n])
  })
})

describe('a series that was known', () => {
  const known = [{ id: 'rent', key: 'k', lineIds: ['1', '2', '3'] }, { id: 'phone', key: 'k', lineIds: ['4', '5'] }]
  it('keeps its id by the lines it shares, in whatever order and under whatever name', () => {
    expect(keepIds(known, [{ key: 'other', lineIds: ['4', '5', '6'] }, { key: 'k', lineIds: ['2', '3', '7'] }, { key: 'new', lineIds: ['9'] }])).toEqual(['phone', 'rent', null])
  })
  it('keeps it by its party when every line was read again, and gives no id twice', () => {
    expect(keepIds([known[0]!], [{ key: 'k', lineIds: ['8'] }, { key: 'k', lineIds: ['9'] }])).toEqual(['rent', null])
    expect(keepIds([known[0]!], [{ key: 'k', lineIds: ['1'] }, { key: 'k', lineIds: ['2', '3'] }])).toEqual([null, 'rent'])
  })
})
