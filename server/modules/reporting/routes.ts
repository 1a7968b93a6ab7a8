import { PortfolioPage, PortfolioQuery } from '../../../contract/portfolio.ts'
import { Summary } from '../../../contract/reconciliation.ts'
import { formatAmount, money, toJson } from '../../../core/kernel/money.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { readPortfolio } from './portfolio.ts'
import { readSummary } from './summary.ts'

export const reportingRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/summary', {
    schema: { operationId: 'readSummary', tags: ['Reports'], summary: 'Read the figures of the home page', description: 'Cash, what is owed, TVA to set aside, 90 days of cash and what there is to do. Permission: ledger.read.', response: { 200: Summary } },
  }, async (request) => {
    const ctx = await request.context()
    const amount = (minor: bigint) => toJson(money(minor, ctx.currency))
    const { receivables: owed, ...view } = await readSummary(app, ctx)
    return {
      on: view.on, cash: { total: amount(view.cash.total), accounts: view.cash.accounts },
      unpaidLate: { total: amount(owed.late), invoices: owed.lateInvoices, customers: owed.lateCustomers }, open: { total: amount(owed.open), invoices: owed.openInvoices },
      vatToSetAside: amount(view.vatToSetAside), cashHistory: view.cashHistory.map(({ on, balance }) => ({ on, balance: formatAmount(balance, ctx.currency) })),
      toDo: view.toDo.map((task) => ({ ...task, total: task.total === null ? null : amount(task.total) })),
    }
  })

  http.get('/api/portfolio', {
    schema: {
      operationId: 'readPortfolio', tags: ['Reports'], summary: 'Read the portfolio of a firm', querystring: PortfolioQuery, response: { 200: PortfolioPage },
      description: 'The companies that gave the firm access and that the caller works for, with their cash, what is to treat, late and closed. Figures follow a few seconds after what changes them. Permission: company.read, in a firm.',
    },
  }, async (request) => readPortfolio(app, await request.context(), request.query))
}
