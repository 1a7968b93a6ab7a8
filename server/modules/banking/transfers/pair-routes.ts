import { Type } from 'typebox'
import { DecideSuspicious, NewTransfer, SuspiciousDecided, SuspiciousPage, Transfer, TransferPage, TransferSuggestionList } from '../../../../contract/banking.ts'
import { Day, IdParams, Instant, PageQuery, Uuid } from '../../../../contract/common.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../../platform/http/routes.ts'
import { presentSuggestion, presentSuspicious, presentTransfer } from '../accounts/present-account.ts'
import { browseSuspicious, decideSuspicious } from '../landing/suspicious.ts'
import { browseTransfers, createTransfer, suggestTransfers, undoTransfer } from './transfers.ts'

const tags = ['Bank']

export const suspiciousRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/transactions/suspicious', {
    schema: { operationId: 'listSuspicious', tags, summary: 'List doubtful lines', description: 'Delivered lines that resemble known ones, with no proof that they repeat them. Permission: bank.read.', querystring: Type.Object({ ...PageQuery, accountId: Type.Optional(Uuid) }), response: { 200: SuspiciousPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT, accountId } = request.query
    const key = decodeCursor(cursor, Type.Tuple([Day, Uuid]))
    const rows = await browseSuspicious(app, ctx, { accountId: accountId ?? null, after: key && { bookedOn: key[0], id: key[1] }, limit: limit + 1 })
    return pageOf(rows, limit, { item: (row) => presentSuspicious(row, ctx.locale), key: (row) => [row.bookedOn, row.id] })
  })

  http.post('/api/transactions/suspicious/decide', {
    schema: { operationId: 'decideSuspicious', tags, summary: 'Decide doubtful lines', description: 'Take them, or say that they repeat others; neither is asked again. Permission: bank.import.', body: DecideSuspicious, response: { 200: SuspiciousDecided } },
  }, async (request) => decideSuspicious(app, await request.context(), request.body))
}

export const transferRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/transfers', {
    schema: { operationId: 'listTransfers', tags, summary: 'List internal transfers', description: 'Latest first. Permission: bank.read.', querystring: Type.Object(PageQuery), response: { 200: TransferPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT } = request.query
    const key = decodeCursor(cursor, Type.Tuple([Instant, Uuid]))
    const rows = await browseTransfers(app, ctx, { after: key && { at: key[0], id: key[1] }, limit: limit + 1 })
    return pageOf(rows, limit, { item: (row) => presentTransfer(row, ctx.locale), key: (row) => [row.at, row.id] })
  })

  http.get('/api/transfers/suggestions', {
    schema: { operationId: 'suggestTransfers', tags, summary: 'Propose internal transfers', description: 'Pairs of lines of two accounts that may be one movement, at most 100. Permission: bank.read.', response: { 200: TransferSuggestionList } },
  }, async (request) => {
    const ctx = await request.context()
    return { items: (await suggestTransfers(app, ctx)).map((pair) => presentSuggestion(pair, ctx.locale)) }
  })

  http.post('/api/transfers', {
    schema: { operationId: 'createTransfer', tags, summary: 'Pair two lines as an internal transfer', description: 'Each side is cleared through account 58 on its own day. Permission: match.write.', body: NewTransfer, response: { 201: Transfer } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(presentTransfer(await createTransfer(app, ctx, request.body), ctx.locale))
  })

  http.delete('/api/transfers/:id', {
    schema: { operationId: 'undoTransfer', tags, summary: 'Take an internal transfer apart', description: 'Its entries are reversed, both lines are to treat again. Permission: match.write.', params: IdParams, response: { 204: Type.Null() } },
  }, async (request, reply) => {
    await undoTransfer(app, await request.context(), request.params.id)
    return reply.code(204).send(null)
  })
}
