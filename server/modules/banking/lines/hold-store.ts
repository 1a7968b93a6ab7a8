import type { TenantTx } from '../../../platform/db/types.ts'
import type { Person } from './details-store.ts'

/** Asks a question about a line, which is set aside with it. */
export async function openHold(tx: TenantTx, hold: { readonly id: string; readonly lineId: string; readonly question: string; readonly by: Person | null; readonly byName: string; readonly askedOf: Person | null }): Promise<void> {
  await tx.query('insert into app.bank_hold (tenant_id, id, line_id, question, asked_by, asked_by_name, asked_of, asked_of_name) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [tx.tenantId, hold.id, hold.lineId, hold.question, hold.by?.id ?? null, hold.byName, hold.askedOf?.id ?? null, hold.askedOf?.name ?? null])
  await tx.query('update app.bank_line set hold_id = $3 where tenant_id = $1 and id = $2', [tx.tenantId, hold.lineId, hold.id])
}

export async function answerHold(tx: TenantTx, id: string, answer: { readonly text: string; readonly by: string | null; readonly byName: string }): Promise<void> {
  await tx.query('update app.bank_hold set answer = $3, answered_by = $4, answered_by_name = $5, answered_at = now() where tenant_id = $1 and id = $2', [tx.tenantId, id, answer.text, answer.by, answer.byName])
}

/** The line goes on; the question and its answer stay in the history. */
export async function closeHold(tx: TenantTx, of: { readonly id: string; readonly lineId: string; readonly by: string | null }): Promise<void> {
  await tx.query('update app.bank_hold set released_by = $3, released_at = now() where tenant_id = $1 and id = $2', [tx.tenantId, of.id, of.by])
  await tx.query('update app.bank_line set hold_id = null where tenant_id = $1 and id = $2', [tx.tenantId, of.lineId])
}
