import { Type } from 'typebox'
import { IdParams, Instant, Uuid } from '../../../contract/common.ts'
import { IncomingAnswer, IncomingEvent, IncomingEventDetail, IncomingEventPage, IncomingEventQuery, IncomingQuery, type Provider, WebhookCheck } from '../../../contract/sync.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { HttpApp, ModuleRoutes } from '../../platform/http/routes.ts'
import { checkConnections } from './check-connections.ts'
import { browseEvents, readEvent, replayEvent } from './events.ts'
import { presentEvent, presentEventWhole } from './present.ts'
import { NOTIFICATION_BYTES_MAX, receiveNotification } from './receive.ts'

const tags = ['Connections']
const READ = 'Permission: bank.read.'
const ByInstant = Type.Tuple([Instant, Uuid])

/** The public addresses. Bankin' is the application of Bridge: its notifications are those of Bridge. */
const ADDRESSES: readonly { readonly path: string; readonly provider: Provider; readonly operationId: string; readonly sender: string }[] = [
  { path: 'bankin', provider: 'bridge', operationId: 'receiveBankinNotification', sender: 'Bridge (Bankin\')' },
  { path: 'bridge', provider: 'bridge', operationId: 'receiveBridgeNotification', sender: 'Bridge' },
  { path: 'finary', provider: 'finary', operationId: 'receiveFinaryNotification', sender: 'any program that signs the generic shape' },
  { path: 'plaid', provider: 'plaid', operationId: 'receivePlaidNotification', sender: 'Plaid' },
  { path: 'qonto', provider: 'qonto', operationId: 'receiveQontoNotification', sender: 'Qonto' },
]

function receivers(http: HttpApp, app: App): void {
  // The signature covers the bytes as they came: nothing may read them before it does.
  http.removeAllContentTypeParsers()
  http.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: NOTIFICATION_BYTES_MAX }, (_request, body, done) => { done(null, body) })
  for (const { path, provider, operationId, sender } of ADDRESSES) {
    http.post(`/api/webhooks/${path}`, {
      // A service calls from few addresses for many accounts.
      config: { access: 'public', limit: 'read' }, bodyLimit: NOTIFICATION_BYTES_MAX,
      schema: {
        operationId, tags, summary: `Receive a notification of ${sender}`,
        description: 'For the service, not for people: `connection` names the connection, and the signature proves the bytes. The same notification again answers that it is known. Public.',
        querystring: IncomingQuery, response: { 200: IncomingAnswer },
      },
    }, async (request) => {
      if (!Buffer.isBuffer(request.body)) throw new Refusal('NOTIFICATION_REFUSED')
      return await receiveNotification(app, { provider, token: request.query.connection, headers: request.headers, body: request.body })
    })
  }
}

export const incomingRoutes: ModuleRoutes = (http, app) => {
  void http.register(async (scope) => { receivers(scope as unknown as HttpApp, app) })

  http.get('/api/webhooks/events', {
    schema: { operationId: 'listIncomingEvents', tags, summary: 'List notifications received', description: `Latest first. What was handled is kept for 90 days. ${READ}`, querystring: IncomingEventQuery, response: { 200: IncomingEventPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT, connectionId, provider, state } = request.query
    const key = decodeCursor(cursor, ByInstant)
    const rows = await browseEvents(app, ctx, { connectionId: connectionId ?? null, provider: provider ?? null, state: state ?? null, after: key && { receivedAt: key[0], id: key[1] }, limit: limit + 1 })
    return pageOf(rows, limit, { item: (row) => presentEvent(row, ctx.locale), key: (row) => [row.receivedAt, row.id] })
  })

  http.get('/api/webhooks/events/:id', {
    schema: { operationId: 'readIncomingEvent', tags, summary: 'Read a notification', description: `With its content as it came. ${READ}`, params: IdParams, response: { 200: IncomingEventDetail } },
  }, async (request) => {
    const ctx = await request.context()
    return presentEventWhole(await readEvent(app, ctx, request.params.id), ctx.locale)
  })

  http.post('/api/webhooks/events/:id/replay', {
    schema: { operationId: 'replayIncomingEvent', tags, summary: 'Handle a notification again', description: 'By a job. What it brought already is known and stored once. Permission: bank.import.', params: IdParams, response: { 202: IncomingEvent } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(202).send(presentEvent(await replayEvent(app, ctx, request.params.id), ctx.locale))
  })

  http.get('/api/webhooks/verify', {
    schema: { operationId: 'verifyIncomingWebhooks', tags, summary: 'Check that notifications can come', description: `For each connection: whether the public address can be called, what proves notifications is there, and how the last ones went. Nobody is called. ${READ}`, response: { 200: WebhookCheck } },
  }, async (request) => await checkConnections(app, await request.context()))
}
