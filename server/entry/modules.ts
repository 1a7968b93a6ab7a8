import type { App, OnCompanyCreated } from '../platform/app.ts'
import type { EventReaction } from '../platform/events/index.ts'
import { eventRoutes } from '../platform/events/routes.ts'
import type { ModuleRoutes } from '../platform/http/routes.ts'
import type { SealedColumn } from '../platform/secrets/sealed-columns.ts'
import { analyticsRoutes } from '../modules/analytics/routes.ts'
import { auditRoutes } from '../modules/audit/routes.ts'
import { defineBankingJobs } from '../modules/banking/index.ts'
import { bankingRoutes } from '../modules/banking/routes.ts'
import { defineBudgetJobs, followLines, scheduleBudgetJobs } from '../modules/budgets/index.ts'
import { budgetsRoutes } from '../modules/budgets/routes.ts'
import { categoryRoutes, defineCategoryJobs, fileNewLines } from '../modules/categories/index.ts'
import { defineSignInJobs, SIGN_IN_SEALED } from '../modules/identity/index.ts'
import { identityRoutes } from '../modules/identity/routes.ts'
import { invoicingRoutes } from '../modules/invoicing/routes.ts'
import { ledgerRoutes, openBooks } from '../modules/ledger/index.ts'
import { defineMerchantJobs, readNewLabels, scheduleMerchantJobs } from '../modules/merchants/index.ts'
import { merchantRoutes } from '../modules/merchants/routes.ts'
import { defineOperations, operationsRoutes, startOperations } from '../modules/operations/index.ts'
import { partyRoutes } from '../modules/party/routes.ts'
import { reconciliationRoutes } from '../modules/reconciliation/routes.ts'
import { defineReportingJobs, followPortfolio } from '../modules/reporting/index.ts'
import { reportingRoutes } from '../modules/reporting/routes.ts'
import { defineSyncJobs, scheduleSyncJobs, SYNC_SEALED, syncRoutes } from '../modules/sync/index.ts'
import { defineWebhookJobs, scheduleWebhookJobs, tellEndpoints, webhookRoutes } from '../modules/webhooks/index.ts'

/** What a module gives to the whole: its routes, its queues, and what it prepares in a new company. */
export type ServerModule = {
  readonly name: string
  readonly routes?: ModuleRoutes
  /** Declares the queues of the module with `app.jobs.define`. */
  readonly defineJobs?: (app: App) => void
  /** What the module keeps going in a process that works, once the jobs are started. Answers the way to stop. */
  readonly start?: (app: App) => Promise<() => Promise<void>>
  readonly onCompanyCreated?: OnCompanyCreated
  /** What it does about events, in the transaction that marks them as handled. */
  readonly onEvents?: EventReaction
  /** Its columns of sealed texts, for `quittance secrets`. */
  readonly sealed?: readonly SealedColumn[]
}

/** Every module of the server, in their order: a module calls only those above it. */
export const MODULES: readonly ServerModule[] = [
  { name: 'events', routes: eventRoutes },
  { name: 'audit', routes: auditRoutes },
  { name: 'identity', routes: identityRoutes, defineJobs: defineSignInJobs, sealed: SIGN_IN_SEALED },
  { name: 'ledger', routes: ledgerRoutes, onCompanyCreated: async (tx, ctx, company) => { if (company.firstYear) await openBooks(tx, ctx, company.firstYear) } },
  { name: 'party', routes: partyRoutes },
  { name: 'invoicing', routes: invoicingRoutes },
  { name: 'banking', routes: bankingRoutes, defineJobs: defineBankingJobs },
  { name: 'sync', routes: syncRoutes, defineJobs: defineSyncJobs, start: scheduleSyncJobs, sealed: SYNC_SEALED },
  { name: 'merchants', routes: merchantRoutes, defineJobs: defineMerchantJobs, start: scheduleMerchantJobs, onEvents: readNewLabels },
  { name: 'reconciliation', routes: reconciliationRoutes },
  { name: 'categories', routes: categoryRoutes, defineJobs: defineCategoryJobs, onEvents: fileNewLines },
  { name: 'budgets', routes: budgetsRoutes, defineJobs: defineBudgetJobs, start: scheduleBudgetJobs, onEvents: followLines },
  { name: 'analytics', routes: analyticsRoutes },
  { name: 'reporting', routes: reportingRoutes, defineJobs: defineReportingJobs, onEvents: followPortfolio },
  {
    name: 'webhooks', routes: webhookRoutes, defineJobs: defineWebhookJobs, start: scheduleWebhookJobs, onEvents: tellEndpoints,
    sealed: ['secret', 'previous_secret'].map((column) => ({ schema: 'app' as const, table: 'webhook_endpoint', column, group: 'webhook' })),
  },
  { name: 'operations', routes: operationsRoutes, defineJobs: defineOperations, start: startOperations },
]
