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

export const bankingTable: TenancyTable = {
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
