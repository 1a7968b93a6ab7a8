import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { may, PERMISSIONS, ROLES } from '../../../core/access/permissions.ts'

test('the page on access shows every permission and what each role gives', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'concepts', 'access.md'), 'utf8')
  const shown = [...page.matchAll(/^\| `([a-z]+\.[a-z]+)` \|(.*)\|$/gm)].map(([, permission, cells]) => [permission, ROLES.filter((_role, index) => cells?.split('|')[index]?.trim() === 'yes')])
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(PERMISSIONS.map((permission) => [permission, ROLES.filter((role) => may(role, permission))])))
})
