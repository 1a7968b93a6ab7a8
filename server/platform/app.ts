import type { Clock } from './clock/clock.ts'
import type { Config } from './config/config.ts'
import type { Db } from './db/types.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Log } from './log/log.ts'

/** What every use-case may use of the outside world. Built once at start, passed as the first argument. */
export type App = {
  readonly config: Config
  readonly db: Db
  readonly jobs: Jobs
  readonly clock: Clock
  readonly log: Log
}
