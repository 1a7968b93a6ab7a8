import { Type } from 'typebox'
import { Instant, nullable, oneOf } from '../../../contract/common.ts'
import type { FastifyBaseLogger } from 'fastify'
import type { App } from '../app.ts'
import { Refusal } from '../access/refusal.ts'
import { pendingMigrations, readMigrations } from '../db/migrate.ts'
import { inspectQuickly, type Level } from './quick-checks.ts'
import type { HttpApp } from './routes.ts'

const Check = Type.Object({ status: oneOf(['ok', 'warning', 'failure']) })

const Health = Type.Object({
  status: oneOf(['ok', 'warning', 'failure'], 'The worst of the checks.'),
  version: Type.String(),
  database: Type.Object({ engine: oneOf(['embedded', 'postgres']), migrations: oneOf(['current']) }),
  checks: Type.Object({ database: Check, migrations: Check, jobs: Check, disk: Check, backup: Type.Object({ status: oneOf(['ok', 'warning', 'failure']), lastAt: nullable(Instant) }) }),
}, { description: 'Everything this installation needs to work answers; what needs a look is a warning.' })

/** /healthz: the process answers. /readyz: it can work, its database answers and is up to date. /api/health, also /health: the same in words. */
export function serveHealth(http: HttpApp, app: App, version: string): void {
  const migrations = readMigrations()
  const checkReady = async (log: FastifyBaseLogger): Promise<void> => {
    const ready = await pendingMigrations(app.db, migrations).then((missing) => missing.length === 0)
      .catch((error: unknown) => { log.warn({ err: error }, 'the database does not answer'); return false })
    if (!ready) throw new Refusal('NOT_READY')
  }
  http.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  http.get('/readyz', { schema: { hide: true } }, async (request) => {
    await checkReady(request.log)
    return { status: 'ready' }
  })
  http.get('/api/health', {
    config: { access: 'public' },
    schema: { operationId: 'getHealth', tags: ['Installation'], summary: 'Whether it works', description: 'Answers 200 when the database answers, is up to date and has room, else 503 NOT_READY or 507 STORAGE_FULL. Late jobs and an old backup are warnings. Also at /health.', response: { 200: Health } },
  }, async (request) => {
    await checkReady(request.log)
    const checks = { database: { status: 'ok' as const }, migrations: { status: 'ok' as const }, ...await inspectQuickly(app) }
    const levels: Level[] = Object.values(checks).map(({ status }) => status)
    const status: Level = levels.find((level) => level === 'failure') ?? levels.find((level) => level === 'warning') ?? 'ok'
    if (status === 'failure') throw new Refusal('STORAGE_FULL')
    return { status, version, database: { engine: app.db.engine, migrations: 'current' as const }, checks }
  })
}
