import { createServer, type Server, type Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { testDb, type TestDb } from '../../../tests/support/database.ts'
import { createJobs, DEAD_LETTER_QUEUE, type Jobs } from '../jobs/jobs.ts'
import { createSecrets } from '../secrets/secrets.ts'
import { createMail, type Mail, type Message } from './mail.ts'

let db: TestDb
const closing: (() => Promise<void> | void)[] = []
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const secret = 'a secret of the tests, long enough to be one'
beforeAll(async () => { db = await testDb() })
afterAll(async () => { await db.close() })
afterEach(async () => { for (const close of closing.splice(0).reverse()) await close() })

let n = 0
const message = (fields: Partial<Message> = {}): Message => {
  n += 1
  return { to: `reader-${n}@example.org`, locale: 'fr', subject: 'Objet accentué : reçu n° 1', text: 'Bonjour,\n\nVoilà.', html: '<p>Voilà.</p>', ...fields }
}

/** A real mail server on a free port of this machine. */
async function smtpServer(options: SMTPServerOptions = {}): Promise<{ url: string; received: string[] }> {
  const received: string[] = []
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => { received.push(Buffer.concat(parts).toString('utf8')); done() })
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  closing.push(() => new Promise<void>((resolve) => { server.close(resolve) }))
  return { url: `smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`, received }
}

async function mailWith(url: string | null): Promise<{ mail: Mail; jobs: Jobs }> {
  const jobs = createJobs(db, { log: quiet })
  const secrets = createSecrets(db, { secret, previous: [] })
  const mail = createMail({ db, jobs, secrets, smtp: url === null ? null : { url, from: 'Quittance <compta@exemple.fr>' }, publicUrl: 'https://compta.exemple.fr', retry: { times: 3, seconds: 0 } })
  await jobs.start()
  closing.push(() => jobs.stop())
  return { mail, jobs }
}

const rowOf = async (mail: Mail, to: string) => (await mail.listAll(to, 1))[0]

test('a message leaves with both parts after the commit, and its text is then gone from the database', async () => {
  const { url, received } = await smtpServer()
  const { mail, jobs } = await mailWith(url)
  const sent = message()
  await db.transaction(async () => {
    await mail.send(sent)
    expect(received).toEqual([])
  })
  await jobs.idle()
  expect(received).toHaveLength(1)
  const [text = ''] = received
  expect(text).toContain('From: Quittance <compta@exemple.fr>')
  expect(text).toContain(`To: ${sent.to}`)
  // RFC 2047: base 64 or quoted text of UTF-8, whichever the library chooses.
  expect(text).toMatch(/Subject: =\?UTF-8\?[BQ]\?/)
  expect(text).toContain('multipart/alternative')
  expect(text).toContain('text/html')
  expect(await rowOf(mail, sent.to)).toMatchObject({ state: 'sent', attempts: 1, text: null, html: null, error: null })
  expect((await db.system((tx) => tx.query('select body_sealed from auth.mail_message where "to" = $1', [sent.to]))).rows).toEqual([{ body_sealed: null }])
})

test('a transaction that is undone sends nothing', async () => {
  const { url, received } = await smtpServer()
  const { mail, jobs } = await mailWith(url)
  const sent = message()
  await db.transaction(async () => { await mail.send(sent); throw new Error('undo') }).catch(() => undefined)
  await jobs.idle()
  expect(received).toEqual([])
  expect(await rowOf(mail, sent.to)).toBeUndefined()
})

test('a server that is busy is tried again, and the message arrives once', async () => {
  let refused = 0
  const { url, received } = await smtpServer({ onMailFrom: (_address, _session, done) => { refused += 1; done(refused <= 2 ? Object.assign(new Error('try later'), { responseCode: 451 }) : undefined) } })
  const { mail, jobs } = await mailWith(url)
  const sent = message()
  await mail.send(sent)
  await jobs.idle()
  expect(received).toHaveLength(1)
  expect(await rowOf(mail, sent.to)).toMatchObject({ state: 'sent', attempts: 3 })
})

test('a server that refuses for good is not asked again, and the outbox says why without the address', async () => {
  const { url } = await smtpServer({ onRcptTo: (_address, _session, done) => { done(Object.assign(new Error('no such person'), { responseCode: 550 })) } })
  const { mail, jobs } = await mailWith(url)
  const sent = message()
  await mail.send(sent)
  await jobs.idle()
  const row = await rowOf(mail, sent.to)
  expect(row).toMatchObject({ state: 'failed', attempts: 1, text: sent.text })
  expect(row?.error).toContain('550')
  expect(row?.error).not.toContain('example.org')
})

test('a server that drops the connection is tried again until it is given up, and the job waits in the dead letters', async () => {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => { sockets.add(socket); socket.on('error', () => undefined); socket.end() })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  closing.push(() => new Promise<void>((resolve) => { server.close(() => { resolve() }) }))
  const { mail, jobs } = await mailWith(`smtp://127.0.0.1:${(server.address() as { port: number }).port}`)
  const sent = message()
  const id = await mail.send(sent)
  await jobs.idle()
  expect(await rowOf(mail, sent.to)).toMatchObject({ state: 'failed', attempts: 4 })
  expect(sockets.size).toBe(4)
  expect((await db.query('select 1 from jobs.job where name = $1 and data->>\'id\' = $2', [DEAD_LETTER_QUEUE, id])).rowCount).toBe(1)
})

test('a slow server is waited for', async () => {
  const { url, received } = await smtpServer({ onConnect: (_session, done) => { setTimeout(done, 1_500) } })
  const { mail, jobs } = await mailWith(url)
  const sent = message()
  await mail.send(sent)
  await jobs.idle()
  expect(received).toHaveLength(1)
})

test('a name and a password are given to the server that asks for them', async () => {
  const seen: string[] = []
  const { url, received } = await smtpServer({ authOptional: false, allowInsecureAuth: true, onAuth: ({ username, password }, _session, done) => { seen.push(`${username} ${password}`); done(null, { user: username }) } })
  const { mail, jobs } = await mailWith(url.replace('smtp://', 'smtp://compta%40exemple.fr:m%C3%B4t%20de%20passe@'))
  await mail.send(message())
  await jobs.idle()
  expect({ seen, received: received.length }).toEqual({ seen: ['compta@exemple.fr môt de passe'], received: 1 })
})

test('what someone typed adds no header and no recipient', async () => {
  const { url, received } = await smtpServer()
  const { mail, jobs } = await mailWith(url)
  await mail.send(message({ subject: 'Bonjour\r\nBcc: other@example.org' }))
  await jobs.idle()
  expect(received[0]?.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/m)
})

test('without a mail server messages wait in the outbox, sealed at rest, and what opens an account is shown by no page', async () => {
  const { mail, jobs } = await mailWith(null)
  const [plain, opening] = [message({ text: 'a text to look for' }), message({ text: 'https://compta.exemple.fr/reinitialiser#token-to-look-for', opensAccount: true })]
  await mail.send(plain)
  await mail.send(opening)
  await jobs.idle()
  expect(mail.delivery).toBe('outbox')
  const shown = async (email: string) => (await mail.list({ email, tenantId: null, before: null, limit: 10 }))[0]
  expect(await shown(plain.to)).toMatchObject({ state: 'waiting', text: 'a text to look for' })
  expect(await shown(opening.to)).toMatchObject({ state: 'waiting', text: null, html: null })
  expect((await rowOf(mail, opening.to))?.text).toContain('token-to-look-for')
  const { rows } = await db.system((tx) => tx.query<{ all: string }>('select string_agg(m::text, \' \') as all from auth.mail_message m'))
  expect(rows[0]?.all).not.toContain('to look for')
  expect(rows[0]?.all).not.toContain('token-to-look-for')
})
