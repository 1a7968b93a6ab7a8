import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { remainderOf, shownPart, splitOf } from './split.ts'

const out = { amount: '-100.00', currency: 'EUR' }
const part = (categoryId: string | null, amount: string | null, key = 0) => ({ key, categoryId, amount })

describe('a line split by category', () => {
  it('says what is left of it as one types, whichever way it goes', () => {
    expect([remainderOf(out, [part('a', '60.00'), part(null, '')]), remainderOf({ ...out, amount: '100.00' }, [part('a', '120.00')]), remainderOf(out, [part('a', null)])]).toEqual(['40.00', '-20.00', '100.00'])
  })
  it('is sent once its parts sum to it to the cent, with its sign', () => {
    expect(splitOf(out, [part('a', '60.00'), part('b', '40.00')])).toEqual([{ categoryId: 'a', amount: '-60.00' }, { categoryId: 'b', amount: '-40.00' }])
    expect(splitOf(out, [part('a', '120.00'), part('b', '-20.00')])).toEqual([{ categoryId: 'a', amount: '-120.00' }, { categoryId: 'b', amount: '20.00' }])
  })
  it('is held back while a cent is missing, a category is not said, or there is one part only', () => {
    expect([splitOf(out, [part('a', '60.00'), part('b', '39.99')]), splitOf(out, [part('a', '60.00'), part(null, '40.00')]), splitOf(out, [part('a', '100.00')]), splitOf(out, [part('a', '100.00'), part('b', '')])]).toEqual([undefined, undefined, undefined, undefined])
  })
  it('leaves nothing whenever it can be sent, and its parts are shown as they were typed', () => {
    const cents = fc.integer({ min: 1, max: 9_999_999 })
    fc.assert(fc.property(cents, cents, fc.boolean(), (a, b, isOut) => {
      const text = (n: number) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`
      const line = { amount: `${isOut ? '-' : ''}${text(a + b)}`, currency: 'EUR' }
      const parts = [part('a', text(a)), part('b', text(b))]
      expect(remainderOf(line, parts)).toBe('0.00')
      expect(splitOf(line, parts)?.map(({ amount }) => shownPart(line, amount))).toEqual([text(a), text(b)])
    }))
  })
})
