import type { TenantTx } from '../../platform/db/types.ts'

/** Everything lines have of one category becomes another's: the lines, their parts, what was taught. */
export async function moveLines(tx: TenantTx, from: string, into: string): Promise<number> {
  const { rowCount } = await tx.query('update app.line_category set category_id = $3, version = version + 1 where tenant_id = $1 and category_id = $2', [tx.tenantId, from, into])
  await tx.query('update app.line_part set category_id = $3 where tenant_id = $1 and category_id = $2', [tx.tenantId, from, into])
  await tx.query('update app.category_lesson set category_id = $3 where tenant_id = $1 and category_id = $2', [tx.tenantId, from, into])
  return rowCount
}
