import { Type } from 'typebox'
import { Budget, BudgetAlert, BudgetAlertPage, BudgetAlertQuery, BudgetChange, BudgetOverview, BudgetPage, BudgetProgress, BudgetQuery, BudgetReportQuery, NewBudget, OverviewQuery, ProgressQuery } from '../../../contract/budgets.ts'
import { IdParams } from '../../../contract/common.ts'
import { PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { browseAlerts, dismissAlert } from './alerts.ts'
import { browseBudgets, changeBudget, createBudget, readBudget, removeBudget } from './budgets.ts'
import { goalRoutes } from './goal-routes.ts'
import { presentAlert, presentBudget, presentOverview, presentProgress } from './present.ts'
import { readOverview, readProgress } from './progress.ts'
import { exportBudgets } from './report.ts'

const tags = ['Budgets']

const alertRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/budgets/alerts', {
    schema: { operationId: 'listBudgetAlerts', tags, summary: 'List alerts of budgets', description: 'Latest first. One for each budget, period and threshold (80 and 100 %), raised when a line lands or is filed. Permission: budget.read.', querystring: BudgetAlertQuery, response: { 200: BudgetAlertPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { limit = PAGE_LIMIT } = request.query
    return pageOf(await browseAlerts(app, ctx, request.query), limit, { item: (alert) => presentAlert(alert, ctx), key: (alert) => [alert.raisedAt, alert.id] })
  })

  http.post('/api/budgets/alerts/:id/dismiss', {
    schema: { operationId: 'dismissBudgetAlert', tags, summary: 'Put an alert away', description: 'It is not raised again for its period. Permission: budget.write.', params: IdParams, response: { 200: BudgetAlert } },
  }, async (request) => {
    const ctx = await request.context()
    return presentAlert(await dismissAlert(app, ctx, request.params.id), ctx)
  })

  http.get('/api/budgets/overview', {
    schema: { operationId: 'readBudgetOverview', tags, summary: 'Read every budget at a glance', description: 'The budgets that count on a day with their figures, totals by kind of period, and what is spent outside of them. Permission: budget.read.', querystring: OverviewQuery, response: { 200: BudgetOverview } },
  }, async (request) => {
    const ctx = await request.context()
    return presentOverview(await readOverview(app, ctx, request.query), ctx.currency)
  })

  http.get('/api/exports/budget/report', {
    schema: { operationId: 'exportBudgetReport', tags, summary: 'Export budgets', description: 'Every period that touches the days asked for, as CSV or XLSX. Texts that a spreadsheet would run are made harmless. Permission: budget.read.', querystring: BudgetReportQuery, produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] },
  }, async (request, reply) => {
    const { fileName, type, bytes } = await exportBudgets(app, await request.context(), request.query)
    return reply.header('content-disposition', `attachment; filename="${fileName}"`).header('cache-control', 'no-store').type(type).send(bytes)
  })
}

const budgetListRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/budgets', {
    schema: { operationId: 'listBudgets', tags, summary: 'List budgets', description: 'By name, with the figures of the present period. Permission: budget.read.', querystring: BudgetQuery, response: { 200: BudgetPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { limit = PAGE_LIMIT } = request.query
    return pageOf(await browseBudgets(app, ctx, request.query), limit, { item: (budget) => presentBudget(budget, ctx.currency), key: (budget) => [budget.name, budget.id] })
  })

  http.post('/api/budgets', {
    schema: { operationId: 'createBudget', tags, summary: 'Set a budget', description: 'On a category of expenses with its sub-categories, or on all spending. What it already exceeds is told at once. Permission: budget.write.', body: NewBudget, response: { 201: Budget } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(presentBudget(await createBudget(app, ctx, request.body), ctx.currency))
  })
}

const budgetRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/budgets/:id', {
    schema: { operationId: 'readBudget', tags, summary: 'Read a budget', description: 'Permission: budget.read.', params: IdParams, response: { 200: Budget } },
  }, async (request) => {
    const ctx = await request.context()
    return presentBudget(await readBudget(app, ctx, request.params.id), ctx.currency)
  })

  http.put('/api/budgets/:id', {
    schema: { operationId: 'replaceBudget', tags, summary: 'Change a budget', description: 'Replaces what was decided. Another amount holds from the present period on; earlier ones keep theirs. Permission: budget.write.', params: IdParams, body: BudgetChange, response: { 200: Budget } },
  }, async (request) => {
    const ctx = await request.context()
    return presentBudget(await changeBudget(app, ctx, { id: request.params.id, input: request.body }), ctx.currency)
  })

  http.delete('/api/budgets/:id', {
    schema: { operationId: 'deleteBudget', tags, summary: 'Remove a budget', description: 'With its alerts. Permission: budget.write.', params: IdParams, response: { 204: Type.Null() } },
  }, async (request, reply) => {
    await removeBudget(app, await request.context(), request.params.id)
    return reply.code(204).send(null)
  })

  http.get('/api/budgets/:id/progress', {
    schema: { operationId: 'readBudgetProgress', tags, summary: 'Follow a budget', description: 'One period day by day: spent, still to come by recurring payments, left, and what is expected at the end at today\'s pace. Permission: budget.read.', params: IdParams, querystring: ProgressQuery, response: { 200: BudgetProgress } },
  }, async (request) => {
    const ctx = await request.context()
    return presentProgress(await readProgress(app, ctx, { id: request.params.id, ...request.query }), ctx.currency)
  })
}

export const budgetsRoutes: ModuleRoutes = (http, app) => {
  alertRoutes(http, app)
  budgetListRoutes(http, app)
  budgetRoutes(http, app)
  goalRoutes(http, app)
}
