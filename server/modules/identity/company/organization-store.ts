// Companies that were archived: nobody opens them until an owner takes them back.
import type { ArchivedOrganization } from '../../../../contract/team.ts'
import type { TenantId, UserId } from '../../../../core/kernel/id.ts'
import type { SystemTx, TenantTx } from '../../../platform/db/types.ts'

const ARCHIVED_MAX = 200

/** Whether the company holds what the law requires to keep (code de commerce, art. L123-22; LPF, art. L102 B): validated entries, issued invoices, bank lines. */
export async function holdsBooks(tx: TenantTx): Promise<boolean> {
  const { rows } = await tx.query<{ holds: boolean }>(`
    select exists (select from app.entry where tenant_id = $1) or exists (select from app.invoice where tenant_id = $1 and number is not null)
      or exists (select from app.bank_line where tenant_id = $1) as holds`, [tx.tenantId])
  return rows[0]?.holds ?? true
}

/** Answers false when it was archived already. */
export async function archiveCompany(tx: TenantTx): Promise<boolean> {
  const { rows } = await tx.query('update app.company set archived_at = now(), version = version + 1 where tenant_id = $1 and archived_at is null returning 1', [tx.tenantId])
  return rows.length > 0
}

export async function restoreCompany(tx: TenantTx): Promise<boolean> {
  const { rows } = await tx.query('update app.company set archived_at = null, version = version + 1 where tenant_id = $1 and archived_at is not null returning 1', [tx.tenantId])
  return rows.length > 0
}

/** The archived companies a person owns, latest first. */
export async function listArchived(tx: SystemTx, userId: UserId, tenantId: TenantId | null = null): Promise<(ArchivedOrganization & { readonly id: TenantId })[]> {
  const { rows } = await tx.query<ArchivedOrganization & { readonly id: TenantId }>(`
    select c.tenant_id as id, o.slug, c.name, c.kind, c.archived_at as "archivedAt"
    from auth.member m join app.company c on c.tenant_id = m."organizationId" and c.archived_at is not null join auth.organization o on o.id = c.tenant_id
    where m."userId" = $1 and m.role = 'owner' and ($2::uuid is null or c.tenant_id = $2)
    order by c.archived_at desc, c.tenant_id limit ${ARCHIVED_MAX}`, [userId, tenantId])
  return rows
}
