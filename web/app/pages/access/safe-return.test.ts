import { expect, it } from 'vitest'
import { safeReturn } from './safe-return.ts'

it('comes back to the page asked for', () => {
  expect(safeReturn('/c/lumen/audit?action=x')).toBe('/c/lumen/audit?action=x')
})

it.each([undefined, '', 'https://ailleurs.example', '//ailleurs.example', '/\\ailleurs.example', 'javascript:alert(1)'])('never follows %s', (address) => {
  expect(safeReturn(address)).toBe('/')
})
