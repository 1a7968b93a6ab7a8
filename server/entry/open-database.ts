// Light on purpose: the database opens in its own thread while the rest of the server is still being loaded.
import type { Text } from '../../core/kernel/problem.ts'
import type { Config } from '../platform/config/config.ts'
import { migrate, pendingMigrations } from '../platform/db/migrate.ts'
import { openDb } from '../platform/db/open.ts'
import type { Db } from '../platform/db/types.ts'
import { installJobs } from '../platform/jobs/install.ts'
import { createLogger, type Logger } from '../platform/log/log.ts'

/** The start is refused for a reason the person can mend. `sentence` says it in both languages. */
export class StartRefused extends Error {
  readonly sentence: Text
  constructor(sentence: Text, cause?: unknown) {
    super(`${sentence.fr} / ${sentence.en}`, { cause })
    this.name = 'StartRefused'
    this.sentence = sentence
  }
}

/**
 * Opens the database. The embedded one is migrated here, since this process alone has it; on a PostgreSQL server the
 * owner of the tables migrates with a command of its own.
 */
export async function openDatabase(config: Config, log: Logger): Promise<Db> {
  const db = await openDb({ url: config.databaseUrl ?? undefined, dataFolder: config.dataFolder, onLost: (error: Error) => { log.warn({ err: error }, 'a database connection was lost') } })
  try {
    if (db.engine === 'embedded') {
      const applied = await migrate(db)
      if (applied.length > 0 || !await jobsInstalled(db)) await installJobs(db)
      return db
    }
    const missing = await pendingMigrations(db)
    if (missing.length > 0) {
      throw new StartRefused({
        fr: `La base de données n'est pas à jour (${missing.length} migration${missing.length > 1 ? 's' : ''} à appliquer). Lancez « npm run migrate », puis redémarrez.`,
        en: `The database is not up to date (${missing.length} migration${missing.length > 1 ? 's' : ''} to apply). Run "npm run migrate", then start again.`,
      })
    }
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}

async function jobsInstalled(db: Db): Promise<boolean> {
  const { rows } = await db.query<{ present: boolean }>('select to_regclass(\'jobs.version\') is not null as present')
  return rows[0]?.present === true
}

/** The logger of a running server. */
export function composeLog(config: Config): Logger {
  return createLogger({ level: config.logLevel })
}
