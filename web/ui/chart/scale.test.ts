import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber, dayTicks, indexAt, scaleOf } from './scale.ts'

const days = (ticks: readonly number[]) => ticks.map((tick) => new Date(tick * 86_400_000).toISOString().slice(0, 10))

describe('the scale of a chart', () => {
  it('names round figures and always zero', () => {
    expect(scaleOf([120, 930])).toEqual({ low: 0, high: 1000, ticks: [0, 250, 500, 750, 1000] })
    expect(scaleOf([-40, 90])).toEqual({ low: -50, high: 100, ticks: [-50, 0, 50, 100] })
    expect(scaleOf([-3_000])).toEqual({ low: -3000, high: 0, ticks: [-3000, -2000, -1000, 0] })
  })
  it('stands even when everything is zero or there is nothing', () => {
    expect([scaleOf([]), scaleOf([0, 0])]).toEqual([{ low: 0, high: 1, ticks: [0] }, { low: 0, high: 1, ticks: [0] }])
  })
  it('holds every value between its ends, with few ticks', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -10_000_000, max: 10_000_000 }), { minLength: 1 }), (values) => {
      const { low, high, ticks } = scaleOf(values)
      expect(values.every((value) => value >= low && value <= high)).toBe(true)
      expect(ticks.length).toBeLessThanOrEqual(8)
      expect(ticks.some((tick) => Math.abs(tick) < 1e-6)).toBe(true)
    }))
  })
})

describe('the days an axis names', () => {
  it('are first days of months over a year, thinned out', () => {
    expect(days(dayTicks(dayNumber('2026-01-15'), dayNumber('2026-12-31'), 6))).toEqual(['2026-02-01', '2026-04-01', '2026-06-01', '2026-08-01', '2026-10-01', '2026-12-01'])
  })
  it('are evenly apart over a few weeks', () => {
    expect(days(dayTicks(dayNumber('2026-11-02'), dayNumber('2026-11-22'), 7))).toEqual(['2026-11-02', '2026-11-05', '2026-11-08', '2026-11-11', '2026-11-14', '2026-11-17', '2026-11-20'])
  })
})

it('finds the point under a place: the nearest of a curve, the one whose width it is in of bars', () => {
  expect([indexAt(0.49, 3, 'point'), indexAt(0.8, 3, 'point'), indexAt(-1, 3, 'point'), indexAt(9, 3, 'point')]).toEqual([1, 2, 0, 2])
  expect([indexAt(0.32, 3, 'band'), indexAt(0.34, 3, 'band'), indexAt(1, 3, 'band')]).toEqual([0, 1, 2])
})
