import { Type } from 'typebox'
import type { OutboxMessage, OutboxPage, OutboxQuery } from '../../../../contract/sign-in.ts'
import { allows, authorize, type Context } from '../../../platform/access/context.ts'
import type { App } from '../../../platform/app.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../../platform/http/cursor.ts'
import type { OutboxMail } from '../../../platform/mail/mail.ts'

const CURSOR = Type.Tuple([Type.String({ format: 'date-time' }), Type.String({ format: 'uuid' })])

function present({ id, to, subject, text, html, state, attempts, error, createdAt, sentAt }: OutboxMail): OutboxMessage {
  return { id, to, subject, text, html, state, attempts, error, createdAt, sentAt }
}

/**
 * The messages to the person who asks, and those that speak for the company when they look after its members. A link
 * that opens an account is shown to nobody here: whoever sat at an open session could take the account with it.
 */
export async function listOutbox(app: App, ctx: Context, { query, email }: { readonly query: OutboxQuery; readonly email: string | null }): Promise<OutboxPage> {
  authorize(ctx, 'company.read')
  const limit = query.limit ?? PAGE_LIMIT
  const before = decodeCursor(query.cursor, CURSOR)
  const rows = await app.mail.list({
    email: email ?? '', tenantId: allows(ctx, 'member.manage') ? ctx.tenantId : null, before: before === null ? null : [before[0], before[1]], limit: limit + 1,
  })
  return { delivery: app.mail.delivery, ...pageOf(rows, limit, { item: present, key: ({ createdAt, id }) => [createdAt, id] }) }
}
