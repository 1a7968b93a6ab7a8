import type { TestApp, TestCompany } from '../../support/server.ts'
import type { RouteCall, TenancyTable } from './table.ts'

let files = 0

/** A bank file that no company has seen: one receipt of 120 euros. */
function bankFile() {
  files += 1
  return { name: 'releve.csv', bytes: `Date;Libellé;Montant\n02/03/2026;VIREMENT CLIENT ${files};120,00\n` }
}

async function account(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const { body } = await t.api('POST', '/api/accounts', { as: company, body: { name: 'Compte courant' } })
  return { params: { id: String(body.id) } }
}

async function preview(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const { body } = await t.api('POST', '/api/imports', { as: company, file: bankFile() })
  return { params: { id: String(body.id) } }
}

async function commit(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const [{ params }, { params: of }] = [await preview(t, company), await account(t, company)]
  return { ...(params ? { params } : {}), body: { accountId: of?.['id'] } }
}

/** A bank line with its entry: committed, then posted by the job. */
export async function bankLine(t: TestApp, company: TestCompany): Promise<string> {
  const { params, body } = await commit(t, company)
  const id = params?.['id'] ?? ''
  await t.api('POST', `/api/imports/${id}/commit`, { as: company, body })
  await t.app.jobs.idle()
  const lines = await t.api('GET', `/api/transactions?importId=${id}`, { as: company })
  return String(lines.body.items[0]?.id)
}

async function importOf(t: TestApp, company: TestCompany): Promise<string> {
  const { params, body } = await commit(t, company)
  const id = params?.['id'] ?? ''
  await t.api('POST', `/api/imports/${id}/commit`, { as: company, body })
  await t.app.jobs.idle()
  return id
}

/** A doubtful line: the same day and amount as a known one, under quite another label. */
async function suspicious(t: TestApp, company: TestCompany): Promise<string> {
  const { params } = await account(t, company)
  const accountId = String(params?.['id'])
  files += 1
  for (const label of ['VIREMENT ALPHA', 'CHEQUE OMEGA']) {
    const { body } = await t.api('POST', '/api/imports', { as: company, file: { name: 'releve.csv', bytes: `Date;Libellé;Montant\n03/03/2026;${label};${files},50\n` } })
    await t.api('POST', `/api/imports/${String(body.id)}/commit`, { as: company, body: { accountId } })
  }
  const { body } = await t.api('GET', `/api/transactions/suspicious?accountId=${accountId}`, { as: company })
  return String(body.items[0]?.id)
}

/** Two lines of two accounts that cancel out, posted. */
async function pair(t: TestApp, company: TestCompany): Promise<{ readonly outLineId: string; readonly inLineId: string }> {
  files += 1
  const lines: string[] = []
  for (const [name, sign] of [['Courant', '-'], ['Livret', '']] as const) {
    const { body: made } = await t.api('POST', '/api/accounts', { as: company, body: { name, manual: true } })
    const { body: line } = await t.api('POST', '/api/transactions', { as: company, body: { accountId: made.id, bookedOn: '2026-03-04', amount: `${sign}${files}.25`, label: `MOUVEMENT ${name}` } })
    lines.push(String(line.id))
  }
  await t.app.jobs.idle()
  return { outLineId: lines[0]!, inLineId: lines[1]! }
}

const line = async (t: TestApp, company: TestCompany): Promise<RouteCall> => ({ params: { id: await bankLine(t, company) } })

async function held(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const call = await line(t, company)
  await t.api('POST', `/api/transactions/${call.params?.['id'] ?? ''}/hold`, { as: company, body: { question: 'Qui est-ce ?' } })
  return call
}

const PROFILE = { name: 'ma-banque', title: { fr: 'Ma banque', en: 'My bank' } }

export const bankingTable: TenancyTable = {
  listInstitutions: { permission: 'bank.read' },
  createInstitution: { permission: 'bank.manage', call: async () => ({ body: { name: 'Banque du Port' } }) },
  replaceBankAccount: { permission: 'bank.manage', call: async (t, company) => ({ ...await account(t, company), body: { name: 'Autre nom' } }) },
  removeBankAccount: { permission: 'bank.manage', call: account },
  readAccountBalance: { permission: 'bank.read', call: account },
  summariseAccount: { permission: 'bank.read', call: account },
  readAccountContinuity: { permission: 'bank.read', call: account },
  listAccountTransactions: { permission: 'bank.read', call: account },
  mapBankImport: { permission: 'bank.import', call: async (t, company) => ({ ...await preview(t, company), body: {} }) },
  undoBankImport: { permission: 'bank.manage', call: async (t, company) => ({ params: { id: await importOf(t, company) } }) },
  listImportProfiles: { permission: 'bank.read' },
  saveImportProfile: { permission: 'bank.import', call: async () => ({ body: { name: 'Ma banque', profile: PROFILE } }) },
  deleteImportProfile: {
    permission: 'bank.import',
    call: async (t, company) => ({ params: { id: String((await t.api('POST', '/api/import-profiles', { as: company, body: { name: 'Ma banque', profile: PROFILE } })).body.id) } }),
  },
  createTransaction: {
    permission: 'bank.import', idsInBody: true,
    call: async (t, company) => ({ body: { accountId: (await t.api('POST', '/api/accounts', { as: company, body: { name: 'Caisse', type: 'cash' } })).body.id, bookedOn: '2026-03-05', amount: '-12.00', label: 'Timbres' } }),
  },
  removeTransaction: { permission: 'bank.manage', call: line },
  exportTransactions: { permission: 'bank.read' },
  holdTransaction: { permission: 'match.write', call: async (t, company) => ({ ...await line(t, company), body: { question: 'Qui est-ce ?' } }) },
  answerHold: { permission: 'bank.read', call: async (t, company) => ({ ...await held(t, company), body: { text: 'Le loueur.' } }) },
  releaseTransaction: { permission: 'match.write', call: held },
  listSuspicious: { permission: 'bank.read' },
  decideSuspicious: { permission: 'bank.import', idsInBody: true, call: async (t, company) => ({ body: { decisions: [{ id: await suspicious(t, company), action: 'skip' }] } }) },
  listTransfers: { permission: 'bank.read' },
  suggestTransfers: { permission: 'bank.read' },
  createTransfer: { permission: 'match.write', idsInBody: true, call: async (t, company) => ({ body: await pair(t, company) }) },
  undoTransfer: { permission: 'match.write', call: async (t, company) => ({ params: { id: String((await t.api('POST', '/api/transfers', { as: company, body: await pair(t, company) })).body.id) } }) },
  listBankAccounts: { permission: 'bank.read' },
  createBankAccount: { permission: 'bank.manage', call: async () => ({ body: { name: 'Compte' } }) },
  readBankAccount: { permission: 'bank.read', call: account },
  updateBankAccount: { permission: 'bank.manage', call: async (t, company) => ({ ...await account(t, company), body: { name: 'Autre nom' } }) },
  listBankImports: { permission: 'bank.read' },
  previewBankImport: { permission: 'bank.import', call: async () => ({ file: bankFile() }) },
  readBankImport: { permission: 'bank.read', call: preview },
  commitBankImport: { permission: 'bank.import', call: commit },
  listTransactions: { permission: 'bank.read' },
  readTransaction: { permission: 'bank.read', call: async (t, company) => ({ params: { id: await bankLine(t, company) } }) },
}
