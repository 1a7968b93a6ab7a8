// Who of a firm works for which of its clients. The limits are rows of the firm; the clients' names are read as the system.
import type { Role } from '../../../../core/access/permissions.ts'
import type { TenantId, UserId } from '../../../../core/kernel/id.ts'
import type { SystemTx, TenantTx } from '../../../platform/db/types.ts'

export type ClientRow = { readonly id: TenantId; readonly slug: string; readonly name: string; readonly role: Role; readonly grantedAt: string }
export type ClientsPage = { readonly after: { readonly name: string; readonly id: string } | null; readonly limit: number; readonly ids?: readonly string[] }

/** The companies that gave the firm access, in the order of their names; among `ids` when they are given. */
export async function listClients(tx: SystemTx, firmId: TenantId, { after, limit, ids }: ClientsPage): Promise<ClientRow[]> {
  const { rows } = await tx.query<ClientRow>(`
    select c.tenant_id as id, o.slug, c.name, g.role, g.granted_at as "grantedAt"
    from app.firm_grant g join app.company c on c.tenant_id = g.tenant_id and c.archived_at is null join auth.organization o on o.id = c.tenant_id
    where g.firm_id = $1 and g.revoked_at is null and ($2::uuid[] is null or c.tenant_id = any($2))
      and ($3::text is null or (c.name, c.tenant_id) > ($3, $4::uuid))
    order by c.name, c.tenant_id limit $5`, [firmId, ids ?? null, after?.name ?? null, after?.id ?? null, limit])
  return rows
}

export type AssignmentRow = { readonly userId: UserId; readonly clientId: string | null; readonly name: string | null }

/** The limits of these people: one row for each client still granted, or one with a null client when none is left. Nothing for who works for all. */
export async function listAssignments(tx: SystemTx, firmId: TenantId, userIds: readonly string[]): Promise<AssignmentRow[]> {
  const { rows } = await tx.query<AssignmentRow>(`
    select l.user_id as "userId", c.tenant_id as "clientId", c.name
    from app.collaborator_limit l
    left join (app.collaborator_client a
      join app.firm_grant g on g.firm_id = a.tenant_id and g.tenant_id = a.client_id and g.revoked_at is null
      join app.company c on c.tenant_id = a.client_id and c.archived_at is null) on a.tenant_id = l.tenant_id and a.user_id = l.user_id
    where l.tenant_id = $1 and l.user_id = any($2::uuid[]) order by l.user_id, c.name, c.tenant_id`, [firmId, userIds])
  return rows
}

/** Lets a person work for every client again. */
export async function clearAssignment(tx: TenantTx, userId: UserId): Promise<void> {
  await tx.query('delete from app.collaborator_client where tenant_id = $1 and user_id = $2', [tx.tenantId, userId])
  await tx.query('delete from app.collaborator_limit where tenant_id = $1 and user_id = $2', [tx.tenantId, userId])
}

/** Limits a person to these clients, and to none when the list is empty. */
export async function saveAssignment(tx: TenantTx, userId: UserId, clientIds: readonly string[]): Promise<void> {
  await tx.query('insert into app.collaborator_limit (tenant_id, user_id) values ($1, $2) on conflict (tenant_id, user_id) do nothing', [tx.tenantId, userId])
  await tx.query('delete from app.collaborator_client where tenant_id = $1 and user_id = $2 and client_id <> all($3::uuid[])', [tx.tenantId, userId, clientIds])
  await tx.query(`
    insert into app.collaborator_client (tenant_id, user_id, client_id) select $1, $2, id from unnest($3::uuid[]) as chosen (id)
    on conflict (tenant_id, user_id, client_id) do nothing`, [tx.tenantId, userId, clientIds])
}
