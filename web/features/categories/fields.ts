import type { Category, CategoryChange, NewCategory } from '../../../contract/categories.ts'

/** A category as it is being typed. `parentId` is '' at the top. */
export type CategoryFields = { readonly name: string; readonly parentId: string; readonly kind: Category['kind']; readonly account: string; readonly vatRate: Category['vatRate']; readonly vatDeductible: string }
export type Fault = 'NAME_MISSING' | 'ACCOUNT_MISSING' | 'SHARE_WRONG'

const ALL_DEDUCTIBLE = '100'

/** A new category under a group begins as that group is; at the top, as a spending. */
export function emptyFields(parent?: Category): CategoryFields {
  if (!parent) return { name: '', parentId: '', kind: 'expense', account: '', vatRate: 'standard', vatDeductible: ALL_DEDUCTIBLE }
  const { kind, account, vatRate, vatDeductible } = parent
  return { name: '', parentId: parent.id, kind, account, vatRate, vatDeductible: String(vatDeductible) }
}

export function fieldsOf({ name, parentId, kind, account, vatRate, vatDeductible }: Category): CategoryFields {
  return { name, parentId: parentId ?? '', kind, account, vatRate, vatDeductible: String(vatDeductible) }
}

/** Only what is spent, with TVA, can have a part of it that is not deducted. */
export function asksShare({ kind, vatRate }: Pick<CategoryFields, 'kind' | 'vatRate'>): boolean {
  return kind === 'expense' && vatRate !== 'none'
}

/** What is wrong, by field, said before anything is sent. */
export function faultsOf(fields: CategoryFields): Partial<Record<keyof CategoryFields, Fault>> {
  const found: Partial<Record<keyof CategoryFields, Fault>> = {}
  if (fields.name.trim() === '') found.name = 'NAME_MISSING'
  if (fields.account === '') found.account = 'ACCOUNT_MISSING'
  if (asksShare(fields) && (!/^\d{1,3}$/.test(fields.vatDeductible.trim()) || Number(fields.vatDeductible) > 100)) found.vatDeductible = 'SHARE_WRONG'
  return found
}

/** The fields as the API takes them. Only call it when `faultsOf` finds nothing. */
export function newCategoryOf(fields: CategoryFields): NewCategory {
  const { kind, account, vatRate } = fields
  return { name: fields.name.trim(), parentId: fields.parentId || null, kind, account, vatRate, vatDeductible: asksShare(fields) ? Number(fields.vatDeductible) : 100 }
}

/** All of a category, with what is given changed in it. */
export function changeOf(category: Category, change: Partial<Omit<CategoryChange, 'version'>>): CategoryChange {
  const { name, parentId, kind, account, vatRate, vatDeductible, version } = category
  return { name, parentId, kind, account, vatRate, vatDeductible, version, ...change }
}
