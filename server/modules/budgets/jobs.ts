import type { EventKind } from '../../../contract/events.ts'
import { currency } from '../../../core/kernel/currency.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { SystemTx, TenantTx } from '../../platform/db/types.ts'
import type { EventReaction } from '../../platform/events/index.ts'
import { raiseAlerts } from './alerts.ts'
import { findRecurring } from './find-recurring.ts'
import { GOALS_MAX, listGoals } from './goal-store.ts'
import { noteReached } from './goals.ts'
import { companiesWithBooks, companyOfBudgets } from './company-store.ts'

const WATCH = 'watch-budgets'
const SEARCH = 'find-recurring'
const SWEEP = 'watch-every-budget'
/** What lands together is looked at once; a person who watches sees the alert a moment later. */
const WATCH_SECONDS = 1
/** Searching reads years of lines: it waits for what is still landing. */
const SEARCH_SECONDS = 5

/** Not named `tenantId`: it is housekeeping, and is not shown among the jobs of the company. */
type CompanyJob = { readonly company: string }

/** What changes which lines count, how they are filed or paired. */
const MOVES: ReadonlySet<EventKind> = new Set<EventKind>([
  'import.committed', 'import.undone', 'line.removed', 'transfer.paired', 'transfer.undone', 'lines.categorised', 'lines.enriched', 'category.changed', 'merchant.changed', 'sync.finished',
])

async function contextOf(app: App, company: string): Promise<Context | undefined> {
  const tenantId = company as TenantId
  const found = await app.db.tenant({ tenantId, userId: null }, companyOfBudgets)
  return found && { tenantId, userId: null, actor: 'Quittance', role: 'assistant', locale: 'fr', today: app.clock.today(found.timeZone), currency: currency(found.currency), address: null }
}

/** Raises the alerts of a company's budgets, and tells the goals that are reached. */
export async function watchBudgets(app: App, ctx: Context): Promise<void> {
  await app.db.tenant(ctx, async (tx) => {
    await raiseAlerts(app, tx, { ctx })
    await noteReached(tx, ctx, await listGoals(tx, { state: 'open', after: null, limit: GOALS_MAX }))
  })
}

/** Declares the queues of budgets, goals and recurring transactions. */
export function defineBudgetJobs(app: App): void {
  app.jobs.define<CompanyJob>(WATCH, { title: { fr: 'Surveillance des budgets', en: 'Watching of budgets' } }, async ({ data }) => {
    const ctx = await contextOf(app, data.company)
    if (ctx) await watchBudgets(app, ctx)
  })
  app.jobs.define<CompanyJob>(SEARCH, { timeoutSeconds: 600, title: { fr: 'Recherche des opérations récurrentes', en: 'Search for recurring transactions' } }, async ({ data }) => {
    const ctx = await contextOf(app, data.company)
    if (!ctx) return
    await findRecurring(app, ctx)
    await watchBudgets(app, ctx)
  })
  app.jobs.define(SWEEP, { timeoutSeconds: 1800, title: { fr: 'Budgets et opérations récurrentes du jour', en: 'Budgets and recurring transactions of the day' } }, async () => {
    for (const company of await app.db.system((tx: SystemTx) => companiesWithBooks(tx))) await queueSearch(app, company, 0)
  })
}

async function queueSearch(app: App, company: string, seconds: number): Promise<void> {
  await app.jobs.enqueue<CompanyJob>(SEARCH, { company }, { key: company, startAfter: seconds })
}

/** Sets the clock of what a new day changes by itself: what was expected and did not come. */
export async function scheduleBudgetJobs(app: App): Promise<() => Promise<void>> {
  await app.jobs.schedule(SWEEP, { cron: '29 4 * * *', timeZone: 'UTC', data: {} })
  return async () => undefined
}

/** Has budgets looked at, and what comes back searched for, when lines land or are filed otherwise. */
export const followLines: EventReaction = async (app: App, tx: TenantTx, events) => {
  if (!events.some(({ kind }) => MOVES.has(kind))) return
  await app.jobs.enqueue<CompanyJob>(WATCH, { company: tx.tenantId }, { key: tx.tenantId, startAfter: WATCH_SECONDS })
  await queueSearch(app, tx.tenantId, SEARCH_SECONDS)
}
