import { expect, test } from 'vitest'
import { preferredLocale } from './preferences.ts'

test('a browser that reads French gets French, another one English, an unknown one French', () => {
  expect(preferredLocale(['fr-CA', 'en'])).toBe('fr')
  expect(preferredLocale(['en-GB', 'fr'])).toBe('fr')
  expect(preferredLocale(['en-US'])).toBe('en')
  expect(preferredLocale(['de', 'en'])).toBe('en')
  expect(preferredLocale([])).toBe('fr')
})
