import { findRecurring } from '../../../server/modules/budgets/index.ts'
import type { TestApp, TestCompany } from '../../support/server.ts'
import type { RouteCall, TenancyTable } from './table.ts'

let made = 0

/** A subscription of the company's own, found in four months of lines. */
async function recurring(t: TestApp, company: TestCompany): Promise<RouteCall> {
  made += 1
  const party = `ABONNEMENT ${String.fromCharCode(65 + made % 26, 65 + Math.floor(made / 26) % 26)}KERLOUAN`
  const rows = ['05/08/2026', '07/09/2026', '05/10/2026', '05/11/2026'].map((day) => `${day};PRLV ${party};-29,90`)
  const account = await t.api('POST', '/api/accounts', { as: company, body: { name: 'Compte courant' } })
  const preview = await t.api('POST', '/api/imports', { as: company, file: { name: 'releve.csv', bytes: `Date;Libellé;Montant\n${rows.join('\n')}\n` } })
  await t.api('POST', `/api/imports/${preview.body.id}/commit`, { as: company, body: { accountId: account.body.id } })
  await findRecurring(t.app, company.ctx)
  const { body } = await t.api('GET', `/api/analytics/recurring?accountId=${account.body.id}`, { as: company })
  return { params: { id: String(body.items[0]?.id) } }
}

export const analyticsTable: TenancyTable = {
  readAnalyticsOverview: { permission: 'bank.read' },
  readSpending: { permission: 'bank.read' },
  readIncome: { permission: 'bank.read' },
  readTrends: { permission: 'bank.read' },
  listTopMerchants: { permission: 'bank.read' },
  listRecurring: { permission: 'bank.read' },
  readRecurring: { permission: 'bank.read', call: recurring },
  decideRecurring: { permission: 'budget.write', call: async (t, company) => ({ ...await recurring(t, company), body: { decision: 'confirmed' } }) },
}
