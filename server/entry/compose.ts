import type { App } from '../platform/app.ts'
import { createAuth } from '../platform/auth/auth.ts'
import type { AttemptLimits } from '../platform/auth/attempts.ts'
import { systemClock, type Clock } from '../platform/clock/clock.ts'
import type { Config } from '../platform/config/config.ts'
import type { Db } from '../platform/db/types.ts'
import { createJobs } from '../platform/jobs/jobs.ts'
import type { Logger } from '../platform/log/log.ts'
import { MODULES } from './modules.ts'

export type Parts = {
  readonly config: Config
  readonly db: Db
  readonly log: Logger
  readonly clock?: Clock
  readonly attemptLimits?: AttemptLimits
}

export type Running = { readonly app: App; readonly stop: () => Promise<void> }

/** Puts the parts together over an open, migrated database, and starts the jobs and what listens to the other processes. */
export async function composeApp({ config, db, log, clock, attemptLimits }: Parts): Promise<Running> {
  const jobs = createJobs(db, { log })
  const app: App = {
    config, db, log, jobs, clock: clock ?? systemClock,
    auth: createAuth(db, { publicUrl: config.publicUrl, secret: config.secret }, attemptLimits),
    onCompanyCreated: MODULES.flatMap((module) => (module.onCompanyCreated ? [module.onCompanyCreated] : [])),
  }
  for (const module of MODULES) module.defineJobs?.(app)
  const stopListening = await app.auth.start()
  await jobs.start()
  return {
    app,
    stop: async () => {
      await jobs.stop()
      await stopListening()
    },
  }
}
