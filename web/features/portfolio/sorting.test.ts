import { expect, it } from 'vitest'
import { portfolioQueryOf, pressed, sortingOf } from './sorting.ts'

it('opens on what is most pressing: the most lines to treat first', () => {
  expect(portfolioQueryOf({}, 100)).toEqual({ limit: 100, sort: 'toTreat', order: 'desc' })
})

it('sorts by the column pressed, in its useful direction, then the other way round', () => {
  const once = pressed({}, 'cash')
  expect(sortingOf(once)).toEqual({ sort: 'cash', order: 'asc' })
  const twice = pressed(once, 'cash')
  expect(sortingOf(twice)).toEqual({ sort: 'cash', order: 'desc' })
  expect(sortingOf(pressed(twice, 'cash'))).toEqual({ sort: 'cash', order: 'asc' })
})

it('takes no order nor filter that does not exist from an address', () => {
  expect(portfolioQueryOf({ tri: 'couleur', ordre: 'zigzag', seulement: 'autre', q: '' }, 50)).toEqual({ limit: 50, sort: 'toTreat', order: 'desc' })
})

it('keeps the words looked for and the companies where there is some', () => {
  expect(portfolioQueryOf({ q: 'menuis', seulement: 'overdue' }, 50)).toMatchObject({ search: 'menuis', only: 'overdue' })
})
