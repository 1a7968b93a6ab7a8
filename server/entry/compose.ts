import type { App } from '../platform/app.ts'
import { createAuth } from '../platform/auth/auth.ts'
import type { AttemptLimits } from '../platform/auth/attempts.ts'
import { systemClock, type Clock } from '../platform/clock/clock.ts'
import type { Config } from '../platform/config/config.ts'
import type { Db } from '../platform/db/types.ts'
import { defineForgetting, scheduleForgetting } from '../platform/http/once/jobs.ts'
import { createJobs, type JobsPace } from '../platform/jobs/jobs.ts'
import type { Logger } from '../platform/log/log.ts'
import { createMetrics } from '../platform/metrics/metrics.ts'
import { watchedJobs } from '../platform/metrics/watched-jobs.ts'
import type { Tracing } from '../platform/tracing/tracing.ts'
import { createEvents } from '../platform/events/events.ts'
import { defineEventJobs, startEvents } from '../platform/events/event-jobs.ts'
import { createOutgoing } from '../platform/network/outgoing.ts'
import { createMail } from '../platform/mail/mail.ts'
import { createSecrets } from '../platform/secrets/secrets.ts'
import { createWorkflows } from '../platform/workflow/workflows.ts'
import { recordAudit } from '../modules/audit/index.ts'
import { businessFigures } from './business-figures.ts'
import { MODULES } from './modules.ts'
import { defineBackups, scheduleBackups } from './scheduled-backups.ts'

export type Parts = {
  readonly config: Config
  readonly db: Db
  readonly log: Logger
  readonly clock?: Clock
  readonly attemptLimits?: AttemptLimits
  /** Which jobs this process takes; all of them when it is not given. */
  readonly workers?: { readonly working: boolean; readonly queues?: readonly string[] }
  readonly pace?: JobsPace
  readonly tracing?: Tracing | null
}

export type Running = { readonly app: App; readonly stop: () => Promise<void> }

/** Puts the parts together over an open, migrated database and starts nothing: for a command that only looks. */
export function buildApp({ config, db, log, clock: given, attemptLimits, pace, tracing = null }: Parts): App {
  const clock = given ?? systemClock
  const metrics = createMetrics(config, db)
  const jobs = watchedJobs(createJobs(db, { log, ...(pace ? { pace } : {}) }), { metrics, tracing })
  const secrets = createSecrets(db, { secret: config.secret, previous: config.previousSecrets })
  const app: App = {
    config, db, log, jobs, clock, metrics, tracing,
    auth: createAuth(db, { publicUrl: config.publicUrl, secret: config.secret }, { secrets, now: clock.now, limits: attemptLimits }),
    mail: createMail({ db, jobs, secrets, smtp: config.smtp ?? null, publicUrl: config.publicUrl }),
    workflows: createWorkflows({ db, jobs, clock, audit: recordAudit, ...(pace ? { pace } : {}) }),
    secrets,
    outgoing: createOutgoing(config.outgoing), events: createEvents(db),
    onCompanyCreated: MODULES.flatMap((module) => (module.onCompanyCreated ? [module.onCompanyCreated] : [])),
  }
  defineForgetting(app)
  defineBackups(app)
  metrics.onCollect(businessFigures(app))
  for (const module of MODULES) module.defineJobs?.(app)
  defineEventJobs(app, MODULES.flatMap((module) => (module.onEvents ? [module.onEvents] : [])))
  return app
}

/** The whole application over an open, migrated database, with its jobs and what listens to the other processes started. */
export async function composeApp(parts: Parts): Promise<Running> {
  const app = buildApp(parts)
  const stopListening = await app.auth.start()
  const { working, queues } = parts.workers ?? { working: true }
  await app.jobs.start({ working, ...(queues ? { queues } : {}) })
  const stopEvents = await startEvents(app)
  await scheduleForgetting(app)
  await scheduleBackups(app)
  const stops = await Promise.all(working ? MODULES.flatMap((module) => (module.start ? [module.start(app)] : [])) : [])
  return {
    app,
    stop: async () => {
      for (const stop of stops) await stop()
      await stopEvents()
      await app.jobs.stop()
      await stopListening()
    },
  }
}
