// The members of a company under the addresses that programs expect of users. The work is that of members.ts.
import { Type } from 'typebox'
import { Instant, Uuid } from '../../../../contract/common.ts'
import type { Member, RoleChoice } from '../../../../contract/identity.ts'
import type { User } from '../../../../contract/team.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../../platform/http/cursor.ts'
import { changeMember, listMembers } from './members.ts'

const ByAge = Type.Tuple([Instant, Uuid])

function userOf({ userId, ...member }: Member): User {
  return { id: userId, ...member }
}

/** The people of the company, from the first to the latest. */
export async function listUsers(app: App, ctx: Context, query: { readonly limit?: number; readonly cursor?: string }): Promise<{ items: User[]; next: string | null }> {
  authorize(ctx, 'company.read')
  const key = decodeCursor(query.cursor, ByAge)
  const limit = query.limit ?? PAGE_LIMIT
  const rows = await listMembers(app, ctx, { after: key ? { since: key[0], userId: key[1] } : null, limit: limit + 1 })
  return pageOf(rows, limit, { item: userOf, key: (row) => [row.since, row.userId] })
}

/** One person of the company. */
export async function readUser(app: App, ctx: Context, id: string): Promise<User> {
  authorize(ctx, 'company.read')
  const [member] = await listMembers(app, ctx, { userId: id })
  if (!member) throw new Refusal('NOT_FOUND')
  return userOf(member)
}

/** Gives a person another role. */
export async function changeUser(app: App, ctx: Context, input: { readonly id: string } & RoleChoice): Promise<User> {
  authorize(ctx, 'member.manage')
  const { id, ...choice } = input
  return userOf(await changeMember(app, ctx, { userId: id, ...choice }))
}
