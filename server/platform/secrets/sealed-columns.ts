/**
 * A column that holds sealed texts. The row with the uuid `id` was sealed with the purpose `<group>:<id>`; in schema `app`
 * its company is `tenant_id`, in schema `auth` it belongs to the installation. Rotation finds secrets by this list: a
 * module names each of its sealed columns in server/entry/modules.ts.
 */
export type SealedColumn = { readonly schema: 'app' | 'auth'; readonly table: string; readonly column: string; readonly group: string }

const NAME = /^[a-z][a-z0-9_]{0,62}$/

/** The names are written into statements, so they are plain ones. */
export function assertPlain(column: SealedColumn): SealedColumn {
  if (!NAME.test(column.table) || !NAME.test(column.column)) throw new Error('a sealed column has a plain name')
  return column
}
