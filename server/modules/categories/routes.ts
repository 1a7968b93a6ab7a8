import { Type } from 'typebox'
import { Category, CategoryChange, CategoryExportQuery, CategoryMerge, CategoryModel, CategoryPage, CategoryQuery, CategoryRemoval, CategorySettings, CategoryStats, CategoryTree, NewCategory, StatsQuery } from '../../../contract/categories.ts'
import { IdParams, Uuid } from '../../../contract/common.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { exportCategories } from './export.ts'
import { lineRoutes } from './line-routes.ts'
import { mergeCategory } from './merge-category.ts'
import { presentCategory, presentModel, presentStats } from './present.ts'
import { ruleRoutes } from './rule-routes.ts'
import { changeSettings, readModel, readSettings } from './settings.ts'
import { readStats } from './stats.ts'
import { browseCategories, changeCategory, createCategory, readTree, removeCategory, restoreCategory } from './tree.ts'

const tags = ['Categories']
const ByName = Type.Tuple([Type.String(), Uuid])

const readRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/categories', {
    schema: { operationId: 'listCategories', tags, summary: 'List categories', description: 'By name. Permission: category.read.', querystring: CategoryQuery, response: { 200: CategoryPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT, ...query } = request.query
    const key = decodeCursor(cursor, ByName)
    const rows = await browseCategories(app, ctx, { ...query, after: key && { name: key[0], id: key[1] }, limit: limit + 1 })
    return pageOf(rows, limit, { item: presentCategory, key: (row) => [row.name, row.id] })
  })

  http.get('/api/categories/tree', {
    schema: { operationId: 'readCategoryTree', tags, summary: 'Read the tree of categories', description: 'Groups in their order, each with its categories; at most 500 in all, archived ones left out. Permission: category.read.', response: { 200: CategoryTree } },
  }, async (request) => ({ items: (await readTree(app, await request.context())).map(({ group, children }) => ({ ...presentCategory(group), children: children.map(presentCategory) })) }))

  http.get('/api/categories/model', {
    schema: { operationId: 'readCategoryModel', tags, summary: 'Read what was learnt', description: 'How many decisions were taught, and how well the latest are foretold by the earlier ones. Permission: category.read.', response: { 200: CategoryModel } },
  }, async (request) => presentModel(await readModel(app, await request.context())))

  http.get('/api/categories/:id/stats', {
    schema: { operationId: 'readCategoryStats', tags, summary: 'Read the figures of a category', description: 'Over the last days or from one day to another, with the categories in it. Permission: category.read.', params: IdParams, querystring: StatsQuery, response: { 200: CategoryStats } },
  }, async (request) => {
    const ctx = await request.context()
    return presentStats(await readStats(app, ctx, { id: request.params.id, query: request.query }), { id: request.params.id, ctx })
  })

  http.get('/api/exports/categories/csv', {
    schema: { operationId: 'exportCategories', tags, summary: 'Export the categories', description: 'The categories with what each moved, by currency, as CSV or XLSX. Texts that a spreadsheet would run are made harmless. Permission: category.read.', querystring: CategoryExportQuery, produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] },
  }, async (request, reply) => {
    const { fileName, type, bytes } = await exportCategories(app, await request.context(), request.query)
    return reply.header('content-disposition', `attachment; filename="${fileName}"`).header('cache-control', 'no-store').type(type).send(bytes)
  })
}

const writeRoutes: ModuleRoutes = (http, app) => {
  http.post('/api/categories', {
    schema: { operationId: 'createCategory', tags, summary: 'Add a category', description: 'A group, or a category in a group. Permission: category.write.', body: NewCategory, response: { 201: Category } },
  }, async (request, reply) => reply.code(201).send(presentCategory(await createCategory(app, await request.context(), request.body))))

  http.put('/api/categories/:id', {
    schema: { operationId: 'updateCategory', tags, summary: 'Change or move a category', description: 'Permission: category.write.', params: IdParams, body: CategoryChange, response: { 200: Category } },
  }, async (request) => presentCategory(await changeCategory(app, await request.context(), { id: request.params.id, change: request.body })))

  http.delete('/api/categories/:id', {
    schema: { operationId: 'deleteCategory', tags, summary: 'Remove a category', description: 'Deleted when nothing uses it, archived otherwise. Permission: category.write.', params: IdParams, response: { 200: CategoryRemoval } },
  }, async (request) => ({ outcome: await removeCategory(app, await request.context(), request.params.id) }))

  http.post('/api/categories/:id/restore', {
    schema: { operationId: 'restoreCategory', tags, summary: 'Put an archived category back in service', description: 'With its group, if that was archived too. Permission: category.write.', params: IdParams, response: { 200: Category } },
  }, async (request) => presentCategory(await restoreCategory(app, await request.context(), request.params.id)))

  http.post('/api/categories/:id/merge', {
    schema: { operationId: 'mergeCategory', tags, summary: 'Merge a category into another', description: 'Its lines, its rules and what was learnt of it go over, and it is archived. Answers the other one. Permission: category.write.', params: IdParams, body: CategoryMerge, response: { 200: Category } },
  }, async (request) => presentCategory(await mergeCategory(app, await request.context(), { id: request.params.id, into: request.body.into })))

  http.get('/api/category-settings', {
    schema: { operationId: 'readCategorySettings', tags, summary: 'Read what happens by itself', description: 'Permission: category.read.', response: { 200: CategorySettings } },
  }, async (request) => readSettings(app, await request.context()))

  http.put('/api/category-settings', {
    schema: { operationId: 'updateCategorySettings', tags, summary: 'Change what happens by itself', description: 'Permission: category.write, and ledger.post to have entries made without a person or not.', body: CategorySettings, response: { 200: CategorySettings } },
  }, async (request) => changeSettings(app, await request.context(), request.body))
}

export const categoryRoutes: ModuleRoutes = (http, app) => {
  readRoutes(http, app)
  writeRoutes(http, app)
  ruleRoutes(http, app)
  lineRoutes(http, app)
}
