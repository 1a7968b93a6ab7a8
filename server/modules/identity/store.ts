// Sign-in data: organisations and their members. Read and written as the system role, never inside a tenant's transaction.
import { isPermission, type Permission, type Role } from '../../../core/access/permissions.ts'
import type { TenantId, UserId } from '../../../core/kernel/id.ts'
import type { SystemTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'

const COMPANIES_MAX = 2_000
const MEMBERS_MAX = 1_000
const SLUG_TRIES_MAX = 1_000

/** A role the company made itself. */
export type NamedRole = { readonly id: string; readonly name: string }

export type AccessRow = {
  readonly tenantId: TenantId; readonly slug: string; readonly name: string; readonly kind: 'company' | 'firm'; readonly role: Role
  /** A role of the company's own making gives these permissions instead of those of `role`. */
  readonly customRole: NamedRole | null; readonly permissions: readonly Permission[] | null
  readonly firmId: string | null; readonly firmName: string | null
  readonly currency: string; readonly timeZone: string; readonly locale: 'fr' | 'en'; readonly colour: string; readonly isDemo: boolean
}

type AccessColumns = Omit<AccessRow, 'customRole' | 'permissions'> & { readonly roleId: string | null; readonly roleName: string | null; readonly permissions: readonly string[] | null }

/** The pair that names a role of the company's own making, or null. */
export function namedRole(row: { readonly roleId: string | null; readonly roleName: string | null }): NamedRole | null {
  return row.roleId === null || row.roleName === null ? null : { id: row.roleId, name: row.roleName }
}

/**
 * Every company a person can open: those they are a member of, then those a firm of theirs was given and that they work
 * for there. An archived company is open to nobody.
 */
export async function loadAccesses(tx: SystemTx, userId: UserId): Promise<AccessRow[]> {
  const company = `c.tenant_id as "tenantId", o.slug, c.name, c.kind, c.currency, c.time_zone as "timeZone", c.locale, c.colour, c.is_demo as "isDemo"`
  const { rows } = await tx.query<AccessColumns>(`
    select ${company}, m.role, null::uuid as "firmId", null::text as "firmName", r.id as "roleId", r.name as "roleName", r.permissions, 0 as rank
    from auth.member m join app.company c on c.tenant_id = m."organizationId" join auth.organization o on o.id = c.tenant_id
    left join app.member_role mr on mr.tenant_id = c.tenant_id and mr.user_id = m."userId"
    left join app.role r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
    where m."userId" = $1 and c.archived_at is null
    union all
    select ${company}, g.role, f.tenant_id, f.name, null, null, null, 1
    from auth.member m
    join app.company f on f.tenant_id = m."organizationId" and f.kind = 'firm' and f.archived_at is null
    join app.firm_grant g on g.firm_id = f.tenant_id and g.revoked_at is null
    join app.company c on c.tenant_id = g.tenant_id and c.archived_at is null join auth.organization o on o.id = c.tenant_id
    where m."userId" = $1 and (
      not exists (select from app.collaborator_limit l where l.tenant_id = f.tenant_id and l.user_id = m."userId")
      or exists (select from app.collaborator_client a where a.tenant_id = f.tenant_id and a.user_id = m."userId" and a.client_id = c.tenant_id))
    order by rank, name, "tenantId", "firmId" limit ${COMPANIES_MAX}`, [userId])
  return rows.map(({ roleId, roleName, permissions, ...row }) => ({ ...row, customRole: namedRole({ roleId, roleName }), permissions: permissions && permissions.filter(isPermission) }))
}

/** Creates the organisation behind a company under the first free web name, with its owner. Answers the name taken. */
export async function insertOrganization(tx: SystemTx, input: { tenantId: TenantId; name: string; slug: string; ownerId: UserId }): Promise<string> {
  for (let n = 1; n <= SLUG_TRIES_MAX; n += 1) {
    const slug = n === 1 ? input.slug : `${input.slug}-${n}`
    const { rows } = await tx.query('insert into auth.organization (id, name, slug, "createdAt") values ($1, $2, $3, now()) on conflict (slug) do nothing returning id', [input.tenantId, input.name, slug])
    if (rows.length === 0) continue
    await insertMember(tx, { tenantId: input.tenantId, userId: input.ownerId, role: 'owner' })
    return slug
  }
  throw new Error(`no free web name for ${input.slug}`)
}

export async function renameOrganization(tx: SystemTx, tenantId: TenantId, name: string): Promise<void> {
  await tx.query('update auth.organization set name = $2 where id = $1', [tenantId, name])
}

export async function slugOfTenant(tx: SystemTx, tenantId: TenantId): Promise<string> {
  const { rows } = await tx.query<{ slug: string }>('select slug from auth.organization where id = $1', [tenantId])
  return rows[0]?.slug ?? ''
}

export type MemberRow = { readonly userId: UserId; readonly name: string; readonly email: string; readonly role: Role; readonly customRole: NamedRole | null; readonly permissions: readonly Permission[] | null; readonly since: string }
type MemberColumns = Omit<MemberRow, 'customRole' | 'permissions'> & { readonly roleId: string | null; readonly roleName: string | null; readonly permissions: readonly string[] | null }
export type MembersPage = { readonly after?: { readonly since: string; readonly userId: string } | null; readonly limit?: number; readonly userId?: string }

const MEMBER = `u.id as "userId", u.name, u.email, m.role, m."createdAt" as since, r.id as "roleId", r.name as "roleName", r.permissions
  from auth.member m join auth."user" u on u.id = m."userId"
  left join app.member_role mr on mr.tenant_id = m."organizationId" and mr.user_id = m."userId"
  left join app.role r on r.tenant_id = mr.tenant_id and r.id = mr.role_id`

function memberRow({ roleId, roleName, permissions, ...row }: MemberColumns): MemberRow {
  return { ...row, customRole: namedRole({ roleId, roleName }), permissions: permissions && permissions.filter(isPermission) }
}

/** The members of a company from the first to the latest, or one of them. */
export async function listMembers(tx: SystemTx, tenantId: TenantId, { after, limit, userId }: MembersPage = {}): Promise<MemberRow[]> {
  const { rows } = await tx.query<MemberColumns>(`
    select ${MEMBER}
    where m."organizationId" = $1 and ($2::timestamptz is null or (m."createdAt", u.id) > ($2, $3::uuid)) and ($4::uuid is null or u.id = $4)
    order by m."createdAt", u.id limit $5`, [tenantId, after?.since ?? null, after?.userId ?? null, userId ?? null, limit ?? MEMBERS_MAX])
  return rows.map(memberRow)
}

/** One member, locked with every owner of the company: who stays owner is decided by one transaction at a time. */
export async function lockMember(tx: SystemTx, tenantId: TenantId, userId: string): Promise<{ member: MemberRow | undefined; owners: number }> {
  const owners = await tx.query('select id from auth.member where "organizationId" = $1 and role = \'owner\' order by id for update', [tenantId])
  const { rows } = await tx.query<MemberColumns>(`select ${MEMBER} where m."organizationId" = $1 and m."userId" = $2 for update of m`, [tenantId, userId])
  return { member: rows[0] && memberRow(rows[0]), owners: owners.rows.length }
}

export async function findUserByEmail(tx: SystemTx, email: string): Promise<{ id: UserId; name: string; email: string } | undefined> {
  const { rows } = await tx.query<{ id: UserId; name: string; email: string }>('select id, name, email from auth."user" where email = $1', [email.toLowerCase()])
  return rows[0]
}

/** Answers false when the person is already a member. */
export async function insertMember(tx: SystemTx, input: { tenantId: TenantId; userId: UserId; role: Role }): Promise<boolean> {
  const { rows } = await tx.query(
    'insert into auth.member (id, "organizationId", "userId", role, "createdAt") values ($1, $2, $3, $4, now()) on conflict ("organizationId", "userId") do nothing returning id',
    [uuidv7(), input.tenantId, input.userId, input.role])
  return rows.length > 0
}

export async function updateMemberRole(tx: SystemTx, input: { tenantId: TenantId; userId: UserId; role: Role }): Promise<void> {
  await tx.query('update auth.member set role = $3 where "organizationId" = $1 and "userId" = $2', [input.tenantId, input.userId, input.role])
}

export async function deleteMember(tx: SystemTx, tenantId: TenantId, userId: UserId): Promise<void> {
  await tx.query('delete from auth.member where "organizationId" = $1 and "userId" = $2', [tenantId, userId])
}

export type FirmRow = { readonly id: TenantId; readonly name: string; readonly slug: string }

export async function findFirm(tx: SystemTx, slug: string): Promise<FirmRow | undefined> {
  const { rows } = await tx.query<FirmRow>('select o.id, c.name, o.slug from auth.organization o join app.company c on c.tenant_id = o.id where o.slug = $1 and c.kind = \'firm\'', [slug])
  return rows[0]
}

export type GrantRow = { readonly id: string; readonly firm: FirmRow; readonly role: Role; readonly grantedAt: string; readonly revokedAt: string | null }
type GrantColumns = { id: string; role: Role; granted_at: string; revoked_at: string | null; firm_id: TenantId; firm_name: string; firm_slug: string }

/** The grants of a company, with the firm's name, which the company itself may not read. */
export async function listGrants(tx: SystemTx, tenantId: TenantId, id: string | null = null): Promise<GrantRow[]> {
  const { rows } = await tx.query<GrantColumns>(`
    select g.id, g.role, g.granted_at, g.revoked_at, g.firm_id, f.name as firm_name, o.slug as firm_slug
    from app.firm_grant g join app.company f on f.tenant_id = g.firm_id join auth.organization o on o.id = g.firm_id
    where g.tenant_id = $1 and ($2::uuid is null or g.id = $2) order by g.granted_at desc, g.id limit ${MEMBERS_MAX}`, [tenantId, id])
  return rows.map((row) => ({ id: row.id, role: row.role, grantedAt: row.granted_at, revokedAt: row.revoked_at, firm: { id: row.firm_id, name: row.firm_name, slug: row.firm_slug } }))
}

/** What the first page tells: whether anyone has an account, and whether the demonstration is here. */
export async function instanceState(tx: SystemTx): Promise<{ hasUsers: boolean; hasDemo: boolean }> {
  const { rows } = await tx.query<{ hasUsers: boolean; hasDemo: boolean }>('select exists (select from auth."user") as "hasUsers", exists (select from app.company where is_demo) as "hasDemo"')
  return rows[0] ?? { hasUsers: false, hasDemo: false }
}
