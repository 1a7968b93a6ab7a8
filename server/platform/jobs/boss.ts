import { PgBoss } from 'pg-boss'
import type { Db as BossDb } from 'pg-boss'
import { internalsOf } from '../db/db.ts'
import type { Db } from '../db/types.ts'
import type { JobsPace } from './types.ts'

export const JOBS_SCHEMA = 'jobs'

/** pg-boss over the seam: what it sends inside a business transaction is part of it. */
function bossDb(db: Db): BossDb {
  const { library } = internalsOf(db)
  return {
    executeSql: async (text, values) => {
      if (values && values.length > 0) return await library.query(text, values)
      // Without values it may send several statements and wants the rows of whichever answered some.
      return { rows: (await library.exec(text)).flatMap((result) => result.rows) }
    },
    listen: async (channel, onNotification, onReconnect) => {
      const stop = await db.listen(channel, onNotification)
      onReconnect()
      return { close: stop }
    },
  }
}

/** How often a working process looks for jobs whose worker is gone. */
const SUPERVISE_SECONDS = 15

export function createBoss(db: Db, options: { readonly working: boolean; readonly pace?: JobsPace }): PgBoss {
  const lookSeconds = options.pace?.superviseSeconds ?? SUPERVISE_SECONDS
  return new PgBoss({
    db: bossDb(db), schema: JOBS_SCHEMA, useListenNotify: options.working,
    ...(db.engine === 'embedded' ? { backend: 'pglite' as const } : {}),
    supervise: options.working, schedule: options.working, superviseIntervalSeconds: lookSeconds, monitorIntervalSeconds: lookSeconds,
    // Rebuilding an index and looking after vacuum belong to the owner of the tables, which the server is not.
    reindex: false, monitorVacuum: false,
  })
}
