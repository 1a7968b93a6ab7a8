import type { CompanyAccess } from '../../../../contract/identity.ts'
import type { InvitationPreview } from '../../../../contract/team.ts'
import { currency } from '../../../../core/kernel/currency.ts'
import type { Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import { appendEvent } from '../../../platform/events/index.ts'
import type { Origin, Person, SignedIn } from '../../../platform/auth/auth.ts'
import { recordAudit } from '../../audit/index.ts'
import { readAccesses, presentAccess } from '../access.ts'
import { hashOfSecret } from '../keys/api-key-token.ts'
import { findByToken, lockInvitation, markAccepted, type FoundInvitation } from './invitation-store.ts'
import { roleName } from './role-choice.ts'
import { setMemberRole } from './role-store.ts'
import { insertMember } from '../store.ts'

/** Who accepts, and from where. */
export type Guest = { readonly person: Person; readonly address: string | null }

async function found(app: App, token: string): Promise<FoundInvitation> {
  const invitation = await app.db.system((tx) => findByToken(tx, hashOfSecret(token)))
  if (!invitation) throw new Refusal('INVITATION_INVALID')
  return invitation
}

/** What a link says before anyone accepts. It needs no session: who holds the link read the letter. */
export async function previewInvitation(app: App, token: string): Promise<InvitationPreview> {
  const invitation = await found(app, token)
  if (invitation.state !== 'pending') throw new Refusal('INVITATION_INVALID')
  const { email, role, customRole, expiresAt, hasAccount } = invitation
  return { company: { name: invitation.companyName, kind: invitation.companyKind }, email, role, customRole, invitedBy: invitation.inviterName, expiresAt, hasAccount }
}

function guestContext(app: App, { person, address }: Guest, to: FoundInvitation): Context {
  return {
    tenantId: to.tenantId, userId: person.id, actor: person.name, role: to.role, locale: to.locale,
    today: app.clock.today(to.timeZone), currency: currency(to.currency), address,
  }
}

async function openedCompany(app: App, guest: Guest, tenantId: string): Promise<CompanyAccess> {
  const row = (await readAccesses(app, guest.person.id)).find((access) => access.tenantId === tenantId)
  if (!row) throw new Refusal('INVITATION_INVALID')
  return presentAccess(row)
}

/**
 * Makes the guest a member with the role of the invitation. It serves once, and only the person it is addressed to; the
 * same person may send it again and gets the same answer. Someone who became a member meanwhile keeps their role.
 */
export async function acceptInvitation(app: App, guest: Guest, token: string): Promise<CompanyAccess> {
  const invitation = await found(app, token)
  if (invitation.state === 'accepted' && invitation.acceptedBy === guest.person.id) return await openedCompany(app, guest, invitation.tenantId)
  if (invitation.state !== 'pending') throw new Refusal('INVITATION_INVALID')
  if (guest.person.email.toLowerCase() !== invitation.email) throw new Refusal('INVITATION_OTHER_PERSON', { email: invitation.email })
  const ctx = guestContext(app, guest, invitation)
  await app.db.transaction(async () => {
    // Locked and read again: it may have been withdrawn, sent again or accepted since the look-up.
    const row = await app.db.tenant(ctx, (tx) => lockInvitation(tx, invitation.id))
    const still = await app.db.system((tx) => findByToken(tx, hashOfSecret(token)))
    if (row?.state !== 'pending' || still?.id !== row.id) throw new Refusal('INVITATION_INVALID')
    const isNew = await app.db.system((tx) => insertMember(tx, { tenantId: ctx.tenantId, userId: guest.person.id, role: row.role }))
    await app.db.tenant(ctx, async (tx) => {
      if (isNew) await setMemberRole(tx, guest.person.id, row.customRole?.id ?? null)
      await markAccepted(tx, row.id, guest.person.id)
      if (isNew) await appendEvent(tx, ctx, { kind: 'member.added', subject: guest.person.id, data: { role: row.role } })
      await recordAudit(tx, ctx, { action: 'invitation.accept', subjectKind: 'invitation', subjectId: row.id, before: { state: 'pending' }, after: { state: 'accepted', email: row.email, role: roleName(row), userId: guest.person.id } })
    })
  })
  await app.auth.accessChanged()
  return await openedCompany(app, guest, ctx.tenantId)
}

export type Joining = { readonly token: string; readonly name: string; readonly password: string }

/** Makes an account for the address of the invitation, signs in and accepts it. */
export async function joinByInvitation(app: App, input: Joining, origin: Origin): Promise<SignedIn & { readonly company: CompanyAccess }> {
  const invitation = await found(app, input.token)
  if (invitation.state !== 'pending') throw new Refusal('INVITATION_INVALID')
  const signedIn = await app.auth.signUp({ name: input.name, email: invitation.email, password: input.password }, origin)
  return { ...signedIn, company: await acceptInvitation(app, { person: signedIn.person, address: origin.address }, input.token) }
}
