import { describe, expect, it } from 'vitest'
import type { Category } from '../../../contract/categories.ts'
import { asksShare, changeOf, emptyFields, faultsOf, fieldsOf, newCategoryOf } from './fields.ts'

const VEHICLES: Category = {
  id: 'c1', name: 'Véhicules', parentId: null, kind: 'expense', account: '606100', vatRate: 'standard', vatDeductible: 80,
  key: null, legal: null, position: 3, isArchived: false, version: 2, lineCount: 12,
}

describe('the fields of a category', () => {
  it('begins under a group as that group is', () => {
    expect(newCategoryOf({ ...emptyFields(VEHICLES), name: ' Carburant ' })).toEqual({ name: 'Carburant', parentId: 'c1', kind: 'expense', account: '606100', vatRate: 'standard', vatDeductible: 80 })
  })
  it('asks for a name, an account, and a share between 0 and 100', () => {
    expect(faultsOf(emptyFields())).toEqual({ name: 'NAME_MISSING', account: 'ACCOUNT_MISSING' })
    for (const share of ['', '101', '-1', 'x', '80.5']) expect(faultsOf({ ...fieldsOf(VEHICLES), vatDeductible: share })).toEqual({ vatDeductible: 'SHARE_WRONG' })
    for (const share of ['0', '80', '100']) expect(faultsOf({ ...fieldsOf(VEHICLES), vatDeductible: share })).toEqual({})
  })
  it('has no share to ask where no TVA is deducted, and then sends the whole', () => {
    const income = { ...fieldsOf(VEHICLES), kind: 'income', vatDeductible: 'x' } as const
    expect(asksShare(income)).toBe(false)
    expect(faultsOf(income)).toEqual({})
    expect(newCategoryOf(income).vatDeductible).toBe(100)
    expect(asksShare({ kind: 'expense', vatRate: 'none' })).toBe(false)
  })
  it('changes one thing and keeps the others, on the version that was read', () => {
    expect(changeOf(VEHICLES, { parentId: 'g2' })).toEqual({ name: 'Véhicules', parentId: 'g2', kind: 'expense', account: '606100', vatRate: 'standard', vatDeductible: 80, version: 2 })
  })
})
