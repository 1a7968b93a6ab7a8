import { Type } from 'typebox'
import { IdParams, Uuid } from '../../../contract/common.ts'
import { EnrichmentStarted, LineEnrichment, LineEnrichmentPatch, MerchantDetail, MerchantPage, MerchantPatch, MerchantQuery, MergeMerchants, NewMerchant, SplitMerchant } from '../../../contract/merchants.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { mergeMerchants, splitMerchant, undoChange } from './arrange.ts'
import { enrichEveryLine } from './jobs.ts'
import { giveValues, readEnrichment } from './line-merchant.ts'
import { addMerchant, browseMerchants, changeMerchant, readMerchant } from './merchants.ts'
import { presentEnrichment, presentMerchant, presentWhole } from './present.ts'

const tags = ['Merchants']
const READ = 'Permission: bank.read.'
const WRITE = 'Permission: merchant.write.'
const ByName = Type.Tuple([Type.String(), Uuid])
const ChangeParams = Type.Object({ id: Uuid, changeId: Uuid })

const merchantRoutesProper: ModuleRoutes = (http, app) => {
  http.get('/api/merchants', {
    schema: { operationId: 'listMerchants', tags, summary: 'List merchants', description: `By name, each with its lines counted and summed. ${READ}`, querystring: MerchantQuery, response: { 200: MerchantPage } },
  }, async (request) => {
    const { cursor, limit = PAGE_LIMIT, search } = request.query
    const key = decodeCursor(cursor, ByName)
    const rows = await browseMerchants(app, await request.context(), { ...(search === undefined ? {} : { search }), after: key && { folded: key[0], id: key[1] }, limit: limit + 1 })
    return pageOf(rows, limit, { item: presentMerchant, key: (row) => [row.folded, row.id] })
  })

  http.post('/api/merchants', {
    schema: { operationId: 'createMerchant', tags, summary: 'Add a merchant', description: `Labels that carry its name lead to it from now on. ${WRITE}`, body: NewMerchant, response: { 201: MerchantDetail } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(presentWhole(await addMerchant(app, ctx, request.body), ctx.locale))
  })

  http.get('/api/merchants/:id', {
    schema: { operationId: 'readMerchant', tags, summary: 'Read a merchant', description: `With the patterns of labels that lead to it and what people did to it. ${READ}`, params: IdParams, response: { 200: MerchantDetail } },
  }, async (request) => {
    const ctx = await request.context()
    return presentWhole(await readMerchant(app, ctx, request.params.id), ctx.locale)
  })

  http.patch('/api/merchants/:id', {
    schema: { operationId: 'updateMerchant', tags, summary: 'Rename a merchant', description: `Or give it its SIREN. Its lines and patterns stay. ${WRITE}`, params: IdParams, body: MerchantPatch, response: { 200: MerchantDetail } },
  }, async (request) => {
    const ctx = await request.context()
    return presentWhole(await changeMerchant(app, ctx, { id: request.params.id, patch: request.body }), ctx.locale)
  })
}

const arrangeRoutes: ModuleRoutes = (http, app) => {
  http.post('/api/merchants/:id/merge', {
    schema: { operationId: 'mergeMerchants', tags, summary: 'Merge merchants into this one', description: `Their lines and patterns follow; it can be undone. ${WRITE}`, params: IdParams, body: MergeMerchants, response: { 200: MerchantDetail } },
  }, async (request) => {
    const ctx = await request.context()
    return presentWhole(await mergeMerchants(app, ctx, { into: request.params.id, from: request.body.from }), ctx.locale)
  })

  http.post('/api/merchants/:id/split', {
    schema: { operationId: 'splitMerchant', tags, summary: 'Split a merchant', description: `Patterns chosen, with the lines they lead to, and lines chosen one by one leave for a new merchant, which is answered. ${WRITE}`, params: IdParams, body: SplitMerchant, response: { 201: MerchantDetail } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(presentWhole(await splitMerchant(app, ctx, { id: request.params.id, split: request.body }), ctx.locale))
  })

  http.post('/api/merchants/:id/changes/:changeId/undo', {
    schema: { operationId: 'undoMerchantChange', tags, summary: 'Undo a rename, a merge or a split', description: `The latest about its merchants first. What a person placed elsewhere since stays there. ${WRITE}`, params: ChangeParams, response: { 200: MerchantDetail } },
  }, async (request) => {
    const ctx = await request.context()
    return presentWhole(await undoChange(app, ctx, request.params), ctx.locale)
  })
}

const lineRoutes: ModuleRoutes = (http, app) => {
  http.post('/api/merchants/enrich', {
    schema: { operationId: 'enrichLines', tags, summary: 'Read every label again', description: `By a job whose progress is told; values given by a person stay. ${WRITE}`, response: { 202: EnrichmentStarted } },
  }, async (request, reply) => reply.code(202).send(await enrichEveryLine(app, await request.context())))

  http.get('/api/transactions/:id/enrichment', {
    schema: { operationId: 'readTransactionEnrichment', tags, summary: 'Read what a label says', description: `The line as the bank wrote it beside what was read in it, each value with its provenance and confidence. ${READ}`, params: IdParams, response: { 200: LineEnrichment } },
  }, async (request) => presentEnrichment(await readEnrichment(app, await request.context(), request.params.id)))

  http.patch('/api/transactions/:id/enrichment', {
    schema: { operationId: 'updateTransactionEnrichment', tags, summary: 'Correct what was read in a label', description: `A value given is never overwritten; null gives it back to the rules. The label itself stays as the bank wrote it. ${WRITE}`, params: IdParams, body: LineEnrichmentPatch, response: { 200: LineEnrichment } },
  }, async (request) => presentEnrichment(await giveValues(app, await request.context(), { lineId: request.params.id, patch: request.body })))
}

export const merchantRoutes: ModuleRoutes = (http, app) => {
  for (const routes of [merchantRoutesProper, arrangeRoutes, lineRoutes]) routes(http, app)
}
