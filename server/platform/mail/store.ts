import type { Locale } from '../../../core/kernel/problem.ts'
import type { SystemTx } from '../db/types.ts'

export type MailState = 'waiting' | 'sent' | 'failed'

export type MailRow = {
  readonly id: string; readonly tenantId: string | null; readonly to: string; readonly locale: Locale; readonly subject: string; readonly sealed: string | null
  readonly state: MailState; readonly attempts: number; readonly error: string | null; readonly createdAt: string; readonly sentAt: string | null
}

const COLUMNS = 'id, tenant_id as "tenantId", "to", locale, subject, body_sealed as sealed, state, attempts, error, created_at as "createdAt", sent_at as "sentAt"'
const SWEPT_MAX = 200
const ERROR_MAX = 500

/** Keeps a message, and forgets some that are older than thirty days. */
export async function insertMail(tx: SystemTx, mail: Pick<MailRow, 'id' | 'tenantId' | 'to' | 'locale' | 'subject'> & { readonly sealed: string }): Promise<void> {
  await tx.query(`delete from auth.mail_message where id in (select id from auth.mail_message where created_at < now() - interval '30 days' limit ${SWEPT_MAX} for update skip locked)`)
  await tx.query('insert into auth.mail_message (id, tenant_id, "to", locale, subject, body_sealed) values ($1, $2, $3, $4, $5, $6)', [mail.id, mail.tenantId, mail.to, mail.locale, mail.subject, mail.sealed])
}

/** Counts one more try of a message that is not sent: one that failed may be tried again by hand. Undefined when it was sent or is gone. */
export async function takeMail(tx: SystemTx, id: string): Promise<MailRow | undefined> {
  return (await tx.query<MailRow>(`update auth.mail_message set attempts = attempts + 1 where id = $1 and state <> 'sent' returning ${COLUMNS}`, [id])).rows[0]
}

/** The message is sent: its body, which may hold a link, is gone. */
export async function markSent(tx: SystemTx, id: string): Promise<void> {
  await tx.query('update auth.mail_message set state = \'sent\', sent_at = now(), body_sealed = null, error = null where id = $1', [id])
}

export async function markError(tx: SystemTx, mail: { readonly id: string; readonly error: string; readonly final: boolean }): Promise<void> {
  await tx.query('update auth.mail_message set error = $2, state = case when $3 then \'failed\' else state end where id = $1', [mail.id, mail.error.slice(0, ERROR_MAX), mail.final])
}

export type OutboxFilter = { readonly email: string; readonly tenantId: string | null; readonly before: readonly [string, string] | null; readonly limit: number }

/** The messages to one address, and those of one company, the latest first. */
export async function listMail(tx: SystemTx, { email, tenantId, before, limit }: OutboxFilter): Promise<MailRow[]> {
  const { rows } = await tx.query<MailRow>(`
    select ${COLUMNS} from auth.mail_message
    where ("to" = $1 or tenant_id = $2) and ($3::timestamptz is null or (created_at, id) < ($3, $4::uuid))
    order by created_at desc, id desc limit $5`, [email, tenantId, before?.[0] ?? null, before?.[1] ?? null, limit])
  return rows
}

/** The latest messages of the installation, for whoever holds the machine. */
export async function listAllMail(tx: SystemTx, email: string | null, limit: number): Promise<MailRow[]> {
  return (await tx.query<MailRow>(`select ${COLUMNS} from auth.mail_message where $1::text is null or "to" = $1 order by created_at desc, id desc limit $2`, [email, limit])).rows
}
