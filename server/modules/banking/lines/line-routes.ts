import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { BankLine, BankLinePage, BankLineQuery, HoldAnswer, LineExportQuery, NewBankLine, NewHold } from '../../../../contract/banking.ts'
import { Day, IdParams, Uuid } from '../../../../contract/common.ts'
import type { Context } from '../../../platform/access/context.ts'
import type { App } from '../../../platform/app.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../../platform/http/routes.ts'
import { exportTransactions } from './export.ts'
import { answerQuestion, holdTransaction, releaseTransaction } from './holds.ts'
import { presentLine } from './present.ts'
import { browseTransactions, createTransaction, readTransaction } from './transactions.ts'
import { removeTransaction } from '../imports/undo.ts'

const tags = ['Bank']
const ByDay = Type.Tuple([Day, Uuid])

/** One page of lines, as each list of them answers. */
export async function linePage(app: App, ctx: Context, { cursor, limit = PAGE_LIMIT, ...query }: BankLineQuery) {
  const key = decodeCursor(cursor, ByDay)
  const rows = await browseTransactions(app, ctx, { query, page: { after: key && { bookedOn: key[0], id: key[1] }, limit: limit + 1 } })
  return pageOf(rows, limit, { item: presentLine, key: (row) => [row.bookedOn, row.id] })
}

export const lineRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/transactions', {
    schema: { operationId: 'listTransactions', tags, summary: 'List bank lines', description: 'Latest first. Permission: bank.read.', querystring: BankLineQuery, response: { 200: BankLinePage } },
  }, async (request) => linePage(app, await request.context(), request.query))

  http.post('/api/transactions', {
    schema: { operationId: 'createTransaction', tags, summary: 'Write a line by hand', description: 'In an account kept by hand, such as cash. Permission: bank.import.', body: NewBankLine, response: { 201: BankLine } },
  }, async (request, reply) => reply.code(201).send(presentLine(await createTransaction(app, await request.context(), request.body))))

  http.get('/api/transactions/:id', {
    schema: { operationId: 'readTransaction', tags, summary: 'Read a bank line', description: 'Permission: bank.read.', params: IdParams, response: { 200: BankLine } },
  }, async (request) => presentLine(await readTransaction(app, await request.context(), request.params.id)))

  http.delete('/api/transactions/:id', {
    schema: { operationId: 'removeTransaction', tags, summary: 'Take a bank line away', description: 'By reversal of its entry; it stays away when the bank gives it again. Refused when it is treated or in a locked period. Permission: bank.manage.', params: IdParams, response: { 204: Type.Null() } },
  }, async (request, reply) => {
    await removeTransaction(app, await request.context(), request.params.id)
    return reply.code(204).send(null)
  })

  http.get('/api/exports/transactions/csv', {
    schema: { operationId: 'exportTransactions', tags, summary: 'Export bank lines', description: 'Those the list would show, latest first, as CSV or XLSX. Texts that a spreadsheet would run are made harmless. Permission: bank.read.', querystring: LineExportQuery, produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] },
  }, async (request, reply) => {
    const { fileName, type, chunks } = await exportTransactions(app, await request.context(), request.query)
    return reply.header('content-disposition', `attachment; filename="${fileName}"`).header('cache-control', 'no-store').type(type).send(Readable.from(chunks, { objectMode: false }))
  })
}

export const holdRoutes: ModuleRoutes = (http, app) => {
  http.post('/api/transactions/:id/hold', {
    schema: { operationId: 'holdTransaction', tags, summary: 'Set a line aside with a question', description: 'To a colleague, or to anyone. Permission: match.write.', params: IdParams, body: NewHold, response: { 200: BankLine } },
  }, async (request) => presentLine(await holdTransaction(app, await request.context(), { id: request.params.id, hold: request.body })))

  http.post('/api/transactions/:id/hold/answer', {
    schema: { operationId: 'answerHold', tags, summary: 'Answer the question about a line', description: 'Whoever sees the line may answer. Permission: bank.read.', params: IdParams, body: HoldAnswer, response: { 200: BankLine } },
  }, async (request) => presentLine(await answerQuestion(app, await request.context(), { id: request.params.id, text: request.body.text })))

  http.post('/api/transactions/:id/hold/release', {
    schema: { operationId: 'releaseTransaction', tags, summary: 'Take a line up again', description: 'Permission: match.write.', params: IdParams, response: { 200: BankLine } },
  }, async (request) => presentLine(await releaseTransaction(app, await request.context(), request.params.id)))
}
