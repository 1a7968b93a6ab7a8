import { analyticsTable } from './analytics.ts'
import { bankingTable } from './banking.ts'
import { budgetsTable } from './budgets.ts'
import { categoriesTable } from './categories.ts'
import { identityTable } from './identity.ts'
import { invoicingTable } from './invoicing.ts'
import { ledgerTable } from './ledger.ts'
import { liveTable } from './live.ts'
import { merchantsTable } from './merchants.ts'
import { operationsTable } from './operations.ts'
import { partyTable } from './party.ts'
import { reconciliationTable } from './reconciliation.ts'
import { reportingTable } from './reporting.ts'
import { syncTable } from './sync.ts'
import { teamTable } from './team.ts'
import type { TenancyTable } from './table.ts'

/** Every route of the product, by its operationId. */
export const TABLE: TenancyTable = {
  ...identityTable, ...teamTable, ...liveTable, ...ledgerTable, ...partyTable, ...invoicingTable, ...bankingTable, ...syncTable, ...merchantsTable, ...reconciliationTable,
  ...categoriesTable, ...budgetsTable, ...analyticsTable, ...reportingTable, ...operationsTable,
}
