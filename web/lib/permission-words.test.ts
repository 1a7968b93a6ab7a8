import { expect, it } from 'vitest'
import { PERMISSIONS } from '../../core/access/permissions.ts'
import { permissionGroups, permissionWords } from './permission-words.ts'

it.each(PERMISSIONS.map((permission) => [permission]))('says %s in words', (permission) => {
  expect(permissionWords(permission)).not.toBeNull()
})

it('shows every permission in one group, and in one only', () => {
  const shown = permissionGroups().flatMap(({ permissions }) => permissions)
  expect(shown.toSorted()).toEqual([...PERMISSIONS].toSorted())
})

it('has no word for what does not exist', () => {
  expect(permissionWords('payroll.read')).toBeNull()
})
