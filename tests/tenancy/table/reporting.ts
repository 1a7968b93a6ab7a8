import { liveTable } from './live.ts'
import type { TenancyTable } from './table.ts'

export const reportingTable: TenancyTable = {
  readSummary: { permission: 'ledger.read' },
  ...liveTable,
}
