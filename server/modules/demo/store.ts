import type { UserId } from '../../../core/kernel/id.ts'
import type { Queryable, SystemTx, TenantTx } from '../../platform/db/types.ts'
import type { Person } from '../../platform/auth/auth.ts'

/** Any constant will do, as long as nothing else of the product takes the same lock. */
const DEMO_LOCK = 7_105_000_471

/** Two processes that start together make one demonstration: the second waits here until the first has committed. */
export async function lockDemo(db: Queryable): Promise<void> {
  await db.query('select pg_advisory_xact_lock($1)', [DEMO_LOCK])
}

/** The demonstration is made whole or not at all: one of its companies is enough to know. */
export async function demoExists(tx: SystemTx): Promise<boolean> {
  const { rows } = await tx.query<{ exists: boolean }>('select exists (select from app.company where is_demo) as exists')
  return rows[0]?.exists ?? false
}

/** A person who already has an account under a demonstration address. */
export async function personByEmail(tx: SystemTx, email: string): Promise<Person | undefined> {
  const { rows } = await tx.query<{ id: UserId; name: string; email: string }>('select id, name, email from auth."user" where email = $1', [email])
  return rows[0]
}
/** The latest bank lines with money out that nobody has treated. */
export async function latestToTreat(tx: TenantTx, limit: number): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>('select id from app.bank_line where tenant_id = $1 and amount < 0 and treated = 0 order by booked_on desc, id desc limit $2', [tx.tenantId, limit])
  return rows.map(({ id }) => id)
}

/** The invoices that came from another tool under these identifiers. */
export async function invoiceIds(tx: TenantTx, externalIds: readonly string[]): Promise<{ externalId: string; id: string }[]> {
  const { rows } = await tx.query<{ externalId: string; id: string }>('select external_id as "externalId", id from app.invoice where tenant_id = $1 and external_id = any($2::text[])', [tx.tenantId, externalIds])
  return rows
}
