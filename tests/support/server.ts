import { randomBytes } from 'node:crypto'
import type { Static } from 'typebox'
import type { NewCompany, Company } from '../../contract/identity.ts'
import type { Role } from '../../core/access/permissions.ts'
import type { Context } from '../../server/platform/access/context.ts'
import type { App } from '../../server/platform/app.ts'
import type { Person } from '../../server/platform/auth/auth.ts'
import type { AttemptLimits } from '../../server/platform/auth/attempts.ts'
import { fixedClock, type Clock } from '../../server/platform/clock/clock.ts'
import type { Config } from '../../server/platform/config/config.ts'
import type { HttpApp } from '../../server/platform/http/routes.ts'
import { tenantsToReact } from '../../server/platform/events/event-store.ts'
import { createLogger } from '../../server/platform/log/log.ts'
import { composeApp, type Parts } from '../../server/entry/compose.ts'
import { composeHttp } from '../../server/entry/http.ts'
import { addMember, createCompany } from '../../server/modules/identity/index.ts'
import { testDb, type TestDb } from './database.ts'

export const TEST_PASSWORD = 'correct horse battery'

/** A person who signed in, and the Cookie header that proves it. */
export type TestPerson = Person & { readonly cookie: string }

/** A company of the test, its owner, and a context to call use-cases with. */
export type TestCompany = { readonly tenantId: string; readonly slug: string; readonly ctx: Context; readonly cookie: string; readonly owner: TestPerson; readonly company: Company }

export type CallOptions = {
  readonly body?: unknown
  /** Who calls: a Cookie header, or whatever carries one. */
  readonly as?: string | { readonly cookie: string } | undefined
  /** The company named by the header: an id, or whatever carries one. A company given as `as` names itself. */
  readonly tenant?: string | { readonly tenantId: string } | undefined
  /** A file for the multipart field `file`. */
  readonly file?: { readonly name: string; readonly bytes: Uint8Array | string; readonly field?: string } | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** What JSON gives: the test that reads it says what it expects. */
export type Json = ReturnType<typeof JSON.parse>

/** An answer of the API. `body` is null when the answer is not JSON. */
export type Answer = { readonly status: number; readonly body: Json; readonly text: string; readonly bytes: Buffer; readonly headers: Readonly<Record<string, string | string[] | number | undefined>> }

export type TestApp = {
  readonly app: App
  readonly http: HttpApp
  readonly db: TestDb
  api(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, options?: CallOptions): Promise<Answer>
  /** A new person, signed in through the API. */
  signUp(name?: string): Promise<TestPerson>
  /** A new company (or firm) with a new owner, or with the one given. Its first year is the clock's calendar year unless told otherwise. */
  company(kind?: 'company' | 'firm', options?: Partial<Static<typeof NewCompany>> & { readonly owner?: TestPerson }): Promise<TestCompany>
  /** A new member of a company with a role, and the context of that role. */
  member(company: TestCompany, role: Role): Promise<TestPerson & { readonly ctx: Context; readonly tenantId: string }>
  /** Until everything that was done has had all its consequences: each event its reactions, and no job is left, those put off included. */
  settle(): Promise<void>
  close(): Promise<void>
}

export type TestAppOptions = {
  /** An ISO instant at which the clock stands still, or a clock; accounting days follow it. */
  readonly now?: string | Clock
  readonly attemptLimits?: AttemptLimits
  /** A clock that moves, which jobs the process takes, and how soon it tries again. */
  readonly parts?: Pick<Parts, 'clock' | 'workers' | 'pace'>
  readonly config?: Partial<Config>
  readonly webFolder?: string
}

/** The instant of tests that do not choose one. */
export const TEST_NOW = '2026-11-20T10:00:00Z'

/** Jobs that wait for a moment are taken as soon as it has come. */
const QUICK = { pollSeconds: 0.5 }

const CONFIG: Config = {
  host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1:3000', dataFolder: '', databaseUrl: null,
  secret: 'a secret of the tests, long enough to be one', logLevel: 'fatal', demo: false, previousSecrets: [], trustProxy: ['loopback'], allowedOrigins: [],
}

function multipart(file: NonNullable<CallOptions['file']>): { payload: Buffer; type: string } {
  const boundary = `----quittance${randomBytes(8).toString('hex')}`
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${file.field ?? 'file'}"; filename="${file.name}"\r\nContent-Type: application/octet-stream\r\n\r\n`
  return { payload: Buffer.concat([Buffer.from(head), Buffer.from(file.bytes as Uint8Array), Buffer.from(`\r\n--${boundary}--\r\n`)]), type: `multipart/form-data; boundary=${boundary}` }
}

/** The headers and the body of a call, as `inject` takes them. */
function requestOf(options: CallOptions): { headers: Record<string, string>; payload?: Buffer | string } {
  const cookie = typeof options.as === 'string' ? options.as : options.as?.cookie
  const own = typeof options.as === 'object' && 'tenantId' in options.as ? String(options.as.tenantId) : undefined
  const tenant = typeof options.tenant === 'string' ? options.tenant : options.tenant?.tenantId ?? own
  const file = options.file ? multipart(options.file) : undefined
  const json = options.body === undefined ? undefined : typeof options.body === 'string' ? options.body : JSON.stringify(options.body)
  const type = file?.type ?? (json === undefined ? undefined : 'application/json')
  const payload = file?.payload ?? json
  return {
    headers: { ...(cookie ? { cookie } : {}), ...(tenant ? { 'quittance-tenant': tenant } : {}), ...(type ? { 'content-type': type } : {}), ...options.headers },
    ...(payload === undefined ? {} : { payload }),
  }
}

function caller(http: HttpApp): TestApp['api'] {
  return async (method, url, options = {}) => {
    const answer = await http.inject({ method, url, ...requestOf(options) })
    const isJson = String(answer.headers['content-type'] ?? '').includes('json')
    return { status: answer.statusCode, body: isJson && answer.body !== '' ? JSON.parse(answer.body) as unknown : null, text: answer.body, bytes: answer.rawPayload, headers: answer.headers }
  }
}

const IDLE_MS_MAX = 60_000

/** Waits for the jobs, and for those that the events not handled yet will add: an event's reactions begin a moment after its commit. */
function idleWithEvents(app: App): App['jobs']['idle'] {
  const { idle } = app.jobs
  return async (options = {}) => {
    const timeoutMs = options.timeoutMs ?? IDLE_MS_MAX
    const until = Date.now() + timeoutMs
    await idle({ timeoutMs })
    while (Date.now() < until && (await app.db.system(tenantsToReact)).length > 0) {
      await new Promise((resolve) => { setTimeout(resolve, 20) })
      await idle({ timeoutMs })
    }
  }
}

const SETTLE_MS_MAX = 60_000

function settling({ app, db }: { readonly app: App; readonly db: TestDb }): TestApp['settle'] {
  return async () => {
    const until = Date.now() + SETTLE_MS_MAX
    // What is given up waits for a person, and pg-boss has queues of its own.
    const ours = 'name <> \'dead-letter\' and name not like \'\\_\\_pgboss%\''
    for (;;) {
      await db.owner.query(`update jobs.job set start_after = now() where ${ours} and state in ('created', 'retry') and start_after > now()`)
      await app.jobs.idle()
      const { rows } = await db.owner.query<{ jobs: number }>(`select count(*)::int as jobs from jobs.job where ${ours} and state in ('created', 'retry', 'active')`)
      if (rows[0]?.jobs === 0 && (await app.db.system(tenantsToReact)).length === 0) return
      if (Date.now() > until) throw new Error('jobs or events are still waiting')
    }
  }
}

let people = 0

/** The whole server over a fresh database, without a port: `api` calls it. Open one in `beforeAll`, close it in `afterAll`. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const db = await testDb()
  const config = { ...CONFIG, ...options.config }
  const { app, stop } = await composeApp({
    config, db, log: createLogger({ level: process.env['QUITTANCE_TEST_LOG'] ?? config.logLevel }), clock: typeof options.now === 'object' ? options.now : fixedClock(options.now ?? TEST_NOW),
    ...(options.attemptLimits ? { attemptLimits: options.attemptLimits } : {}), ...options.parts, pace: { ...QUICK, ...options.parts?.pace },
  })
  if (options.parts?.workers?.working !== false) Object.assign(app.jobs, { idle: idleWithEvents(app) })
  const http = await composeHttp(app, { demo: null, ...(options.webFolder === undefined ? {} : { webFolder: options.webFolder }) })
  await http.ready()

  const signUp: TestApp['signUp'] = async (name) => {
    people += 1
    const email = `person-${people}-${randomBytes(4).toString('hex')}@example.org`
    const { person, cookies } = await app.auth.signUp({ name: name ?? `Person ${people}`, email, password: TEST_PASSWORD })
    return { ...person, cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') }
  }
  return {
    app, http, db, signUp,
    api: caller(http), settle: settling({ app, db }),
    company: async (kind = 'company', { owner: given, ...fields } = {}) => {
      const owner = given ?? await signUp()
      const { company, ctx } = await createCompany(app, { person: owner, locale: 'fr', address: null }, { name: `Société ${people}`, ...fields, kind })
      return { tenantId: ctx.tenantId, slug: company.slug, ctx, cookie: owner.cookie, owner, company }
    },
    member: async (company, role) => {
      const person = await signUp()
      await addMember(app, company.ctx, { email: person.email, role })
      return { ...person, tenantId: company.tenantId, ctx: { ...company.ctx, userId: person.id, actor: person.name, role } }
    },
    close: async () => {
      await http.close()
      await stop()
      await db.close()
    },
  }
}
