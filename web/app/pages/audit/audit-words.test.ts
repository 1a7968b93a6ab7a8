import { expect, it } from 'vitest'
import { changesOf } from './audit-words.ts'

it('lists what differs field by field, also inside objects', () => {
  expect(changesOf({ name: 'A', siren: null, year: { startsOn: '2026-01-01', endsOn: '2026-12-31' } }, { name: 'B', siren: null, year: { startsOn: '2026-01-01', endsOn: '2027-03-31' } })).toEqual([
    { path: 'name', before: 'A', after: 'B' },
    { path: 'year.endsOn', before: '2026-12-31', after: '2027-03-31' },
  ])
})

it('shows every value of what was created or removed', () => {
  expect(changesOf(null, { role: 'viewer' })).toEqual([{ path: 'role', before: null, after: 'viewer' }])
  expect(changesOf({ tags: [1] }, null)).toEqual([{ path: 'tags', before: [1], after: null }])
  expect(changesOf(null, null)).toEqual([])
})
