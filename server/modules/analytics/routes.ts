import { AnalyticsOverview, AnalyticsQuery, Breakdown, MerchantsQuery, RecurringDecision, RecurringDetail, RecurringPage, RecurringQuery, TopMerchants, Trends, TrendsQuery } from '../../../contract/analytics.ts'
import { IdParams } from '../../../contract/common.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { browseRecurring, decideRecurring, presentRecurringDetail, presentRecurringPage, readRecurring } from '../budgets/index.ts'
import { readBreakdown, readTopMerchants } from './breakdown.ts'
import { readAnalyticsOverview } from './overview.ts'
import { presentAnalyticsOverview, presentBreakdown, presentTopMerchants, presentTrends } from './present.ts'
import { readTrends } from './trends.ts'

const tags = ['Analytics']
const WHAT_COUNTS = 'Booked lines of accounts in use, in the company\'s currency; money moved between own accounts is left out, other currencies are told apart.'

const recurringRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/analytics/recurring', {
    schema: { operationId: 'listRecurring', tags, summary: 'List recurring transactions', description: 'Subscriptions, rents, salaries and regular customers found in the lines, the nearest to come first, with price rises and times missed. Permission: bank.read.', querystring: RecurringQuery, response: { 200: RecurringPage } },
  }, async (request) => {
    const ctx = await request.context()
    return presentRecurringPage(await browseRecurring(app, ctx, request.query), ctx)
  })

  http.get('/api/analytics/recurring/:id', {
    schema: { operationId: 'readRecurring', tags, summary: 'Read a recurring transaction', description: 'With its latest lines. Permission: bank.read.', params: IdParams, response: { 200: RecurringDetail } },
  }, async (request) => {
    const ctx = await request.context()
    return presentRecurringDetail(await readRecurring(app, ctx, request.params.id), ctx)
  })

  http.put('/api/analytics/recurring/:id', {
    schema: { operationId: 'decideRecurring', tags, summary: 'Confirm or dismiss a recurring transaction', description: 'Dismissed, it is counted nowhere and not proposed again; null takes the decision back. Permission: budget.write.', params: IdParams, body: RecurringDecision, response: { 200: RecurringDetail } },
  }, async (request) => {
    const ctx = await request.context()
    return presentRecurringDetail(await decideRecurring(app, ctx, { id: request.params.id, decision: request.body.decision }), ctx)
  })
}

export const analyticsRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/analytics/overview', {
    schema: { operationId: 'readAnalyticsOverview', tags, summary: 'Read the analysis of some days', description: `Income, spending, net flow, top categories and merchants, against as many days before. ${WHAT_COUNTS} Permission: bank.read.`, querystring: AnalyticsQuery, response: { 200: AnalyticsOverview } },
  }, async (request) => presentAnalyticsOverview(await readAnalyticsOverview(app, await request.context(), request.query)))

  http.get('/api/analytics/spending', {
    schema: { operationId: 'readSpending', tags, summary: 'Read where the money went', description: `By category with its sub-categories, account, merchant and day. ${WHAT_COUNTS} Permission: bank.read.`, querystring: AnalyticsQuery, response: { 200: Breakdown } },
  }, async (request) => presentBreakdown(await readBreakdown(app, await request.context(), { query: request.query, flow: 'spending' })))

  http.get('/api/analytics/income', {
    schema: { operationId: 'readIncome', tags, summary: 'Read where the money came from', description: `By category with its sub-categories, account, merchant and day. ${WHAT_COUNTS} Permission: bank.read.`, querystring: AnalyticsQuery, response: { 200: Breakdown } },
  }, async (request) => presentBreakdown(await readBreakdown(app, await request.context(), { query: request.query, flow: 'income' })))

  http.get('/api/analytics/trends', {
    schema: { operationId: 'readTrends', tags, summary: 'Read trends', description: `Income and spending by week or month, and the largest categories of each. ${WHAT_COUNTS} Permission: bank.read.`, querystring: TrendsQuery, response: { 200: Trends } },
  }, async (request) => presentTrends(await readTrends(app, await request.context(), request.query)))

  http.get('/api/analytics/top-merchants', {
    schema: { operationId: 'listTopMerchants', tags, summary: 'List the largest merchants', description: `Those paid most, or who paid most. ${WHAT_COUNTS} Permission: bank.read.`, querystring: MerchantsQuery, response: { 200: TopMerchants } },
  }, async (request) => presentTopMerchants(await readTopMerchants(app, await request.context(), request.query)))

  recurringRoutes(http, app)
}
