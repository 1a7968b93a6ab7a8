import { Type } from 'typebox'
import { Day, IdParams, Instant, Uuid } from '../../../contract/common.ts'
import { AutomaticResult, Match, MatchPage, MatchQuery, NewMatch, NewRefusal, SuggestionPage, SuggestionQuery } from '../../../contract/reconciliation.ts'
import { decodeCursor, encodeCursor, PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { acceptMatch } from './accept-match.ts'
import { acceptAutomatic } from './automatic.ts'
import { browseMatches, readMatch } from './matches.ts'
import { presentMatch, presentSuggestion } from './present.ts'
import { browseSuggestions } from './suggestions.ts'
import { refuseSuggestion, undoMatch } from './undo-match.ts'

const tags = ['Reconciliation']
const ByDay = Type.Tuple([Day, Uuid])
const ByInstant = Type.Tuple([Instant, Uuid])

const suggestionRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/reconciliation/suggestions', {
    schema: { operationId: 'listSuggestions', tags, summary: 'List bank lines to treat with their proposals', description: 'Latest first; proposals are best first, with a calibrated score and reasons in words. Permission: match.read.', querystring: SuggestionQuery, response: { 200: SuggestionPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT, lineId = null, accountId = null, onlyWithProposal = false } = request.query
    const key = decodeCursor(cursor, ByDay)
    const { items, next } = await browseSuggestions(app, ctx, { lineId, accountId, onlyWithProposal, after: key && { bookedOn: key[0], id: key[1] }, limit })
    return { items: items.map((item) => presentSuggestion(item, ctx.locale)), next: next && encodeCursor([next.bookedOn, next.id]) }
  })

  http.post('/api/reconciliation/refusals', {
    schema: { operationId: 'refuseSuggestion', tags, summary: 'Refuse an invoice for a line', description: 'It is not proposed for this line any more. Permission: match.write.', body: NewRefusal, response: { 204: Type.Null({ description: 'Refused.' }) } },
  }, async (request, reply) => {
    await refuseSuggestion(app, await request.context(), request.body)
    return reply.code(204).send(null)
  })

  http.post('/api/reconciliation/automatic', {
    // A proposal that is refused meanwhile leaves the others standing: each is a transaction of its own.
    config: { once: false },
    schema: { operationId: 'acceptAutomatic', tags, summary: 'Accept every sure proposal', description: 'Each one is a match that can be undone. Sent again, it accepts what is left. Permission: match.write.', response: { 200: AutomaticResult } },
  }, async (request) => {
    const ctx = await request.context()
    const { matches, isComplete } = await acceptAutomatic(app, ctx)
    return { items: matches.map((match) => presentMatch(match, ctx.locale)), isComplete }
  })
}

const matchRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/reconciliation/matches', {
    schema: { operationId: 'listMatches', tags, summary: 'List matches', description: 'Latest first. Permission: match.read.', querystring: MatchQuery, response: { 200: MatchPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT, status = null, invoiceId = null, lineId = null } = request.query
    const key = decodeCursor(cursor, ByInstant)
    const rows = await browseMatches(app, ctx, { status, invoiceId, lineId, after: key && { createdAt: key[0], id: key[1] }, limit: limit + 1 })
    return pageOf(rows, limit, { item: (row) => presentMatch(row, ctx.locale), key: (row) => [row.createdAt, row.id] })
  })

  http.post('/api/reconciliation/matches', {
    schema: { operationId: 'createMatch', tags, summary: 'Match a bank line with invoices', description: 'Whole or part, one invoice or several; posts, letters and makes the TVA due. Permission: match.write.', body: NewMatch, response: { 201: Match } },
  }, async (request, reply) => {
    const ctx = await request.context()
    const id = await acceptMatch(app, ctx, request.body)
    return reply.code(201).send(presentMatch(await readMatch(app, ctx, id), ctx.locale))
  })

  http.get('/api/reconciliation/matches/:id', {
    schema: { operationId: 'readMatch', tags, summary: 'Read a match', description: 'Permission: match.read.', params: IdParams, response: { 200: Match } },
  }, async (request) => {
    const ctx = await request.context()
    return presentMatch(await readMatch(app, ctx, request.params.id), ctx.locale)
  })

  http.post('/api/reconciliation/matches/:id/undo', {
    schema: { operationId: 'undoMatch', tags, summary: 'Undo a match', description: 'Reverses its entries; the invoices owe again and the pair is not proposed any more. Permission: match.write.', params: IdParams, response: { 200: Match } },
  }, async (request) => {
    const ctx = await request.context()
    await undoMatch(app, ctx, request.params.id)
    return presentMatch(await readMatch(app, ctx, request.params.id), ctx.locale)
  })
}

export const reconciliationRoutes: ModuleRoutes = (http, app) => {
  suggestionRoutes(http, app)
  matchRoutes(http, app)
}
