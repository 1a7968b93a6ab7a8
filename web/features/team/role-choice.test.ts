import { expect, it } from 'vitest'
import { choiceOf, choiceValue } from './role-choice.ts'

const ID = '0199a1de-0000-7000-8000-000000000001'

it('gives one of the six roles by its name', () => {
  expect(choiceOf(choiceValue({ role: 'accountant', customRole: null }))).toEqual({ role: 'accountant' })
})

it('gives a role the company made by its id, never together with one of the six', () => {
  expect(choiceOf(choiceValue({ role: 'viewer', customRole: { id: ID, name: 'Saisie' } }))).toEqual({ roleId: ID })
})
