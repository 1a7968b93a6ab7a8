import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { migrate } from '../../server/platform/db/migrate.ts'
import { openDb } from '../../server/platform/db/open.ts'
import { installJobs } from '../../server/platform/jobs/install.ts'
import { noOwnPostgres, openOwnPostgres, type OwnPostgres } from './own-postgres.ts'
import { SECRET, startServer, type ServerProcess } from './server-process.ts'

const reason = inject('quittanceTemplate').engine === 'embedded' ? 'it is about a PostgreSQL server (QUITTANCE_TEST_DB)' : noOwnPostgres()

describe.skipIf(reason !== undefined)(`the database restarted under load${reason === undefined ? '' : ` (not run: ${reason})`}`, () => {
  let postgres: OwnPostgres
  let server: ServerProcess
  let cookie = ''
  const folder = mkdtempSync(join(tmpdir(), 'quittance-restart-'))

  const call = async (path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(`${server.address}${path}`, { method: body === undefined ? 'GET' : 'POST', body: body === undefined ? null : JSON.stringify(body), headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers } })
    cookie ||= answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.json() as Record<string, unknown> }
  }

  beforeAll(async () => {
    postgres = await openOwnPostgres()
    const db = await openDb({ url: postgres.url, dataFolder: folder, poolSize: 2 })
    await migrate(db)
    await installJobs(db)
    await db.close()
    server = await startServer({
      PATH: process.env['PATH'] ?? '', PORT: '0', HOST: '127.0.0.1', QUITTANCE_DATA: folder, QUITTANCE_SECRET: SECRET, LOG_LEVEL: 'silent', DATABASE_URL: postgres.url, DB_POOL_MAX: '6',
      RATE_LIMIT_WRITES: '1000000', RATE_LIMIT_READS: '1000000', RATE_LIMIT_ADDRESS: '1000000',
    })
    await call('/api/auth/sign-up', { name: 'Person', email: 'person@example.org', password: 'correct horse battery' })
  }, 400_000)
  afterAll(async () => {
    await server?.kill('SIGKILL')
    postgres?.remove()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  test('requests fail with 503 and a moment to come back at, then succeed by themselves, and nothing is doubled', async () => {
    const tenant = String((await call('/api/companies', { name: 'Société', kind: 'company', firstYear: { startsOn: '2026-01-01', endsOn: '2026-12-31' } })).body['id'])
    let running = true
    const seen = { created: 0, refused: 0, other: [] as unknown[] }
    const load = Promise.all([1, 2, 3, 4].map(async (worker) => {
      for (let n = 0; running; n += 1) {
        const key = `${worker}-${n}-aaaaaaaaaaaaaaaa`
        for (;;) {
          const { status, retryAfter, body } = await call('/api/customers', { name: `Client ${worker} ${n}` }, { 'quittance-tenant': tenant, 'idempotency-key': key })
          if (status === 201) { seen.created += 1; break }
          if (status === 503 && body['code'] === 'DATABASE_UNAVAILABLE' && Number(retryAfter) > 0) seen.refused += 1
          else if (body['code'] !== 'IDEMPOTENCY_IN_PROGRESS') seen.other.push({ status, body })
          await new Promise((resolve) => { setTimeout(resolve, 50) })
        }
      }
    }))
    await expect.poll(() => seen.created, { timeout: 60_000 }).toBeGreaterThan(5)
    postgres.stop()
    await expect.poll(() => seen.refused, { timeout: 60_000 }).toBeGreaterThan(5)
    expect((await call('/readyz')).status).toBe(503)
    expect((await call('/healthz')).status).toBe(200)
    postgres.start()
    const before = seen.created
    await expect.poll(() => seen.created, { timeout: 60_000 }).toBeGreaterThan(before + 5)
    running = false
    await load
    expect(seen.other).toEqual([])
    expect((await call('/readyz')).status).toBe(200)
    const db = await openDb({ url: postgres.url, dataFolder: folder, poolSize: 1 })
    const { rows } = await db.query<{ n: number; names: number }>('select count(*)::int as n, count(distinct name)::int as names from app.customer').finally(() => db.close())
    expect(rows).toEqual([{ n: seen.created, names: seen.created }])
  }, 300_000)
})
