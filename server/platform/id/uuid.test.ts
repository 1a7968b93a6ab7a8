import { expect, test } from 'vitest'
import { isUuid } from '../../../core/kernel/id.ts'
import { uuidv7 } from './uuid.ts'

test('ids made in a burst are canonical, unique and sort in the order they were made', () => {
  const ids = Array.from({ length: 20_000 }, () => uuidv7())
  expect(ids.every(isUuid)).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
})

test('an id says it is of version 7 and of the standard variant, and begins with the time in milliseconds', () => {
  const before = Date.now()
  const id = uuidv7()
  expect(id[14]).toBe('7')
  expect('89ab').toContain(id[19])
  const time = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  expect(time).toBeGreaterThanOrEqual(before)
  expect(time).toBeLessThanOrEqual(Date.now() + 50)
})
