import { describe, expect, it } from 'vitest'
import { matching, treeRows, withDescendants } from './tree.ts'

const ITEMS = [
  { id: 'achats', parentId: null, name: 'Achats' },
  { id: 'ventes', parentId: null, name: 'Ventes' },
  { id: 'fournitures', parentId: 'achats', name: 'Fournitures' },
  { id: 'papier', parentId: 'fournitures', name: 'Papier' },
  { id: 'energie', parentId: 'achats', name: 'Énergie' },
  { id: 'seule', parentId: 'absente', name: 'Orpheline' },
]

describe('the tree of categories', () => {
  it('draws each category under its own, in the order of the list, and one whose parent is not shown at the top', () => {
    expect(treeRows(ITEMS, new Set()).map(({ item, depth }) => `${'-'.repeat(depth)}${item.name}`)).toEqual(['Achats', '-Fournitures', '--Papier', '-Énergie', 'Ventes', 'Orpheline'])
  })
  it('leaves out what is under a closed category, and says how many are under it', () => {
    const rows = treeRows(ITEMS, new Set(['achats']))
    expect(rows.map(({ item }) => item.name)).toEqual(['Achats', 'Ventes', 'Orpheline'])
    expect(rows[0]).toMatchObject({ children: 2, open: false })
    expect(rows[1]).toMatchObject({ children: 0, open: false })
  })
  it('knows what a category cannot be moved into: itself and everything under it', () => {
    expect([...withDescendants(ITEMS, 'achats')].sort()).toEqual(['achats', 'energie', 'fournitures', 'papier'])
    expect([...withDescendants(ITEMS, 'papier')]).toEqual(['papier'])
  })
  it('finds by any words, without accents or capitals, and keeps those above', () => {
    expect(matching(ITEMS, 'energie').map(({ id }) => id)).toEqual(['achats', 'energie'])
    expect(matching(ITEMS, 'PAP').map(({ id }) => id)).toEqual(['achats', 'fournitures', 'papier'])
    expect(matching(ITEMS, '606', (item) => (item.id === 'papier' ? '606400' : '')).map(({ id }) => id)).toEqual(['achats', 'fournitures', 'papier'])
    expect(matching(ITEMS, '  ')).toBe(ITEMS)
  })
})
