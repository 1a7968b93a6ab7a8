import { expect, it } from 'vitest'
import { contributionOf, emptyFields, faultsOf, goalOf } from './fields.ts'

it('wants a name and a target above zero', () => {
  expect(faultsOf(emptyFields())).toEqual({ name: 'NAME_MISSING', target: 'TARGET_MISSING' })
  for (const target of [null, '0.00', '-10.00']) expect(faultsOf({ ...emptyFields(), name: 'Four', target })).toEqual({ target: 'TARGET_WRONG' })
  expect(goalOf({ ...emptyFields(), name: ' Four ', target: '12000.00', accountIds: new Set(['a1']) })).toEqual({ name: 'Four', target: '12000.00', targetOn: null, accountIds: ['a1'], note: '' })
})

it('puts aside or takes back an amount that is something', () => {
  expect(contributionOf('150.00', false)).toEqual({ amount: '150.00' })
  expect(contributionOf('150.00', true)).toEqual({ amount: '-150.00' })
  for (const amount of ['', null, '0.00', '-4.00']) expect(contributionOf(amount, false)).toBeUndefined()
})
