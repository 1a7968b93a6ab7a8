import { randomBytes } from 'node:crypto'
import { Type } from 'typebox'
import { Instant, Uuid } from '../../../../contract/common.ts'
import type { Invitation, InvitationQuery, NewInvitation } from '../../../../contract/team.ts'
import { permissionsOf } from '../../../../core/access/permissions.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../../platform/http/cursor.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { namesOf } from '../keys/api-key-store.ts'
import { hashOfSecret } from '../keys/api-key-token.ts'
import { loadCompany } from '../company/company-store.ts'
import { invitationLetter, invitationLink } from './invitation-mail.ts'
import {
  countPending, insertInvitation, isMemberEmail, listInvitations as loadInvitations, lockInvitation, renewInvitation, revokeInvitationRow, type InvitationRow,
} from './invitation-store.ts'
import { chooseRole, refuseBeyond, refuseUnlessOwner, roleName } from './role-choice.ts'
import { findRole } from './role-store.ts'

const PENDING_MAX = 200
/** Nobody's letter box is filled by pressing a button. */
const RESEND_SECONDS = 60
const Key = Type.Tuple([Instant, Uuid])

function presentRow(row: InvitationRow, names: ReadonlyMap<string, string>): Invitation {
  const name = row.invitedBy === null ? undefined : names.get(row.invitedBy)
  return {
    id: row.id, email: row.email, role: row.role, customRole: row.customRole, state: row.state, invitedBy: row.invitedBy === null || name === undefined ? null : { id: row.invitedBy, name },
    createdAt: row.createdAt, sentAt: row.sentAt, expiresAt: row.expiresAt, acceptedAt: row.acceptedAt,
  }
}

async function present(app: App, rows: readonly InvitationRow[]): Promise<Invitation[]> {
  const names = await app.db.system((tx) => namesOf(tx, rows.flatMap((row) => row.invitedBy ?? [])))
  return rows.map((row) => presentRow(row, names))
}

/** The invitations of the company, latest first. */
export async function listInvitations(app: App, ctx: Context, query: InvitationQuery): Promise<{ items: Invitation[]; next: string | null }> {
  authorize(ctx, 'member.manage')
  const key = decodeCursor(query.cursor, Key)
  const limit = query.limit ?? PAGE_LIMIT
  const rows = await app.db.tenant(ctx, (tx) => loadInvitations(tx, { state: query.state, before: key ? { createdAt: key[0], id: key[1] } : null, limit: limit + 1 }))
  const { items, next } = pageOf(rows, limit, { item: (row) => row, key: (row) => [row.createdAt, row.id] })
  return { items: await present(app, items), next }
}

/** Puts the letter in the box, in the transaction this call stands in. */
async function write(app: App, ctx: Context, sent: { readonly email: string; readonly token: string }): Promise<void> {
  const company = await app.db.tenant(ctx, (tx) => loadCompany(tx))
  if (!company) throw new Refusal('NOT_FOUND')
  const letter = invitationLetter({ to: sent.email, company: company.name, inviter: ctx.actor, link: invitationLink(app.config.publicUrl, sent.token), locale: company.locale })
  await app.mail.send({ ...letter, locale: company.locale, tenantId: ctx.tenantId })
}

const newToken = (): { token: string; hash: Buffer } => {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOfSecret(token) }
}

async function readOne(app: App, ctx: Context, id: string): Promise<Invitation> {
  const row = await app.db.tenant(ctx, (tx) => lockInvitation(tx, id))
  const [shown] = row ? await present(app, [row]) : []
  if (!shown) throw new Refusal('NOT_FOUND')
  return shown
}

/** Invites someone by e-mail, whether they have an account or not: the answer does not tell. */
export async function invite(app: App, ctx: Context, input: NewInvitation): Promise<Invitation> {
  authorize(ctx, 'member.manage')
  const given = await chooseRole(app, ctx, input)
  const email = input.email.trim().toLowerCase()
  const id = uuidv7()
  const { token, hash } = newToken()
  await app.db.transaction(async () => {
    if (await app.db.system((tx) => isMemberEmail(tx, ctx.tenantId, email))) throw new Refusal('MEMBER_EXISTS')
    await app.db.tenant(ctx, async (tx) => {
      if (await countPending(tx) >= PENDING_MAX) throw new Refusal('INVITATIONS_TOO_MANY', { limit: String(PENDING_MAX) })
      const row = { id, email, role: given.role, roleId: given.customRole?.id ?? null, tokenHash: hash, invitedBy: ctx.userId }
      if (!await insertInvitation(tx, row)) throw new Refusal('INVITATION_EXISTS', { email })
    })
    await write(app, ctx, { email, token })
    await app.db.tenant(ctx, (tx) => recordAudit(tx, ctx, { action: 'invitation.create', subjectKind: 'invitation', subjectId: id, before: null, after: { email, role: roleName(given) } }))
  })
  return await readOne(app, ctx, id)
}

/** Refuses who may not give the role of an invitation, since sending it again gives it again. */
async function refuseUnlessGivable(app: App, ctx: Context, row: InvitationRow): Promise<void> {
  if (row.role === 'owner') refuseUnlessOwner(ctx)
  const { customRole } = row
  const custom = customRole && await app.db.tenant(ctx, (tx) => findRole(tx, customRole.id))
  refuseBeyond(ctx, custom ? custom.permissions : permissionsOf(row.role))
}

/** Sends an invitation again, with a new link and seven new days; the link sent before no longer works. */
export async function resendInvitation(app: App, ctx: Context, id: string): Promise<Invitation> {
  authorize(ctx, 'member.manage')
  const { token, hash } = newToken()
  await app.db.transaction(async () => {
    const row = await app.db.tenant(ctx, (tx) => lockInvitation(tx, id))
    if (!row) throw new Refusal('NOT_FOUND')
    if (row.state !== 'pending' && row.state !== 'expired') throw new Refusal('INVITATION_CLOSED')
    if (row.sentSecondsAgo < RESEND_SECONDS) throw new Refusal('RATE_LIMITED', { seconds: String(Math.ceil(RESEND_SECONDS - row.sentSecondsAgo)) })
    await refuseUnlessGivable(app, ctx, row)
    await app.db.tenant(ctx, (tx) => renewInvitation(tx, id, hash))
    await write(app, ctx, { email: row.email, token })
    await app.db.tenant(ctx, (tx) => recordAudit(tx, ctx, { action: 'invitation.resend', subjectKind: 'invitation', subjectId: id, before: { expiresAt: row.expiresAt }, after: { email: row.email } }))
  })
  return await readOne(app, ctx, id)
}

/** Withdraws an invitation, at once. Doing it again changes nothing; one that was accepted is a member to remove. */
export async function revokeInvitation(app: App, ctx: Context, id: string): Promise<Invitation> {
  authorize(ctx, 'member.manage')
  await app.db.tenant(ctx, async (tx) => {
    const row = await lockInvitation(tx, id)
    if (!row) throw new Refusal('NOT_FOUND')
    if (row.state === 'accepted') throw new Refusal('INVITATION_CLOSED')
    if (row.state === 'revoked') return
    await revokeInvitationRow(tx, id)
    await recordAudit(tx, ctx, { action: 'invitation.revoke', subjectKind: 'invitation', subjectId: id, before: { email: row.email, role: roleName(row), state: row.state }, after: { state: 'revoked' } })
  })
  return await readOne(app, ctx, id)
}
