import { DEFAULT_TREE } from '../../../core/category/default-tree.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { findSettings, insertCategories, insertSettings, lockCategories } from './category-store.ts'
import type { Settings } from './types.ts'

/** Gives a company the default categories the first time anything of them is asked. Answers its settings. */
export async function ensureCategories(tx: TenantTx): Promise<Settings> {
  const known = await findSettings(tx)
  if (known) return known
  await lockCategories(tx)
  const meanwhile = await findSettings(tx)
  if (meanwhile) return meanwhile
  const ids = new Map(DEFAULT_TREE.map(({ key }) => [key, uuidv7()]))
  await insertSettings(tx)
  await insertCategories(tx, DEFAULT_TREE.map(({ key, parent, name, kind, account, vatRate, deductible }, position) => (
    { id: ids.get(key)!, parentId: parent === null ? null : ids.get(parent)!, key, name, kind, account, vatRate, vatDeductible: deductible, position })))
  return (await findSettings(tx))!
}
