import type { Static } from 'typebox'
import type { Member, MemberPatch, NewMember } from '../../../contract/identity.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { recordAudit } from '../audit/index.ts'
import { deleteMember, findUserByEmail, insertMember, listMembers as loadMembers, lockMember, updateMemberRole, type MemberRow } from './store.ts'

/** The people of the company, from the first to the latest. */
export async function listMembers(app: App, ctx: Context): Promise<Member[]> {
  authorize(ctx, 'company.read')
  return [...await app.db.system((tx) => loadMembers(tx, ctx.tenantId))]
}

function refuseUnlessOwner(ctx: Context): void {
  if (ctx.role !== 'owner') throw new Refusal('OWNER_ONLY')
}

/** Makes a person who has an account a member, with a role. */
export async function addMember(app: App, ctx: Context, input: Static<typeof NewMember>): Promise<Member> {
  authorize(ctx, 'member.manage')
  if (input.role === 'owner') refuseUnlessOwner(ctx)
  const member = await app.db.transaction(async () => {
    const added = await app.db.system(async (tx) => {
      const user = await findUserByEmail(tx, input.email)
      if (!user) throw new Refusal('USER_UNKNOWN', { email: input.email })
      if (!await insertMember(tx, { tenantId: ctx.tenantId, userId: user.id, role: input.role })) throw new Refusal('MEMBER_EXISTS')
      return (await lockMember(tx, ctx.tenantId, user.id)).member
    })
    if (!added) throw new Refusal('NOT_FOUND')
    await app.db.tenant(ctx, (tx) => recordAudit(tx, ctx, { action: 'member.add', subjectKind: 'user', subjectId: added.userId, after: { email: added.email, role: added.role } }))
    return added
  })
  await app.auth.accessChanged()
  return member
}

/** The member a change is about. An owner is changed by owners only, and never the last one. */
async function memberToChange(app: App, ctx: Context, change: { userId: string; staysOwner: boolean }): Promise<MemberRow> {
  const { member, owners } = await app.db.system((tx) => lockMember(tx, ctx.tenantId, change.userId))
  if (!member) throw new Refusal('NOT_FOUND')
  if (member.role === 'owner') {
    refuseUnlessOwner(ctx)
    if (!change.staysOwner && owners === 1) throw new Refusal('LAST_OWNER')
  }
  return member
}

/** Gives a member another role. */
export async function changeMember(app: App, ctx: Context, input: { readonly userId: string } & Static<typeof MemberPatch>): Promise<Member> {
  authorize(ctx, 'member.manage')
  if (input.role === 'owner') refuseUnlessOwner(ctx)
  const member = await app.db.transaction(async () => {
    const before = await memberToChange(app, ctx, { userId: input.userId, staysOwner: input.role === 'owner' })
    await app.db.system((tx) => updateMemberRole(tx, { tenantId: ctx.tenantId, userId: before.userId, role: input.role }))
    await app.db.tenant(ctx, (tx) => recordAudit(tx, ctx, { action: 'member.change', subjectKind: 'user', subjectId: before.userId, before: { role: before.role }, after: { role: input.role } }))
    return { ...before, role: input.role }
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
    await app.db.tenant(ctx, (tx) => recordAudit(tx, ctx, { action: 'member.remove', subjectKind: 'user', subjectId: before.userId, before: { email: before.email, role: before.role } }))
  })
  await app.auth.accessChanged()
}
