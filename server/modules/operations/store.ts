import type { SystemTx, TenantTx } from '../../platform/db/types.ts'

export type CompanyMorning = { readonly tenantId: string; readonly timeZone: string }

/** The companies that keep books, with the time zone of their morning; all, or one. */
export async function companiesWithBooks(tx: SystemTx, tenantId: string | null): Promise<CompanyMorning[]> {
  const { rows } = await tx.query<CompanyMorning>(`
    select c.tenant_id as "tenantId", c.time_zone as "timeZone" from app.company c
    where c.kind = 'company' and c.archived_at is null and ($1::uuid is null or c.tenant_id = $1) order by c.tenant_id`, [tenantId])
  return rows
}

/** The companies that keep books, with their name; all, or the one of a web name. */
export async function companiesBySlug(tx: SystemTx, slug: string | null): Promise<{ tenantId: string; slug: string; name: string }[]> {
  const { rows } = await tx.query<{ tenantId: string; slug: string; name: string }>(`
    select c.tenant_id as "tenantId", o.slug, c.name from app.company c join auth.organization o on o.id = c.tenant_id
    where c.kind = 'company' and c.archived_at is null and ($1::text is null or o.slug = $1) order by o.slug`, [slug])
  return rows
}

/** Bank lines that have no entry yet. */
export async function countUnposted(tx: TenantTx): Promise<number> {
  const { rows } = await tx.query<{ count: number }>('select count(*)::int as count from app.bank_line where tenant_id = $1 and entry_id is null and amount <> 0', [tx.tenantId])
  return rows[0]!.count
}

/** How far the job that drives a run is. */
export async function progressOfRun(tx: TenantTx, queue: string, runId: string): Promise<{ done: number; total: number } | null> {
  const { rows } = await tx.query<{ done: number; total: number }>(`
    select p.done, p.total from app.job_progress p join jobs.job j on j.id = p.job_id
    where p.tenant_id = $1 and j.name = $2 and j.singleton_key = $3 and j.state = 'active' order by p.at desc limit 1`, [tx.tenantId, queue, runId])
  return rows[0] ?? null
}
