import { diskSpace, listBackups } from '../backup/folder.ts'
import { backupFolderOf } from '../config/operations.ts'
import type { Config } from '../config/config.ts'
import { internalsOf } from '../db/db.ts'
import type { Db } from '../db/types.ts'
import type { Instruments } from './instruments.ts'
import { jobStates } from './jobs-store.ts'

export type RequestSeen = { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }
export type JobSeen = { readonly queue: string; readonly failed: boolean; readonly seconds: number }

/** What one company did since its books were opened. */
export type BusinessFigures = { readonly companies: number; readonly invoices: number; readonly lines: number; readonly entries: number; readonly matches: number }

export type Metrics = {
  request(seen: RequestSeen): void
  job(seen: JobSeen): void
  /** Who knows the figures of the business says them at each collection. */
  onCollect(business: () => Promise<BusinessFigures>): void
  /** The measures as Prometheus reads them. */
  text(about: { readonly version: string }): Promise<{ readonly type: string; readonly body: string }>
}

async function collectDatabase(instruments: Instruments, db: Db): Promise<void> {
  const { open, idle, waiting, most } = internalsOf(db).sessions()
  instruments.sessions.set({ state: 'in_use' }, open - idle)
  instruments.sessions.set({ state: 'idle' }, idle)
  instruments.sessionsMax.set(most)
  instruments.waiting.set(waiting)
  const states = await jobStates(db)
  instruments.jobs.reset()
  instruments.jobAge.reset()
  for (const { queue, state, count, oldestSeconds } of states) {
    instruments.jobs.set({ queue, state }, count)
    instruments.jobAge.set({ queue, state }, oldestSeconds)
  }
}

async function collectBusiness(instruments: Instruments, business: () => Promise<BusinessFigures>): Promise<void> {
  const { companies, ...totals } = await business()
  instruments.companies.set(companies)
  for (const name of ['invoices', 'lines', 'entries', 'matches'] as const) {
    instruments[name].reset()
    instruments[name].inc(totals[name])
  }
}

async function collectMachine(instruments: Instruments, config: Config): Promise<void> {
  const [space, backups] = await Promise.all([diskSpace(config.dataFolder).catch(() => undefined), listBackups(backupFolderOf(config))])
  if (space) instruments.diskFree.set(space.free)
  instruments.lastBackup.set((backups[0]?.at.getTime() ?? 0) / 1_000)
}

/** The measures of this process. The library that keeps them is loaded beside the start, and nothing seen before it came is lost. */
export function createMetrics(config: Config, db: Db): Metrics {
  let ready: Instruments | undefined
  let loading: Promise<Instruments> | undefined
  let business: (() => Promise<BusinessFigures>) | undefined
  const load = () => (loading ??= import('./instruments.ts').then(({ createInstruments }) => {
    const made = createInstruments()
    internalsOf(db).observe(({ durationMs, failed }) => { made.statements.observe({ outcome: failed ? 'failed' : 'done' }, durationMs / 1_000) })
    ready = made
    return made
  }))
  const use = (seen: (instruments: Instruments) => void) => {
    if (ready) seen(ready)
    else void load().then(seen)
  }
  return {
    request: ({ method, route, status, seconds }) => { use((instruments) => { instruments.requests.observe({ method, route, status: String(status) }, seconds) }) },
    job: ({ queue, failed, seconds }) => { use((instruments) => { instruments.jobRuns.observe({ queue, outcome: failed ? 'failed' : 'done' }, seconds) }) },
    onCollect: (figures) => { business = figures },
    text: async ({ version }) => {
      const instruments = await load()
      instruments.info.set({ version, engine: db.engine }, 1)
      await collectMachine(instruments, config)
      // A database that does not answer is a measure too, not a failed collection.
      const up = await collectDatabase(instruments, db).then(async () => { if (business) await collectBusiness(instruments, business) }).then(() => 1, () => 0)
      instruments.databaseUp.set(up)
      return { type: instruments.registry.contentType, body: await instruments.registry.metrics() }
    },
  }
}
