import { describe, expect, it } from 'vitest'
import { localDate } from '../../../core/kernel/local-date.ts'
import { periodOf, queryOf } from './period.ts'
import { running, yearTo } from './running.ts'

const TODAY = localDate('2026-11-20')
const eur = (amount: string) => ({ amount, currency: 'EUR' })

describe('the period of an address', () => {
  it('is the last ninety days, today included, when nothing is said or nothing can be read', () => {
    const usual = { from: '2026-08-23', to: '2026-11-20', days: 90 }
    for (const search of [{}, { jours: '12' }, { du: '2026-13-01' }, { du: '2026-11-20', au: '2026-11-01' }, { au: '2026-11-01' }]) expect(periodOf(search, TODAY)).toEqual(usual)
    expect(queryOf(periodOf({}, TODAY))).toEqual({ days: 90 })
  })
  it('is a usual length, or two days, or a day up to now', () => {
    expect(periodOf({ jours: '30' }, TODAY)).toEqual({ from: '2026-10-22', to: '2026-11-20', days: 30 })
    expect(periodOf({ jours: '30', du: '2026-01-01', au: '2026-03-31' }, TODAY)).toEqual({ from: '2026-01-01', to: '2026-03-31', days: null })
    expect(queryOf(periodOf({ du: '2026-11-01' }, TODAY))).toEqual({ from: '2026-11-01', to: '2026-11-20' })
  })
})

it('sums day after day to the cent, from the first day of the period to its last', () => {
  const days = [{ on: '2026-11-02', total: eur('0.10') }, { on: '2026-11-05', total: eur('0.20') }, { on: '2026-11-06', total: eur('-0.30') }]
  expect(running(days, { from: '2026-11-01', to: '2026-11-20' }, 'EUR')).toEqual([
    { on: '2026-11-01', amount: '0.00' }, { on: '2026-11-02', amount: '0.10' }, { on: '2026-11-05', amount: '0.30' }, { on: '2026-11-06', amount: '0.00' }, { on: '2026-11-20', amount: '0.00' },
  ])
  expect(running([], { from: '2026-11-01', to: '2026-11-01' }, 'EUR')).toEqual([])
})

it('draws trends over twelve months, the last one being under way', () => {
  expect(yearTo(TODAY)).toEqual({ from: '2025-12-01', to: '2026-11-20' })
  expect(yearTo(localDate('2026-12-31'))).toEqual({ from: '2026-01-01', to: '2026-12-31' })
})
