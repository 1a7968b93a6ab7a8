import { join } from 'node:path'
import type { App } from '../platform/app.ts'
import type { Config } from '../platform/config/config.ts'
import { readEnvironment } from '../platform/config/config.ts'
import { operationsOf } from '../platform/config/operations.ts'
import { unknownSettings } from '../platform/config/unknown.ts'
import { internalsOf } from '../platform/db/db.ts'
import { usePoolLimits } from '../platform/db/postgres.ts'
import type { Db } from '../platform/db/types.ts'
import type { Tracing } from '../platform/tracing/tracing.ts'
import type { CommandIo } from './command.ts'
import { readVersion } from './version.ts'

// What a serving process does beside serving, loaded only by what needs it: the start stays short.
const ROOT = join(import.meta.dirname, '..', '..')

/** Before the database opens: its pool, and one line for each variable that looks like a setting and is not one. */
export function beginOperations(config: Config, io: CommandIo): void {
  usePoolLimits(operationsOf(config).pool)
  for (const { sentence } of unknownSettings(readEnvironment(ROOT, process.env))) io.err(`${sentence.fr} / ${sentence.en}\n`)
}

/** Traces, when a collector is named. */
export async function beginTracing(config: Config, db: Db): Promise<Tracing | null> {
  const { traceEndpoint, environment } = operationsOf(config)
  if (traceEndpoint === null) return null
  const { startTracing } = await import('../platform/tracing/tracing.ts')
  const tracing = await startTracing({ endpoint: traceEndpoint, version: readVersion(), environment })
  internalsOf(db).observe(tracing.statement)
  return tracing
}

/** Lets the commands run beside this process ask it for what only the holder of the embedded database can do. Answers the way to stop. */
export async function beginControls(app: App): Promise<() => Promise<void>> {
  if (internalsOf(app.db).folder === undefined) return async () => undefined
  const { openControls } = await import('../platform/backup/control.ts')
  return await openControls(app.config.dataFolder, {
    backup: async (input) => {
      const { makeBackup } = await import('./backups.ts')
      const { to, keep } = input as { readonly to?: string; readonly keep?: number }
      const { path, removed, manifest } = await makeBackup(app.config, app.db, { reason: 'manual', to, keep, at: app.clock.now() })
      return { path, removed, companies: manifest.figures.companies.length }
    },
    doctor: async () => {
      const { inspect } = await import('./inspection/inspect.ts')
      return await inspect(app, { environment: readEnvironment(ROOT, process.env) })
    },
  })
}
