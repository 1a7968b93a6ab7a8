// A worker in a process of its own: the jobs, the workflows and the posting of bank lines, without the rest of the server, so that it
// starts fast enough to be killed often. It says each boundary it passes; at the one it is told to stop at it stands still, and is killed there.
import type { Config } from '../../server/platform/config/config.ts'
import { openDb } from '../../server/platform/db/open.ts'
import { createLogger } from '../../server/platform/log/log.ts'
import type { App } from '../../server/platform/app.ts'
import { systemClock } from '../../server/platform/clock/clock.ts'
import { createJobs } from '../../server/platform/jobs/jobs.ts'
import { createWorkflows } from '../../server/platform/workflow/workflows.ts'
import { recordAudit } from '../../server/modules/audit/index.ts'
import { defineBankingJobs } from '../../server/modules/banking/jobs.ts'
import { postingWorkflow } from './worker-workflow.ts'

/** `stop` names a boundary, or is null: it works until it is killed at a moment of the parent's choice, or asked to stop. */
export type WorkerOrder = { readonly config: Config; readonly stop: string | null }

const order = JSON.parse(process.argv[2] ?? '') as WorkerOrder
const db = await openDb({ url: order.config.databaseUrl ?? undefined, dataFolder: order.config.dataFolder })
// A lost worker is noticed as soon as its sign of life is too old.
const pace = { heartbeatSeconds: 10, superviseSeconds: 1, stepRetrySeconds: 0 }
const log = createLogger({ level: 'fatal' })
const jobs = createJobs(db, { log, pace })
const workflows = createWorkflows({ db, jobs, clock: systemClock, audit: recordAudit, pace })
const app = { config: order.config, db, log, jobs, workflows, clock: systemClock } as App
defineBankingJobs(app)
const say = (word: string): void => { process.stdout.write(`${word}\n`) }
workflows.define(postingWorkflow(app, async (word) => {
  say(word)
  if (word === order.stop) await new Promise(() => { setInterval(() => undefined, 1_000) })
}))
await jobs.start()
say('ready')
process.on('SIGTERM', () => {
  // A step that stands still holds its session for ever: the process ends without closing it, as after a crash.
  void jobs.stop().then(() => { say('stopped'); process.exit(0) })
})
