import type { TestApp, TestCompany } from '../../support/server.ts'
import { bankLine } from './banking.ts'
import type { RouteCall, TenancyTable } from './table.ts'

let made = 0
/** A name that no label of another one resembles: numbers do not tell merchants apart. */
function newName(): string {
  made += 1
  return `Maison ${[...String(made)].map((digit) => 'bcdfghjklm'[Number(digit)]).join('a')}`
}

async function merchant(t: TestApp, company: TestCompany): Promise<string> {
  const { body } = await t.api('POST', '/api/merchants', { as: company, body: { name: newName() } })
  return String(body.id)
}

const one = async (t: TestApp, company: TestCompany): Promise<RouteCall> => ({ params: { id: await merchant(t, company) } })

async function renamed(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const id = await merchant(t, company)
  const { body } = await t.api('PATCH', `/api/merchants/${id}`, { as: company, body: { name: newName() } })
  return { params: { id, changeId: String(body.changes[0].id) } }
}

const line = async (t: TestApp, company: TestCompany): Promise<RouteCall> => ({ params: { id: await bankLine(t, company) } })

export const merchantsTable: TenancyTable = {
  listMerchants: { permission: 'bank.read' },
  createMerchant: { permission: 'merchant.write', call: async () => ({ body: { name: newName() } }) },
  readMerchant: { permission: 'bank.read', call: one },
  updateMerchant: { permission: 'merchant.write', call: async (t, company) => ({ ...await one(t, company), body: { siren: null } }) },
  mergeMerchants: { permission: 'merchant.write', call: async (t, company) => ({ ...await one(t, company), body: { from: [await merchant(t, company)] } }) },
  splitMerchant: { permission: 'merchant.write', call: async (t, company) => {
    const id = await merchant(t, company)
    const { body } = await t.api('GET', `/api/merchants/${id}`, { as: company })
    return { params: { id }, body: { name: newName(), aliasIds: [String(body.aliases[0].id)] } }
  } },
  undoMerchantChange: { permission: 'merchant.write', call: renamed },
  enrichLines: { permission: 'merchant.write' },
  readTransactionEnrichment: { permission: 'bank.read', call: line },
  updateTransactionEnrichment: { permission: 'merchant.write', call: async (t, company) => ({ ...await line(t, company), body: { place: 'Lyon' } }) },
}
