import { Type } from 'typebox'
import { CategoryRule, CategoryRuleChange, CategoryRulePage, NewCategoryRule, RuleApply, RuleOrder, RuleTrial, RuleTrialResult, StartedWork } from '../../../contract/categories.ts'
import { IdParams, PageQuery, Uuid } from '../../../contract/common.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { applyRules } from './auto.ts'
import { presentRule, presentTrial } from './present.ts'
import { tryRule } from './rule-trial.ts'
import { browseRules, changeRule, createRule, deleteRule, draftRule, readOneRule, reorderRules } from './rules.ts'

const tags = ['Categories']
const ByPosition = Type.Tuple([Type.Integer(), Uuid])

const keepRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/category-rules', {
    schema: { operationId: 'listCategoryRules', tags, summary: 'List rules', description: 'In the order they are asked: the first that matches a line decides. Permission: category.read.', querystring: Type.Object(PageQuery), response: { 200: CategoryRulePage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT } = request.query
    const key = decodeCursor(cursor, ByPosition)
    const rows = await browseRules(app, ctx, { after: key && { position: key[0], id: key[1] }, limit: limit + 1 })
    return pageOf(rows, limit, { item: presentRule, key: (row) => [row.position, row.id] })
  })

  http.post('/api/category-rules', {
    schema: { operationId: 'createCategoryRule', tags, summary: 'Add a rule', description: 'After the others; new lines are asked of it at once, past ones when it is applied. Permission: category.write.', body: NewCategoryRule, response: { 201: CategoryRule } },
  }, async (request, reply) => reply.code(201).send(presentRule(await createRule(app, await request.context(), request.body))))

  http.get('/api/category-rules/:id', {
    schema: { operationId: 'readCategoryRule', tags, summary: 'Read a rule', description: 'Permission: category.read.', params: IdParams, response: { 200: CategoryRule } },
  }, async (request) => presentRule(await readOneRule(app, await request.context(), request.params.id)))

  http.put('/api/category-rules/:id', {
    schema: { operationId: 'updateCategoryRule', tags, summary: 'Change a rule', description: 'Its version grows; lines it decided keep the version that did. Permission: category.write.', params: IdParams, body: CategoryRuleChange, response: { 200: CategoryRule } },
  }, async (request) => presentRule(await changeRule(app, await request.context(), { id: request.params.id, change: request.body })))

  http.delete('/api/category-rules/:id', {
    schema: { operationId: 'deleteCategoryRule', tags, summary: 'Remove a rule', description: 'The lines it decided stay as they are. Permission: category.write.', params: IdParams, response: { 204: Type.Null({ description: 'Removed.' }) } },
  }, async (request, reply) => {
    await deleteRule(app, await request.context(), request.params.id)
    return reply.code(204).send(null)
  })

  http.put('/api/category-rules/order', {
    schema: { operationId: 'reorderCategoryRules', tags, summary: 'Change the order of the rules', description: 'Every rule once. Permission: category.write.', body: RuleOrder, response: { 204: Type.Null({ description: 'Ordered.' }) } },
  }, async (request, reply) => {
    await reorderRules(app, await request.context(), request.body.ids)
    return reply.code(204).send(null)
  })
}

export const ruleRoutes: ModuleRoutes = (http, app) => {
  keepRoutes(http, app)

  http.post('/api/category-rules/try', {
    schema: { operationId: 'tryCategoryRule', tags, summary: 'Try a rule on past lines', description: 'Says how many lines it would change and why others stay, and changes none. Looks at the latest 20,000. Permission: category.read.', body: RuleTrial, response: { 200: RuleTrialResult } },
  }, async (request) => presentTrial(await tryRule(app, await request.context(), request.body)))

  http.post('/api/category-rules/apply', {
    schema: { operationId: 'applyCategoryRules', tags, summary: 'Apply rules to past lines', description: 'In the background; its progress is in the events, and `changeId` undoes it. Choices of people and lines of locked periods are left alone. Permission: category.write.', body: RuleApply, response: { 202: StartedWork } },
  }, async (request, reply) => reply.code(202).send(await applyRules(app, await request.context(), request.body)))

  http.get('/api/transactions/:id/rule', {
    schema: { operationId: 'draftCategoryRule', tags, summary: 'Draft a rule from a bank line', description: 'The words that tell, the direction, the category it has. Nothing is stored. Permission: category.read.', params: IdParams, response: { 200: NewCategoryRule } },
  }, async (request) => draftRule(app, await request.context(), request.params.id))
}
