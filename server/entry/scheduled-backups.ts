import type { App } from '../platform/app.ts'
import { operationsOf } from '../platform/config/operations.ts'
import { internalsOf } from '../platform/db/db.ts'
import { makeBackup } from './backups.ts'

const QUEUE = 'daily-backup'
const TIME_ZONE = 'Europe/Paris'

/** Only a database that lies in a folder of ours is backed up by us: a PostgreSQL server has an administrator and tools of its own. */
function isOurs(app: App): boolean {
  return app.db.engine === 'embedded' && internalsOf(app.db).folder !== undefined
}

/** Declares the daily backup. */
export function defineBackups(app: App): void {
  app.jobs.define(QUEUE, { title: { fr: 'Sauvegarde quotidienne', en: 'Daily backup' }, retryLimit: 3, retryDelaySeconds: 60, timeoutSeconds: 1_800 }, async () => {
    if (!isOurs(app) || operationsOf(app.config).backup.time === null) return
    const { path } = await makeBackup(app.config, app.db, { reason: 'daily', at: app.clock.now() })
    app.log.info({ path }, 'daily backup made')
  })
}

/** Sets its clock. A backup that came due while the machine was off is made once, at the next start. */
export async function scheduleBackups(app: App): Promise<void> {
  const { time } = operationsOf(app.config).backup
  if (!isOurs(app)) return
  if (time === null) { await app.jobs.unschedule(QUEUE); return }
  const [hour, minute] = time.split(':')
  await app.jobs.schedule(QUEUE, { cron: `${Number(minute)} ${Number(hour)} * * *`, timeZone: TIME_ZONE, data: {} })
}
