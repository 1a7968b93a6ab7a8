import { expect, it } from 'vitest'
import { linesPath, linesSearch } from './lines-search.ts'

it('turns the query of a figure into the filters of the page of bank lines', () => {
  expect(linesSearch('from=2026-10-22&to=2026-11-20&direction=out&categoryId=c1')).toEqual({ du: '2026-10-22', au: '2026-11-20', sens: 'sortie', categorie: 'c1' })
  expect(linesSearch('uncategorised=true&direction=in')).toEqual({ categorie: 'aucune', sens: 'entree' })
  expect(linesSearch('from=2026-11-01&status=booked&flow=spending&currency=EUR&withoutMerchant=true')).toEqual({ du: '2026-11-01', flux: 'depenses', devise: 'EUR', marchand: 'aucun' })
  expect(linesSearch('')).toEqual({})
})

it('writes it as an address', () => {
  expect(linesPath('merchantId=m1&accountId=a1')).toBe('banque/operations?marchand=m1&compte=a1')
  expect(linesPath('')).toBe('banque/operations')
})
