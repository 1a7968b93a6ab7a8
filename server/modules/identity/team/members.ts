import type { Member, NewMember, RoleChoice } from '../../../../contract/identity.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import { appendEvent } from '../../../platform/events/index.ts'
import { recordAudit } from '../../audit/index.ts'
import { clearAssignment } from './collaborator-store.ts'
import { revokeInvitationsOf } from './invitation-store.ts'
import { chooseRole, permissionsOfRole, refuseBeyond, refuseUnlessOwner, roleName } from './role-choice.ts'
import { setMemberRole } from './role-store.ts'
import { deleteMember, findUserByEmail, insertMember, listMembers as loadMembers, lockMember, updateMemberRole, type MemberRow, type MembersPage } from '../store.ts'

export function presentMember({ permissions: _permissions, ...row }: MemberRow): Member {
  return row
}

/** The people of the company, from the first to the latest: all of them, a page, or one. */
export async function listMembers(app: App, ctx: Context, page: MembersPage = {}): Promise<Member[]> {
  authorize(ctx, 'company.read')
  return (await app.db.system((tx) => loadMembers(tx, ctx.tenantId, page))).map(presentMember)
}

/** Makes a person who has an account a member, with a role. */
export async function addMember(app: App, ctx: Context, input: NewMember): Promise<Member> {
  authorize(ctx, 'member.manage')
  const given = await chooseRole(app, ctx, input)
  const member = await app.db.transaction(async () => {
    const user = await app.db.system((tx) => findUserByEmail(tx, input.email))
    if (!user) throw new Refusal('USER_UNKNOWN', { email: input.email })
    if (!await app.db.system((tx) => insertMember(tx, { tenantId: ctx.tenantId, userId: user.id, role: given.role }))) throw new Refusal('MEMBER_EXISTS')
    await app.db.tenant(ctx, async (tx) => {
      await setMemberRole(tx, user.id, given.customRole?.id ?? null)
      await appendEvent(tx, ctx, { kind: 'member.added', subject: user.id, data: { role: given.role } })
      await recordAudit(tx, ctx, { action: 'member.add', subjectKind: 'user', subjectId: user.id, after: { email: user.email, role: roleName(given) } })
    })
    const [added] = await app.db.system((tx) => loadMembers(tx, ctx.tenantId, { userId: user.id }))
    if (!added) throw new Refusal('NOT_FOUND')
    return presentMember(added)
  })
  await app.auth.accessChanged()
  return member
}

/** The member a change is about. An owner is changed by owners only, and never the last one; nobody changes someone who may do more than they. */
async function memberToChange(app: App, ctx: Context, change: { userId: string; staysOwner: boolean }): Promise<MemberRow> {
  const { member, owners } = await app.db.system((tx) => lockMember(tx, ctx.tenantId, change.userId))
  if (!member) throw new Refusal('NOT_FOUND')
  if (member.role === 'owner') {
    refuseUnlessOwner(ctx)
    if (!change.staysOwner && owners === 1) throw new Refusal('LAST_OWNER')
  }
  refuseBeyond(ctx, permissionsOfRole(member))
  return member
}

/** Gives a member another role. */
export async function changeMember(app: App, ctx: Context, input: { readonly userId: string } & RoleChoice): Promise<Member> {
  authorize(ctx, 'member.manage')
  const given = await chooseRole(app, ctx, input)
  const member = await app.db.transaction(async () => {
    const before = await memberToChange(app, ctx, { userId: input.userId, staysOwner: given.role === 'owner' })
    await app.db.system((tx) => updateMemberRole(tx, { tenantId: ctx.tenantId, userId: before.userId, role: given.role }))
    await app.db.tenant(ctx, async (tx) => {
      await setMemberRole(tx, before.userId, given.customRole?.id ?? null)
      // What they offered goes with the right to offer it: a link left behind would be a way back in.
      if (!given.permissions.includes('member.manage')) await revokeInvitationsOf(tx, before.userId)
      if (roleName(before) !== roleName(given)) {
        await appendEvent(tx, ctx, { kind: 'member.changed', subject: before.userId, data: { role: given.role } })
        await recordAudit(tx, ctx, { action: 'member.change', subjectKind: 'user', subjectId: before.userId, before: { role: roleName(before) }, after: { role: roleName(given) } })
      }
    })
    return presentMember({ ...before, role: given.role, customRole: given.customRole })
  })
  await app.auth.accessChanged()
  return member
}

/** Takes a person out of the company. Their account stays, and what they did keeps their name. */
export async function removeMember(app: App, ctx: Context, input: { readonly userId: string }): Promise<void> {
  authorize(ctx, 'member.manage')
  await app.db.transaction(async () => {
    const before = await memberToChange(app, ctx, { userId: input.userId, staysOwner: false })
    await app.db.system((tx) => deleteMember(tx, ctx.tenantId, before.userId))
    await app.db.tenant(ctx, async (tx) => {
      await setMemberRole(tx, before.userId, null)
      await clearAssignment(tx, before.userId)
      const withdrawn = await revokeInvitationsOf(tx, before.userId)
      await appendEvent(tx, ctx, { kind: 'member.removed', subject: before.userId, data: { role: before.role } })
      await recordAudit(tx, ctx, { action: 'member.remove', subjectKind: 'user', subjectId: before.userId, before: { email: before.email, role: roleName(before) }, after: withdrawn > 0 ? { invitationsWithdrawn: withdrawn } : null })
    })
  })
  await app.auth.accessChanged()
}
