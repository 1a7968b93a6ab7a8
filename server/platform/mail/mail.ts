import type { Locale } from '../../../core/kernel/problem.ts'
import type { Smtp } from '../config/smtp.ts'
import type { Db } from '../db/types.ts'
import { uuidv7 } from '../id/uuid.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { insertMail, listAllMail, listMail, markError, markSent, takeMail, type MailRow, type OutboxFilter } from './store.ts'
import { errorWords, isFinal, smtpDelivery } from './transport.ts'

/** A message ready to send: no template is filled here. `tenantId`: the company it speaks for, whose administrators may read it in the outbox. `opensAccount`: its link lets in whoever holds it, so that no page shows it. */
export type Message = {
  readonly to: string; readonly locale: Locale; readonly subject: string; readonly text: string; readonly html: string; readonly tenantId?: string | undefined; readonly opensAccount?: boolean
}

export type OutboxMail = Omit<MailRow, 'sealed'> & { readonly text: string | null; readonly html: string | null }

export type Mail = {
  /** `outbox`: no mail server is set, and messages wait to be read. */
  readonly delivery: 'smtp' | 'outbox'
  /** Keeps a message in the transaction this call stands in (never a company's own) and has it sent after the commit. Answers its id. */
  send(message: Message): Promise<string>
  /** The outbox as a page shows it: what opens an account stays closed. */
  list(filter: OutboxFilter): Promise<readonly OutboxMail[]>
  /** For whoever holds the machine: every message, or those to one address. */
  listAll(email: string | null, limit: number): Promise<readonly OutboxMail[]>
}

export type MailParts = {
  readonly db: Db; readonly jobs: Jobs; readonly secrets: Secrets; readonly smtp: Smtp | null; readonly publicUrl: string
  /** Tries after the first one, and the seconds before the second, doubled for each next one. */
  readonly retry?: { readonly times: number; readonly seconds: number }
}

const QUEUE = 'mail.send'
/** With waits that double from half a minute: given up after about four hours. */
const RETRY = { times: 9, seconds: 30 }
const TIMEOUT_SECONDS = 120

type MailJob = { readonly id: string }
type Body = { readonly text: string; readonly html: string; readonly opensAccount: boolean }

const purposeOf = (id: string) => ({ tenantId: null, purpose: `mail.body:${id}` })

/** Mail: kept with the change it tells, then sent by a job that tries again. Without a mail server it waits in the outbox. */
export function createMail({ db, jobs, secrets, smtp, publicUrl, retry = RETRY }: MailParts): Mail {
  const deliver = smtp === null ? undefined : smtpDelivery(smtp, new URL(publicUrl).hostname)
  const bodyOf = async (row: MailRow): Promise<Body | null> => (row.sealed === null ? null : JSON.parse(await secrets.open(purposeOf(row.id), row.sealed)) as Body)
  const opened = async (rows: readonly MailRow[], { all }: { readonly all: boolean }): Promise<OutboxMail[]> => {
    const shown: OutboxMail[] = []
    for (const { sealed, ...row } of rows) {
      const body = await bodyOf({ ...row, sealed })
      const visible = body && (all || !body.opensAccount) ? body : null
      shown.push({ ...row, text: visible?.text ?? null, html: visible?.html ?? null })
    }
    return shown
  }
  jobs.define<MailJob>(QUEUE, {
    title: { fr: 'Envoyer un courriel', en: 'Send an e-mail' }, retryLimit: retry.times, retryDelaySeconds: retry.seconds, timeoutSeconds: TIMEOUT_SECONDS,
  }, async ({ data }) => {
    if (!deliver) return
    const row = await db.system((tx) => takeMail(tx, data.id))
    const body = row && await bodyOf(row)
    if (!row || !body) return
    try {
      await deliver({ id: row.id, to: row.to, subject: row.subject, text: body.text, html: body.html })
    } catch (error) {
      await db.system((tx) => markError(tx, { id: row.id, error: errorWords(error), final: isFinal(error) || row.attempts > retry.times }))
      if (isFinal(error)) return
      throw new Error(`the mail server did not take the message: ${errorWords(error)}`)
    }
    await db.system((tx) => markSent(tx, row.id))
  })
  return {
    delivery: deliver ? 'smtp' : 'outbox',
    send: async ({ to, locale, subject, text, html, tenantId, opensAccount }) => {
      const id = uuidv7()
      await db.transaction(async () => {
        const sealed = await secrets.seal(purposeOf(id), JSON.stringify({ text, html, opensAccount: opensAccount ?? false } satisfies Body))
        await db.system((tx) => insertMail(tx, { id, tenantId: tenantId ?? null, to: to.trim().toLowerCase(), locale, subject, sealed }))
        if (deliver) await jobs.enqueue<MailJob>(QUEUE, { id }, { key: id })
      })
      return id
    },
    list: async (filter) => opened(await db.system((tx) => listMail(tx, filter)), { all: false }),
    listAll: async (email, limit) => opened(await db.system((tx) => listAllMail(tx, email, limit)), { all: true }),
  }
}
