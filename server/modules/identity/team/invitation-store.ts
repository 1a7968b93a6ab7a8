// Invitations: rows of the company, which the system finds by the hash of their token before any company is known.
import { INVITATION_DAYS, type Invitation } from '../../../../contract/team.ts'
import type { Role } from '../../../../core/access/permissions.ts'
import type { TenantId, UserId } from '../../../../core/kernel/id.ts'
import type { Locale } from '../../../../core/kernel/problem.ts'
import type { SystemTx, TenantTx } from '../../../platform/db/types.ts'
import { namedRole, type NamedRole } from '../store.ts'

export type InvitationState = Invitation['state']
export type InvitationRow = {
  readonly id: string; readonly email: string; readonly role: Role; readonly customRole: NamedRole | null; readonly state: InvitationState
  readonly invitedBy: UserId | null; readonly createdAt: string; readonly sentAt: string; readonly expiresAt: string; readonly acceptedAt: string | null; readonly acceptedBy: UserId | null
  /** Seconds since it was last sent. */
  readonly sentSecondsAgo: number
}
type Columns = Omit<InvitationRow, 'customRole'> & { readonly roleId: string | null; readonly roleName: string | null }

const STATE = 'case when i.status = \'pending\' and i.expires_at <= now() then \'expired\' else i.status end'
const COLUMNS = `i.id, i.email, i.role, i.role_id as "roleId", r.name as "roleName", ${STATE} as state, i.invited_by as "invitedBy", i.created_at as "createdAt",
  i.sent_at as "sentAt", i.expires_at as "expiresAt", i.accepted_at as "acceptedAt", i.accepted_by as "acceptedBy", extract(epoch from now() - i.sent_at)::float8 as "sentSecondsAgo"`
const FROM = 'from app.invitation i left join app.role r on r.tenant_id = i.tenant_id and r.id = i.role_id'
const LIFE = `interval '${INVITATION_DAYS} days'`

function rowOf({ roleId, roleName, ...row }: Columns): InvitationRow {
  return { ...row, customRole: namedRole({ roleId, roleName }) }
}

export type InvitationsPage = { readonly state?: InvitationState | undefined; readonly before: { readonly createdAt: string; readonly id: string } | null; readonly limit: number }

/** From the latest to the first. */
export async function listInvitations(tx: TenantTx, page: InvitationsPage): Promise<InvitationRow[]> {
  const { rows } = await tx.query<Columns>(`
    select ${COLUMNS} ${FROM} where i.tenant_id = $1 and ($2::text is null or ${STATE} = $2) and ($3::timestamptz is null or (i.created_at, i.id) < ($3, $4::uuid))
    order by i.created_at desc, i.id desc limit $5`, [tx.tenantId, page.state ?? null, page.before?.createdAt ?? null, page.before?.id ?? null, page.limit])
  return rows.map(rowOf)
}

export async function lockInvitation(tx: TenantTx, id: string): Promise<InvitationRow | undefined> {
  const { rows } = await tx.query<Columns>(`select ${COLUMNS} ${FROM} where i.tenant_id = $1 and i.id = $2 for update of i`, [tx.tenantId, id])
  return rows[0] && rowOf(rows[0])
}

/** Those that still await an answer. */
export async function countPending(tx: TenantTx): Promise<number> {
  const { rows } = await tx.query<{ n: number }>('select count(*)::int as n from app.invitation where tenant_id = $1 and status = \'pending\' and expires_at > now()', [tx.tenantId])
  return rows[0]?.n ?? 0
}

export type NewInvitationRow = { readonly id: string; readonly email: string; readonly role: Role; readonly roleId: string | null; readonly tokenHash: Uint8Array; readonly invitedBy: UserId | null }

/** Answers false when one already awaits an answer at that address. One that expired gives way. */
export async function insertInvitation(tx: TenantTx, row: NewInvitationRow): Promise<boolean> {
  await tx.query('update app.invitation set status = \'revoked\' where tenant_id = $1 and email = $2 and status = \'pending\' and expires_at <= now()', [tx.tenantId, row.email])
  const { rows } = await tx.query(`
    insert into app.invitation (tenant_id, id, email, role, role_id, token_hash, invited_by, expires_at) values ($1, $2, $3, $4, $5, $6, $7, now() + ${LIFE})
    on conflict (tenant_id, email) where status = 'pending' do nothing returning id`,
  [tx.tenantId, row.id, row.email, row.role, row.roleId, row.tokenHash, row.invitedBy])
  return rows.length > 0
}

/** A new token and a new life: the link that was sent before no longer works. */
export async function renewInvitation(tx: TenantTx, id: string, tokenHash: Uint8Array): Promise<void> {
  await tx.query(`update app.invitation set token_hash = $3, sent_at = now(), expires_at = now() + ${LIFE} where tenant_id = $1 and id = $2`, [tx.tenantId, id, tokenHash])
}

export async function revokeInvitationRow(tx: TenantTx, id: string): Promise<void> {
  await tx.query('update app.invitation set status = \'revoked\' where tenant_id = $1 and id = $2', [tx.tenantId, id])
}

/** Withdraws what a person sent and nobody answered: they may no longer invite. Answers how many. */
export async function revokeInvitationsOf(tx: TenantTx, userId: UserId): Promise<number> {
  const { rowCount } = await tx.query('update app.invitation set status = \'revoked\' where tenant_id = $1 and invited_by = $2 and status = \'pending\'', [tx.tenantId, userId])
  return rowCount
}

export async function markAccepted(tx: TenantTx, id: string, userId: UserId): Promise<void> {
  await tx.query('update app.invitation set status = \'accepted\', accepted_at = now(), accepted_by = $3 where tenant_id = $1 and id = $2', [tx.tenantId, id, userId])
}

export type FoundInvitation = InvitationRow & {
  readonly tenantId: TenantId; readonly companyName: string; readonly companyKind: 'company' | 'firm'; readonly inviterName: string | null
  readonly currency: string; readonly timeZone: string; readonly locale: Locale; readonly hasAccount: boolean
}

/** The invitation that a link names, whatever became of it; an archived company invites nobody. */
export async function findByToken(tx: SystemTx, tokenHash: Uint8Array): Promise<FoundInvitation | undefined> {
  const { rows } = await tx.query<Columns & Omit<FoundInvitation, keyof InvitationRow>>(`
    select ${COLUMNS}, i.tenant_id as "tenantId", c.name as "companyName", c.kind as "companyKind", u.name as "inviterName",
      c.currency, c.time_zone as "timeZone", c.locale, exists (select from auth."user" a where a.email = i.email) as "hasAccount"
    ${FROM} join app.company c on c.tenant_id = i.tenant_id and c.archived_at is null left join auth."user" u on u.id = i.invited_by
    where i.token_hash = $1`, [tokenHash])
  const row = rows[0]
  return row && { ...row, ...rowOf(row) }
}

/** Whether the person with this address is a member already. */
export async function isMemberEmail(tx: SystemTx, tenantId: TenantId, email: string): Promise<boolean> {
  const { rows } = await tx.query('select 1 from auth.member m join auth."user" u on u.id = m."userId" where m."organizationId" = $1 and u.email = $2', [tenantId, email])
  return rows.length > 0
}
