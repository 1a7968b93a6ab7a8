import { expect, it } from 'vitest'
import type { Recurring } from '../../../contract/analytics.ts'
import { byNextDay, firstFlag } from './words.ts'

type Flag = Recurring['flags'][number]
const flag = (kind: Flag['kind']): Flag => ({ kind, text: kind, on: '2026-11-01', before: null, after: null })
const row = (id: string, nextOn: string | null, lastOn: string) => ({ id, nextOn, lastOn }) as unknown as Recurring

it('shows first what may cost: a missed payment, then a price that rose', () => {
  expect(firstFlag({ flags: [flag('new'), flag('price_rise'), flag('missed')] })?.kind).toBe('missed')
  expect(firstFlag({ flags: [flag('price_drop'), flag('price_rise')] })?.kind).toBe('price_rise')
  expect(firstFlag({ flags: [] })).toBeUndefined()
})

it('lists by the next day, what has ended last and the latest of those first', () => {
  const rows = [row('old', null, '2026-01-05'), row('rent', '2026-12-01', '2026-11-01'), row('gone', null, '2026-05-05'), row('phone', '2026-11-24', '2026-10-24')]
  expect(byNextDay(rows).map(({ id }) => id)).toEqual(['phone', 'rent', 'gone', 'old'])
})
