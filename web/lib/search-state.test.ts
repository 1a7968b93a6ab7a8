import { expect, it } from 'vitest'
import { parseSearch, stringifySearch } from './search-state.ts'

it('writes filters as plain words and reads them back', () => {
  const values = { etat: 'draft', q: 'café & thé', page: '12' }
  expect(parseSearch(stringifySearch(values))).toEqual(values)
  expect(stringifySearch(values)).toBe('?etat=draft&q=caf%C3%A9+%26+th%C3%A9&page=12')
})

it('leaves out what is not set', () => {
  expect(stringifySearch({ a: undefined, b: '', c: null })).toBe('')
})
