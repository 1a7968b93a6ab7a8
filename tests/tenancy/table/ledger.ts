import type { TestApp, TestCompany } from '../../support/server.ts'
import type { RouteCall, TenancyTable } from './table.ts'

const ENTRY = {
  journal: 'OD', date: '2026-03-31', pieceRef: 'P1', label: 'Essai',
  lines: [{ account: '606400', debit: '10.00' }, { account: '512000', credit: '10.00' }],
}

async function draft(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const { body } = await t.api('POST', '/api/ledger/entries', { as: company, body: ENTRY })
  return { params: { id: String(body.id) } }
}

async function validated(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const { params } = await draft(t, company)
  const { body } = await t.api('POST', `/api/ledger/entries/${params?.['id'] ?? ''}/validate`, { as: company })
  return { params: { id: String(body.id) } }
}

async function year(t: TestApp, company: TestCompany): Promise<{ id: string; periods: { id: string }[] }> {
  const { body } = await t.api('GET', '/api/ledger/fiscal-years', { as: company })
  return body[0] as { id: string; periods: { id: string }[] }
}

/** The last month: locking it does not keep the other tests from posting. */
async function period(t: TestApp, company: TestCompany): Promise<RouteCall> {
  return { params: { id: (await year(t, company)).periods.at(-1)?.id ?? '' } }
}

const file = { name: 'fec.txt', bytes: 'not a FEC' }

export const ledgerTable: TenancyTable = {
  listFiscalYears: { permission: 'ledger.read' },
  createFiscalYear: { permission: 'ledger.lock', call: async () => ({ body: { startsOn: '2030-01-01', endsOn: '2030-12-31' } }) },
  openNextFiscalYear: { permission: 'ledger.post', call: async (t, company) => ({ params: { id: (await year(t, company)).id } }) },
  lockPeriod: { permission: 'ledger.lock', call: period },
  unlockPeriod: { permission: 'ledger.lock', call: period },
  listJournals: { permission: 'ledger.read' },
  listLedgerAccounts: { permission: 'ledger.read' },
  listLedgerAccountLines: { permission: 'ledger.read', wordsInPath: true, call: async () => ({ params: { number: '512000' } }) },
  readTrialBalance: { permission: 'ledger.read' },
  checkLedger: { permission: 'ledger.read' },
  listEntries: { permission: 'ledger.read' },
  createEntry: { permission: 'ledger.draft', call: async () => ({ body: ENTRY }) },
  readEntry: { permission: 'ledger.read', call: validated },
  updateEntry: { permission: 'ledger.draft', call: async (t, company) => ({ ...await draft(t, company), body: { ...ENTRY, label: 'Autre' } }) },
  deleteEntry: { permission: 'ledger.draft', call: draft },
  validateEntry: { permission: 'ledger.post', call: draft },
  reverseEntry: { permission: 'ledger.post', call: async (t, company) => ({ ...await validated(t, company), body: {} }) },
  exportFec: { permission: 'ledger.export' },
  describeFec: { permission: 'ledger.export' },
  importFec: { permission: 'ledger.import', call: async () => ({ file }) },
}
