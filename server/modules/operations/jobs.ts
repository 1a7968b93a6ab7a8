import type { TenantId } from '../../../core/kernel/id.ts'
import type { App } from '../../platform/app.ts'
import { listSchedules } from '../../platform/jobs/history-store.ts'
import { productContext } from '../../platform/workflow/product-context.ts'
import { dailyWorkflow } from './daily.ts'
import { dueDay } from './due-day.ts'
import { companiesWithBooks } from './store.ts'

/** Starts a workflow that the clock of a company asks for. */
const START_QUEUE = 'workflow-start'
/** Looks after the schedules and the runs nobody drives, each hour. */
const UPKEEP_QUEUE = 'workflow-upkeep'
const UPKEEP_CRON = '17 * * * *'
const TIME_ZONE_CHANNEL = 'quittance_time_zone'

type StartJob = { readonly tenantId: string; readonly workflow: string }

const keyOf = (workflow: string, tenantId: string): string => `${workflow}/${tenantId}`

/** Starts what the clock asks for, once for each day: a schedule that rings twice, or a clock that goes back, finds the day done. */
export async function startScheduled(app: App, { tenantId, workflow }: StartJob): Promise<string | null> {
  const ctx = await productContext(app, tenantId as TenantId)
  const [company] = await app.db.system((tx) => companiesWithBooks(tx, tenantId))
  if (!ctx || !company) return null
  const key = dueDay(app.clock, company.timeZone)
  return app.db.tenant(ctx, (tx) => app.workflows.start(tx, ctx, { workflow, origin: 'schedule', key }))
}

/** Gives each company its schedules in its own time zone, and takes away those of companies that are gone. All, or one. */
export async function keepSchedules(app: App, tenantId: string | null): Promise<void> {
  const { companies, kept } = await app.db.system(async (tx) => ({ companies: await companiesWithBooks(tx, tenantId), kept: await listSchedules(tx, { queue: START_QUEUE }) }))
  const zones = new Map(kept.map((schedule) => [schedule.key, `${schedule.cron} ${schedule.timeZone}`]))
  const wanted = new Set<string>()
  for (const { name, cron } of app.workflows.kinds()) {
    if (cron === undefined) continue
    for (const company of companies) {
      const key = keyOf(name, company.tenantId)
      wanted.add(key)
      if (zones.get(key) === `${cron} ${company.timeZone}`) continue
      await app.jobs.schedule<StartJob>(START_QUEUE, { cron, timeZone: company.timeZone, key, data: { tenantId: company.tenantId, workflow: name } })
    }
  }
  const gone = kept.filter(({ key }) => !wanted.has(key) && (tenantId === null || key.endsWith(`/${tenantId}`)))
  for (const { key } of gone) await app.jobs.unschedule(START_QUEUE, key)
}

/** Declares the workflows of the product and the queues that start them. */
export function defineOperations(app: App): void {
  app.workflows.define(dailyWorkflow(app))
  app.jobs.define<StartJob>(START_QUEUE, { title: { fr: 'Démarrage à l\'heure dite', en: 'Start at the set time' } }, async ({ data }) => { await startScheduled(app, data) })
  app.jobs.define<object>(UPKEEP_QUEUE, { title: { fr: 'Entretien des enchaînements', en: 'Upkeep of the workflows' } }, async () => {
    await keepSchedules(app, null)
    await app.workflows.sweep()
  })
}

/** Keeps the schedules from now on: a company that is created or moves to another time zone tells it. Answers the way to stop. */
export async function startOperations(app: App): Promise<() => Promise<void>> {
  const stop = await app.db.listen(TIME_ZONE_CHANNEL, (tenantId) => {
    keepSchedules(app, tenantId).catch((error: unknown) => { app.log.warn({ err: error, tenantId }, 'the schedule of a company was not kept; the hourly upkeep will') })
  })
  await keepSchedules(app, null)
  await app.jobs.schedule<object>(UPKEEP_QUEUE, { cron: UPKEEP_CRON, timeZone: 'UTC', data: {} })
  return stop
}
