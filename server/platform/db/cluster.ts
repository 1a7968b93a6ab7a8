import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openEmbeddedEngine } from './embedded.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')

/** Where the empty cluster of this version of the engine is kept once `makeClusterTemplate` has made it. */
function clusterPath(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules', '@electric-sql', 'pglite', 'package.json'), 'utf8')) as { version: string }
  return join(ROOT, 'node_modules', '.cache', 'quittance', `cluster-${version}.tar`)
}

/** An empty cluster to start a new folder from, in a tenth of the time the engine takes to make one; undefined when none was prepared. */
export function clusterTemplate(): string | undefined {
  const path = clusterPath()
  return existsSync(path) ? path : undefined
}

/** Makes the empty cluster when it is not there. Done once after an install, so that the first start does not wait for it. */
export async function makeClusterTemplate(): Promise<void> {
  const path = clusterPath()
  if (existsSync(path)) return
  const engine = await openEmbeddedEngine()
  const bytes = await engine.dump()
  await engine.close()
  mkdirSync(dirname(path), { recursive: true })
  // Written aside and renamed: whoever looks at this moment finds all of it or nothing.
  const written = `${path}.${process.pid}`
  writeFileSync(written, bytes)
  renameSync(written, path)
}
