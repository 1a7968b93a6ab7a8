import type { TestApp, TestCompany } from '../../support/server.ts'
import type { RouteCall, TenancyTable } from './table.ts'

let made = 0
const BUDGET = { name: 'Frais généraux', categoryId: null, period: 'month', amount: '1000.00' }
const GOAL = { name: 'Trésorerie de précaution', target: '5000.00' }

async function budget(t: TestApp, company: TestCompany): Promise<RouteCall> {
  made += 1
  const { body } = await t.api('POST', '/api/budgets', { as: company, body: { ...BUDGET, name: `Budget ${made}` } })
  return { params: { id: String(body.id) } }
}

/** An alert of a budget of nothing, raised by a line of the company's own account. */
async function alert(t: TestApp, company: TestCompany): Promise<RouteCall> {
  made += 1
  const file = { name: 'releve.csv', bytes: `Date;Libellé;Montant\n19/11/2026;PRLV FOURNITURES ${made};-12,00\n` }
  const account = await t.api('POST', '/api/accounts', { as: company, body: { name: 'Compte courant' } })
  const preview = await t.api('POST', '/api/imports', { as: company, file })
  await t.api('POST', `/api/imports/${preview.body.id}/commit`, { as: company, body: { accountId: account.body.id } })
  const { body } = await t.api('POST', '/api/budgets', { as: company, body: { ...BUDGET, name: `Budget ${made}`, amount: '0' } })
  const alerts = await t.api('GET', `/api/budgets/alerts?budgetId=${body.id}`, { as: company })
  return { params: { id: String(alerts.body.items[0]?.id) } }
}

async function goal(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const { body } = await t.api('POST', '/api/goals', { as: company, body: GOAL })
  return { params: { id: String(body.id) } }
}

async function contribution(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const { params } = await goal(t, company)
  const id = params?.['id'] ?? ''
  const { body } = await t.api('POST', `/api/goals/${id}/contributions`, { as: company, body: { amount: '10.00' } })
  return { params: { id, contributionId: String(body.contributions[0]?.id) } }
}

export const budgetsTable: TenancyTable = {
  listBudgets: { permission: 'budget.read' },
  createBudget: { permission: 'budget.write', call: async () => ({ body: BUDGET }) },
  readBudget: { permission: 'budget.read', call: budget },
  replaceBudget: { permission: 'budget.write', call: async (t, company) => ({ ...await budget(t, company), body: { ...BUDGET, amount: '900.00' } }) },
  deleteBudget: { permission: 'budget.write', call: budget },
  readBudgetProgress: { permission: 'budget.read', call: budget },
  listBudgetAlerts: { permission: 'budget.read' },
  dismissBudgetAlert: { permission: 'budget.write', call: alert },
  readBudgetOverview: { permission: 'budget.read' },
  exportBudgetReport: { permission: 'budget.read' },
  listGoals: { permission: 'budget.read' },
  createGoal: { permission: 'budget.write', call: async () => ({ body: GOAL }) },
  readGoal: { permission: 'budget.read', call: goal },
  replaceGoal: { permission: 'budget.write', call: async (t, company) => ({ ...await goal(t, company), body: GOAL }) },
  deleteGoal: { permission: 'budget.write', call: goal },
  addGoalContribution: { permission: 'budget.write', call: async (t, company) => ({ ...await goal(t, company), body: { amount: '10.00' } }) },
  deleteGoalContribution: { permission: 'budget.write', call: contribution },
}
