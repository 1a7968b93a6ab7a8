import { AutoCategorised, BulkChange, BulkResult, CategoriseAll, ChangedTransaction, LineCategorisation, ProposalChoice, ProposedEntry, SplitRequest, StartedWork, TransactionPatch, UndoResult } from '../../../contract/categories.ts'
import { IdParams } from '../../../contract/common.ts'
import { Type } from 'typebox'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { presentLine } from '../banking/index.ts'
import { acceptProposal } from './accept-proposal.ts'
import { changeTransaction, changeTransactions, splitTransaction } from './assign.ts'
import { categoriseAll, categoriseLine } from './auto.ts'
import { readLineCategory } from './line-category.ts'
import { presentCategorisation, presentProposal } from './present.ts'
import { readProposal } from './proposal.ts'
import { undoChange, undoLine } from './undo.ts'

const tags = ['Categories']
const LineId = Type.Object({ transactionId: IdParams.properties.id })

const changeRoutes: ModuleRoutes = (http, app) => {
  http.patch('/api/transactions/:id', {
    schema: { operationId: 'updateTransaction', tags, summary: 'Change the category, the note or the merchant of a bank line', description: 'By hand: no rule and nothing learnt changes it again, and it is learnt at once. Null takes the value away. Permission: category.write, and merchant.write for the merchant.', params: IdParams, body: TransactionPatch, response: { 200: ChangedTransaction } },
  }, async (request) => {
    const { line, changeId } = await changeTransaction(app, await request.context(), { id: request.params.id, patch: request.body })
    return { ...presentLine(line), changeId }
  })

  http.post('/api/transactions/bulk', {
    schema: { operationId: 'updateTransactions', tags, summary: 'Change many bank lines', description: 'The same change on each, all or none; `changeId` undoes their categories. Permission: category.write, and merchant.write for the merchant.', body: BulkChange, response: { 200: BulkResult } },
  }, async (request) => changeTransactions(app, await request.context(), request.body))

  http.put('/api/transactions/:id/split', {
    schema: { operationId: 'splitTransaction', tags, summary: 'Split a bank line between categories', description: 'The parts sum to the line to the cent. One part puts the whole line in it. Permission: category.write.', params: IdParams, body: SplitRequest, response: { 200: ChangedTransaction } },
  }, async (request) => {
    const { line, changeId } = await splitTransaction(app, await request.context(), { id: request.params.id, parts: request.body.parts })
    return { ...presentLine(line), changeId }
  })

  http.post('/api/transactions/:id/category/undo', {
    schema: { operationId: 'undoTransactionCategory', tags, summary: 'Undo the latest change of category of a bank line', description: 'Of a change on many lines, this one only. Permission: category.write.', params: IdParams, response: { 200: UndoResult } },
  }, async (request) => undoLine(app, await request.context(), request.params.id))

  http.post('/api/category-changes/:id/undo', {
    schema: { operationId: 'undoCategoryChange', tags, summary: 'Undo a change of categories', description: 'On every line of it that nobody changed since. Permission: category.write.', params: IdParams, response: { 200: UndoResult } },
  }, async (request) => undoChange(app, await request.context(), request.params.id))
}

export const lineRoutes: ModuleRoutes = (http, app) => {
  changeRoutes(http, app)

  http.get('/api/transactions/:id/category', {
    schema: { operationId: 'readTransactionCategory', tags, summary: 'Read the category of a bank line', description: 'Where it comes from, its parts, and what else it could be. Permission: category.read.', params: IdParams, response: { 200: LineCategorisation } },
  }, async (request) => {
    const ctx = await request.context()
    return presentCategorisation(await readLineCategory(app, ctx, request.params.id), ctx.locale)
  })

  http.post('/api/categories/auto-categorize/:transactionId', {
    schema: { operationId: 'autoCategorize', tags, summary: 'Categorise a bank line', description: 'By the rules, else by what was learnt, when sure enough. A choice of a person stays. Permission: category.write.', params: LineId, response: { 200: AutoCategorised } },
  }, async (request) => {
    const ctx = await request.context()
    const { categorisation, changeId, kept } = await categoriseLine(app, ctx, request.params.transactionId)
    return { ...presentCategorisation(categorisation, ctx.locale), changeId, kept }
  })

  http.post('/api/categories/auto-categorize-all', {
    schema: { operationId: 'autoCategorizeAll', tags, summary: 'Categorise every bank line', description: 'In the background; its progress is in the events, and `changeId` undoes it. Choices of people stay. Permission: category.write.', body: CategoriseAll, response: { 202: StartedWork } },
  }, async (request, reply) => reply.code(202).send(await categoriseAll(app, await request.context(), request.body)))

  http.get('/api/transactions/:id/proposal', {
    schema: { operationId: 'readEntryProposal', tags, summary: 'Read the entry proposed for a bank line', description: 'For a line without invoice: 471 against the account of its category, with the TVA in the amount. What is given replaces what the category says. Permission: category.read.', params: IdParams, querystring: ProposalChoice, response: { 200: ProposedEntry } },
  }, async (request) => {
    const ctx = await request.context()
    return presentProposal(await readProposal(app, ctx, { lineId: request.params.id, choice: request.query }), ctx.locale)
  })

  http.post('/api/transactions/:id/proposal/accept', {
    schema: { operationId: 'acceptEntryProposal', tags, summary: 'Make the proposed entry of a bank line', description: 'A match like any other: undone by POST /api/reconciliation/matches/{id}/undo with the id answered. Permission: match.write.', params: IdParams, body: ProposalChoice, response: { 201: Type.Object({ matchId: IdParams.properties.id }) } },
  }, async (request, reply) => reply.code(201).send({ matchId: await acceptProposal(app, await request.context(), { lineId: request.params.id, choice: request.body }) }))
}
