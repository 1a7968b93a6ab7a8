import type { TestApp, TestCompany } from '../../support/server.ts'
import type { RouteCall, TenancyTable } from './table.ts'

async function content(t: TestApp, company: TestCompany) {
  const { body } = await t.api('POST', '/api/customers', { as: company, body: { name: 'Client' } })
  return { customerId: String(body.id), lines: [{ description: 'Conseil', quantity: '1', unitPrice: '100.00', vatRate: '20', nature: 'services' }] }
}

async function draft(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const { body } = await t.api('POST', '/api/invoices/sales', { as: company, body: await content(t, company) })
  return { params: { id: String(body.id) } }
}

/** An issued invoice of 120 euros, taxes included. */
export async function issuedInvoice(t: TestApp, company: TestCompany): Promise<string> {
  return (await issued(t, company)).params?.['id'] ?? ''
}

async function issued(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const call = await draft(t, company)
  await t.api('POST', `/api/invoices/sales/${call.params?.['id'] ?? ''}/issue`, { as: company, body: {} })
  return call
}

export const invoicingTable: TenancyTable = {
  listSalesInvoices: { permission: 'invoice.read' },
  createSalesInvoice: { permission: 'invoice.write', idsInBody: true, call: async (t, company) => ({ body: await content(t, company) }) },
  readSalesInvoice: { permission: 'invoice.read', call: draft },
  updateSalesInvoice: { permission: 'invoice.write', call: async (t, company) => ({ ...await draft(t, company), body: await content(t, company) }) },
  deleteSalesInvoice: { permission: 'invoice.write', call: draft },
  issueSalesInvoice: { permission: 'invoice.issue', call: async (t, company) => ({ ...await draft(t, company), body: {} }) },
  creditSalesInvoice: { permission: 'invoice.issue', call: async (t, company) => ({ ...await issued(t, company), body: {} }) },
  importSalesInvoices: { permission: 'invoice.import', call: async () => ({ file: { name: 'invoices.csv', bytes: 'number\n' } }) },
}
