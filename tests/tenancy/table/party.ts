import type { TestApp, TestCompany } from '../../support/server.ts'
import type { TenancyTable } from './table.ts'

async function customerCall(t: TestApp, company: TestCompany) {
  const { body } = await t.api('POST', '/api/customers', { as: company, body: { name: 'Client' } })
  return { params: { id: String(body.id) } }
}

export const partyTable: TenancyTable = {
  listCustomers: { permission: 'customer.read' },
  createCustomer: { permission: 'customer.write', call: async () => ({ body: { name: 'Client' } }) },
  readCustomer: { permission: 'customer.read', call: customerCall },
  updateCustomer: { permission: 'customer.write', call: async (t, company) => ({ ...await customerCall(t, company), body: { city: 'Lille' } }) },
}
