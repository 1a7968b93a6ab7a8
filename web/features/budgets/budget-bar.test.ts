import { expect, it } from 'vitest'
import { placesOf } from './budget-bar.tsx'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

it('makes what is available the whole bar while nothing goes beyond it', () => {
  expect(placesOf({ available: eur('400.00'), spent: eur('100.00'), expected: eur('300.00'), elapsedPercent: 40 })).toEqual({ spent: 25, expected: 75, limit: 100, today: 40 })
})

it('draws the limit inside the bar once more is spent or expected than there is', () => {
  expect(placesOf({ available: eur('400.00'), spent: eur('500.00'), expected: eur('800.00'), elapsedPercent: 50 })).toEqual({ spent: 62.5, expected: 100, limit: 50, today: 25 })
})

it('holds when nothing is available, or when refunds made spending negative', () => {
  expect(placesOf({ available: eur('0.00'), spent: eur('0.00'), expected: eur('0.00'), elapsedPercent: 10 })).toEqual({ spent: 0, expected: 0, limit: 0, today: 0 })
  expect(placesOf({ available: eur('-20.00'), spent: eur('-5.00'), expected: eur('10.00'), elapsedPercent: 10 })).toEqual({ spent: 0, expected: 100, limit: 0, today: 0 })
})
