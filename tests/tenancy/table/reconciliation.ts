import type { TestApp, TestCompany } from '../../support/server.ts'
import { bankLine } from './banking.ts'
import { issuedInvoice } from './invoicing.ts'
import type { RouteCall, TenancyTable } from './table.ts'

async function allocation(t: TestApp, company: TestCompany): Promise<RouteCall> {
  return { body: { lineId: await bankLine(t, company), allocations: [{ invoiceId: await issuedInvoice(t, company), amount: '120.00' }] } }
}

async function match(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const { body } = await t.api('POST', '/api/reconciliation/matches', { as: company, body: (await allocation(t, company)).body })
  return { params: { id: String(body.id) } }
}

export const reconciliationTable: TenancyTable = {
  listSuggestions: { permission: 'match.read' },
  refuseSuggestion: { permission: 'match.write', idsInBody: true, call: async (t, company) => ({ body: { lineId: await bankLine(t, company), invoiceId: await issuedInvoice(t, company) } }) },
  acceptAutomatic: { permission: 'match.write' },
  listMatches: { permission: 'match.read' },
  createMatch: { permission: 'match.write', idsInBody: true, call: allocation },
  readMatch: { permission: 'match.read', call: match },
  undoMatch: { permission: 'match.write', call: match },
}
