// Prepares the migrated, empty database that a first start and every test file copy. `node tools/cluster.ts` makes it when it is missing.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CLUSTER_FOLDER, clusterFingerprint, clusterPath } from '../server/platform/db/cluster.ts'
import { createDb } from '../server/platform/db/db.ts'
import { openEmbeddedEngine } from '../server/platform/db/embedded.ts'
import { migrate } from '../server/platform/db/migrate.ts'
import { installJobs } from '../server/platform/jobs/install.ts'

const KEPT_HOURS = 24

function removeOld(): void {
  for (const name of readdirSync(CLUSTER_FOLDER)) {
    const old = join(CLUSTER_FOLDER, name)
    if (Date.now() - statSync(old).mtimeMs > KEPT_HOURS * 3_600_000) rmSync(old, { force: true })
  }
}

/** The path of the prepared database of this version, made now when it is not there. */
export async function prepareCluster(): Promise<string> {
  const path = clusterPath(clusterFingerprint())
  if (existsSync(path)) return path
  mkdirSync(CLUSTER_FOLDER, { recursive: true })
  removeOld()
  const engine = await openEmbeddedEngine()
  const db = createDb(engine)
  await migrate(db)
  await installJobs(db)
  // Written aside and renamed: another run that looks at this moment finds all of it or nothing.
  const written = `${path}.${randomBytes(4).toString('hex')}`
  writeFileSync(written, await engine.dump())
  renameSync(written, path)
  await db.close()
  return path
}

if (import.meta.main) await prepareCluster()
