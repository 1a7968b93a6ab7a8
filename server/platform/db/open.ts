import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createDb } from './db.ts'
import { openEmbeddedEngine } from './embedded.ts'
import { lockFolder } from './lock.ts'
import { openPostgresEngine } from './postgres.ts'
import type { PostgresOptions } from './postgres.ts'
import type { Db } from './types.ts'

/** Where the data is. `url` names a PostgreSQL server; without it the database is embedded in `dataFolder`. */
export type DatabaseOptions = {
  readonly url?: string | undefined
  readonly dataFolder: string
  readonly poolSize?: number | undefined
  readonly onLost?: PostgresOptions['onLost']
}

/** Opens the product's database. The embedded one holds its folder alone and refuses (`DataFolderLocked`) when another process has it. */
export async function openDb(options: DatabaseOptions): Promise<Db> {
  if (options.url) {
    return createDb(openPostgresEngine({
      url: options.url,
      ...(options.poolSize === undefined ? {} : { poolSize: options.poolSize }),
      ...(options.onLost === undefined ? {} : { onLost: options.onLost }),
    }))
  }
  const lock = lockFolder(options.dataFolder)
  try {
    const folder = join(resolve(options.dataFolder), 'database')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const engine = await openEmbeddedEngine({ folder })
    return createDb({ ...engine, close: () => engine.close().finally(() => { lock.release() }) })
  } catch (error) {
    lock.release()
    throw error
  }
}
