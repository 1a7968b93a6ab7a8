import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { clusterTemplate } from './cluster.ts'
import { createDb } from './db.ts'
import { openEmbeddedEngine, type EmbeddedEngine } from './embedded.ts'
import { lockFolder } from './lock.ts'
import { openPostgresEngine } from './postgres.ts'
import type { PostgresOptions } from './postgres.ts'
import type { Db } from './types.ts'

/** Where the data is. `url` names a PostgreSQL server; without it the database is embedded in `dataFolder`. */
export type DatabaseOptions = {
  readonly url?: string | undefined
  readonly dataFolder: string
  /** False when a new folder is to be made empty, not from the database that was prepared at installation. */
  readonly prepared?: boolean | undefined
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
    const engine = await openFolder(join(resolve(options.dataFolder), 'database'), options.prepared ?? true)
    return createDb({ ...engine, close: () => engine.close().finally(() => { lock.release() }) })
  } catch (error) {
    lock.release()
    throw error
  }
}

/**
 * Opens the cluster of a folder, making it when it is new. A making that was cut short left nothing anyone wrote: the mark
 * beside the folder tells it, and it is made again.
 */
async function openFolder(folder: string, prepared: boolean): Promise<EmbeddedEngine> {
  const making = `${folder}.making`
  if (existsSync(making)) rmSync(folder, { recursive: true, force: true })
  const template = existsSync(folder) || !prepared ? undefined : clusterTemplate()
  if (!existsSync(folder)) {
    writeFileSync(making, '')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }
  const engine = await openEmbeddedEngine({ folder, ...(template === undefined ? {} : { template }) })
  rmSync(making, { force: true })
  return engine
}
