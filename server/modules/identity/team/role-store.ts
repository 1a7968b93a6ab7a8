// The roles a company makes itself, and who carries them. Written in the company's transaction.
import { isPermission, type Permission } from '../../../../core/access/permissions.ts'
import type { UserId } from '../../../../core/kernel/id.ts'
import type { TenantTx } from '../../../platform/db/types.ts'

export type RoleRow = { readonly id: string; readonly name: string; readonly permissions: readonly Permission[]; readonly version: number; readonly members: number }
type RoleColumns = Omit<RoleRow, 'permissions'> & { readonly permissions: readonly string[] }

export const ROLES_MAX = 100

const COLUMNS = `r.id, r.name, r.permissions, r.version,
  ((select count(*) from app.member_role m where m.tenant_id = r.tenant_id and m.role_id = r.id)
   + (select count(*) from app.invitation i where i.tenant_id = r.tenant_id and i.role_id = r.id and i.status = 'pending'))::int as members`

function rowOf(row: RoleColumns): RoleRow {
  return { ...row, permissions: row.permissions.filter(isPermission) }
}

export async function listRoles(tx: TenantTx): Promise<RoleRow[]> {
  const { rows } = await tx.query<RoleColumns>(`select ${COLUMNS} from app.role r where r.tenant_id = $1 order by lower(r.name), r.id limit ${ROLES_MAX}`, [tx.tenantId])
  return rows.map(rowOf)
}

export async function findRole(tx: TenantTx, id: string, options: { readonly lock: boolean } = { lock: false }): Promise<RoleRow | undefined> {
  const { rows } = await tx.query<RoleColumns>(`select ${COLUMNS} from app.role r where r.tenant_id = $1 and r.id = $2${options.lock ? ' for update of r' : ''}`, [tx.tenantId, id])
  return rows[0] && rowOf(rows[0])
}

/** Answers false when the name is taken, whatever its capitals. */
export async function insertRole(tx: TenantTx, role: { readonly id: string; readonly name: string; readonly permissions: readonly Permission[] }): Promise<boolean> {
  const { rows } = await tx.query(`
    insert into app.role (tenant_id, id, name, permissions) values ($1, $2, $3, $4::text[])
    on conflict (tenant_id, lower(name)) do nothing returning id`, [tx.tenantId, role.id, role.name, role.permissions])
  return rows.length > 0
}

export async function isNameTaken(tx: TenantTx, name: string, exceptId: string): Promise<boolean> {
  const { rows } = await tx.query('select 1 from app.role where tenant_id = $1 and lower(name) = lower($2) and id <> $3', [tx.tenantId, name, exceptId])
  return rows.length > 0
}

export async function updateRole(tx: TenantTx, role: { readonly id: string; readonly name: string; readonly permissions: readonly Permission[] }): Promise<void> {
  await tx.query('update app.role set name = $3, permissions = $4::text[], version = version + 1 where tenant_id = $1 and id = $2', [tx.tenantId, role.id, role.name, role.permissions])
}

/** Invitations that were answered or withdrawn keep their words and no longer hold the role. */
export async function deleteRole(tx: TenantTx, id: string): Promise<void> {
  await tx.query('update app.invitation set role_id = null where tenant_id = $1 and role_id = $2 and status <> \'pending\'', [tx.tenantId, id])
  await tx.query('delete from app.role where tenant_id = $1 and id = $2', [tx.tenantId, id])
}

/** Gives a member a role of the company's own making, or takes it away with null. */
export async function setMemberRole(tx: TenantTx, userId: UserId, roleId: string | null): Promise<void> {
  if (roleId === null) await tx.query('delete from app.member_role where tenant_id = $1 and user_id = $2', [tx.tenantId, userId])
  else await tx.query('insert into app.member_role (tenant_id, user_id, role_id) values ($1, $2, $3) on conflict (tenant_id, user_id) do update set role_id = excluded.role_id', [tx.tenantId, userId, roleId])
}
