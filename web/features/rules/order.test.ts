import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inOrder, moved } from './order.ts'

it('moves one place, and stays at the ends', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b'])
  const list = ['a', 'b', 'c']
  expect(moved(list, 0, -1)).toBe(list)
  expect(moved(list, 2, 1)).toBe(list)
  expect(moved(list, -1, 1)).toBe(list)
})

it('never loses or repeats a rule, and going back gives the list back', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.nat(), { minLength: 2, maxLength: 20 }), fc.nat(), (list, n) => {
    const from = n % (list.length - 1)
    const down = moved(list, from, 1)
    expect([...down].sort()).toEqual([...list].sort())
    expect(moved(down, from + 1, -1)).toEqual(list)
  }))
})

it('shows the order just given until the server says it, and rules it does not know last', () => {
  const rows = [{ id: 'a' }, { id: 'b' }, { id: 'new' }, { id: 'c' }]
  expect(inOrder(rows, ['c', 'a', 'b']).map(({ id }) => id)).toEqual(['c', 'a', 'b', 'new'])
  expect(inOrder(rows, undefined)).toBe(rows)
})
