import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, daysBetween, localDate } from '../kernel/local-date.ts'
import { goalFigures, type GoalStanding } from './figures.ts'

const d = localDate
const TODAY = d('2026-11-20')
/** 100.00 saved 90 days ago, so much now. */
const standing = (now: bigint, over: Partial<GoalStanding> = {}): GoalStanding => ({
  target: 1_000_000n, targetOn: d('2027-11-20'), startedOn: d('2026-01-01'), today: TODAY, history: [{ on: addDays(TODAY, -90), saved: 10_000n }, { on: TODAY, saved: now }], ...over,
})

describe('a savings goal', () => {
  it('says what each month asks for, and when the present pace leads there', () => {
    // 7 000.00 left over 365 days: 700000 / (365 / 30.4375) = 58373.28..., rounded up. 2 900.00 in 90 days: 700000 / 290000 * 90 = 217.2 days, the 218th.
    expect(goalFigures(standing(300_000n))).toEqual({
      saved: 300_000n, left: 700_000n, percent: 30, monthlyEffort: 58_374n, monthlyPace: 98_076n, projectedOn: '2027-06-26', state: 'on_track', alerts: [],
    })
  })
  it('is late at a pace that leads beyond its date, and when its date is past', () => {
    // 9 400.00 left at 500.00 in 90 days: 1692 days.
    expect(goalFigures(standing(60_000n))).toMatchObject({ state: 'late', alerts: ['late'], projectedOn: '2031-07-09' })
    expect(goalFigures(standing(300_000n, { targetOn: d('2026-11-19') }))).toMatchObject({ state: 'late', alerts: ['past_date'], monthlyEffort: null })
    expect(goalFigures(standing(300_000n, { targetOn: TODAY }))).toMatchObject({ monthlyEffort: null })
  })
  it('is never reached by standing still or losing', () => {
    for (const now of [10_000n, 5_000n]) expect(goalFigures(standing(now))).toMatchObject({ projectedOn: null, state: 'late', alerts: ['late', 'no_progress'] })
  })
  it('has no pace before two weeks, and is not late for lack of one', () => {
    const young = standing(0n, { startedOn: addDays(TODAY, -13), history: [{ on: addDays(TODAY, -13), saved: 0n }, { on: TODAY, saved: 0n }] })
    expect(goalFigures(young)).toMatchObject({ monthlyPace: null, projectedOn: null, state: 'on_track', alerts: [] })
    expect(goalFigures({ ...young, startedOn: addDays(TODAY, -14), history: [{ on: addDays(TODAY, -14), saved: 0n }, { on: TODAY, saved: 14_000n }] })).toMatchObject({ monthlyPace: 30_438n })
  })
  it('counts from the day it was set up, not from before', () => {
    expect(goalFigures(standing(300_000n, { startedOn: addDays(TODAY, -20), history: [{ on: addDays(TODAY, -90), saved: 0n }, { on: addDays(TODAY, -20), saved: 280_000n }, { on: TODAY, saved: 300_000n }] })).monthlyPace).toBe(30_438n)
  })
  it('is reached at its amount, and has nothing to be late for without a date', () => {
    expect(goalFigures(standing(1_000_000n))).toMatchObject({ state: 'reached', left: 0n, percent: 100, monthlyEffort: null, projectedOn: null, alerts: ['reached'] })
    expect(goalFigures(standing(300_000n, { targetOn: null }))).toMatchObject({ state: 'undated', monthlyEffort: null, projectedOn: '2027-06-26' })
  })
  it('asks each month for enough to be there on the date', () => {
    fc.assert(fc.property(fc.bigInt(1n, 10n ** 10n), fc.bigInt(0n, 10n ** 10n), fc.integer({ min: 1, max: 3_650 }), (target, saved, days) => {
      const figures = goalFigures(standing(saved, { target, targetOn: addDays(TODAY, days) }))
      if (figures.monthlyEffort === null) { expect(saved >= target).toBe(true); return }
      expect(figures.monthlyEffort * BigInt(days) * 10_000n >= figures.left * 304_375n || figures.monthlyEffort === figures.left).toBe(true)
      expect((figures.monthlyEffort - 1n) * BigInt(days) * 10_000n < figures.left * 304_375n).toBe(true)
    }))
  })
  it('projects the first day on which the pace has gained what is left', () => {
    fc.assert(fc.property(fc.bigInt(10_001n, 900_000n), (now) => {
      const { projectedOn, left } = goalFigures(standing(now))
      if (projectedOn === null) return
      const days = BigInt(daysBetween(TODAY, projectedOn))
      expect(days * (now - 10_000n) >= left * 90n && (days - 1n) * (now - 10_000n) < left * 90n).toBe(true)
      expect(projectedOn <= addMonths(TODAY, 601)).toBe(true)
    }))
  })
})
