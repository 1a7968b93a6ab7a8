import { Type } from 'typebox'
import { IdParams } from '../../../contract/common.ts'
import { ContributionParams, Goal, GoalChange, GoalDetail, GoalPage, GoalQuery, NewContribution, NewGoal } from '../../../contract/goals.ts'
import { PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { browseGoals, changeGoal, contribute, createGoal, readGoal, removeContribution, removeGoal } from './goals.ts'
import { presentGoal, presentGoalDetail } from './present-goal.ts'

const tags = ['Goals']

const contributionRoutes: ModuleRoutes = (http, app) => {
  http.post('/api/goals/:id/contributions', {
    schema: { operationId: 'addGoalContribution', tags, summary: 'Write down money put aside', description: 'By hand, beside the balances of the linked accounts. Permission: budget.write.', params: IdParams, body: NewContribution, response: { 201: GoalDetail } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(presentGoalDetail(await contribute(app, ctx, { id: request.params.id, input: request.body }), ctx))
  })

  http.delete('/api/goals/:id/contributions/:contributionId', {
    schema: { operationId: 'deleteGoalContribution', tags, summary: 'Take back what was written by mistake', description: 'Permission: budget.write.', params: ContributionParams, response: { 200: GoalDetail } },
  }, async (request) => {
    const ctx = await request.context()
    return presentGoalDetail(await removeContribution(app, ctx, request.params), ctx)
  })
}

export const goalRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/goals', {
    schema: { operationId: 'listGoals', tags, summary: 'List savings goals', description: 'Oldest first, with their figures of today. Permission: budget.read.', querystring: GoalQuery, response: { 200: GoalPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { limit = PAGE_LIMIT } = request.query
    return pageOf(await browseGoals(app, ctx, request.query), limit, { item: (goal) => presentGoal(goal, ctx), key: (goal) => [goal.createdAt, goal.id] })
  })

  http.post('/api/goals', {
    schema: { operationId: 'createGoal', tags, summary: 'Set a savings goal', description: 'A target, a date if any, and the bank accounts whose balances count. Permission: budget.write.', body: NewGoal, response: { 201: Goal } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(presentGoal(await createGoal(app, ctx, request.body), ctx))
  })

  http.get('/api/goals/:id', {
    schema: { operationId: 'readGoal', tags, summary: 'Read a savings goal', description: 'With its road of the last year and what was put aside by hand. Permission: budget.read.', params: IdParams, response: { 200: GoalDetail } },
  }, async (request) => {
    const ctx = await request.context()
    return presentGoalDetail(await readGoal(app, ctx, request.params.id), ctx)
  })

  http.put('/api/goals/:id', {
    schema: { operationId: 'replaceGoal', tags, summary: 'Change a savings goal', description: 'Replaces what was decided; contributions stay. Permission: budget.write.', params: IdParams, body: GoalChange, response: { 200: Goal } },
  }, async (request) => {
    const ctx = await request.context()
    return presentGoal(await changeGoal(app, ctx, { id: request.params.id, input: request.body }), ctx)
  })

  http.delete('/api/goals/:id', {
    schema: { operationId: 'deleteGoal', tags, summary: 'Remove a savings goal', description: 'With its contributions; no account is touched. Permission: budget.write.', params: IdParams, response: { 204: Type.Null() } },
  }, async (request, reply) => {
    await removeGoal(app, await request.context(), request.params.id)
    return reply.code(204).send(null)
  })

  contributionRoutes(http, app)
}
