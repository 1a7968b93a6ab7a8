import type { App } from '../app.ts'
import { Refusal } from '../access/refusal.ts'
import { pendingMigrations, readMigrations } from '../db/migrate.ts'
import type { HttpApp } from './routes.ts'

/** /healthz: the process answers. /readyz: it can work, its database answers and is up to date. */
export function serveHealth(http: HttpApp, app: App): void {
  const migrations = readMigrations()
  http.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  http.get('/readyz', { schema: { hide: true } }, async (request) => {
    const ready = await pendingMigrations(app.db, migrations).then((missing) => missing.length === 0)
      .catch((error: unknown) => { request.log.warn({ err: error }, 'the database does not answer'); return false })
    if (!ready) throw new Refusal('NOT_READY')
    return { status: 'ready' }
  })
}
