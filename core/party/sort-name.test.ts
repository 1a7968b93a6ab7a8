import { expect, it } from 'vitest'
import { sortName } from './sort-name.ts'

it('an accent, a ligature or a capital does not change the place of a name', () => {
  const names = ['Zéphyr', 'Élan', 'œuvre', 'azur', 'Fabre', 'Duval']
  expect(names.toSorted((a, b) => (sortName(a) < sortName(b) ? -1 : 1))).toEqual(['azur', 'Duval', 'Élan', 'Fabre', 'œuvre', 'Zéphyr'])
})
