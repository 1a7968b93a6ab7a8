import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMigrations } from './migrate.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')

/** Where prepared databases are kept: beside what else is made once after an install. */
export const CLUSTER_FOLDER = join(ROOT, 'node_modules', '.cache', 'quittance', 'cluster')

/** Changes whenever what a new, migrated database holds may change: the migrations, the engine, the jobs library and its set-up. */
export function clusterFingerprint(): string {
  const hash = createHash('sha256')
  for (const { name, sha256 } of readMigrations()) hash.update(`${name} ${sha256}`)
  for (const name of ['@electric-sql/pglite', 'pg-boss']) hash.update(readFileSync(join(ROOT, 'node_modules', name, 'package.json')))
  for (const name of ['db/migrate.ts', 'jobs/install.ts', 'jobs/boss.ts']) hash.update(readFileSync(join(ROOT, 'server', 'platform', name)))
  return hash.digest('hex').slice(0, 16)
}

/** The database of a fingerprint, migrated and empty, as one archive. */
export function clusterPath(fingerprint: string): string {
  return join(CLUSTER_FOLDER, `${fingerprint}.tar`)
}

/** The prepared database that a new folder starts from, in a tenth of the time it takes to make one; undefined when none was prepared. */
export function clusterTemplate(): string | undefined {
  const path = clusterPath(clusterFingerprint())
  return existsSync(path) ? path : undefined
}
