import type { App, OnCompanyCreated } from '../platform/app.ts'
import type { ModuleRoutes } from '../platform/http/routes.ts'
import { auditRoutes } from '../modules/audit/routes.ts'
import { defineBankingJobs } from '../modules/banking/index.ts'
import { bankingRoutes } from '../modules/banking/routes.ts'
import { identityRoutes } from '../modules/identity/routes.ts'
import { invoicingRoutes } from '../modules/invoicing/routes.ts'
import { ledgerRoutes, openBooks } from '../modules/ledger/index.ts'
import { partyRoutes } from '../modules/party/routes.ts'
import { reconciliationRoutes } from '../modules/reconciliation/routes.ts'
import { reportingRoutes } from '../modules/reporting/routes.ts'

/** What a module gives to the whole: its routes, its queues, and what it prepares in a new company. */
export type ServerModule = {
  readonly name: string
  readonly routes?: ModuleRoutes
  /** Declares the queues of the module with `app.jobs.define`. */
  readonly defineJobs?: (app: App) => void
  readonly onCompanyCreated?: OnCompanyCreated
}

/** Every module of the server, in their order: a module calls only those above it. */
export const MODULES: readonly ServerModule[] = [
  { name: 'audit', routes: auditRoutes },
  { name: 'identity', routes: identityRoutes },
  { name: 'ledger', routes: ledgerRoutes, onCompanyCreated: async (tx, ctx, company) => { if (company.firstYear) await openBooks(tx, ctx, company.firstYear) } },
  { name: 'party', routes: partyRoutes },
  { name: 'invoicing', routes: invoicingRoutes },
  { name: 'banking', routes: bankingRoutes, defineJobs: defineBankingJobs },
  { name: 'reconciliation', routes: reconciliationRoutes },
  { name: 'reporting', routes: reportingRoutes },
]
