import { Type } from 'typebox'
import { IdParams, Instant, Uuid } from '../../../contract/common.ts'
import { BridgeDelivery, Connection, ConnectionList, ConnectionPatch, ConnectionSecrets, GenericDelivery, LinkAccount, ManualSync, NewConnection, SyncLogQuery, SyncRun, SyncRunPage, SyncStatus } from '../../../contract/sync.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { addConnection, browseConnections, changeConnection, linkAccount, readConnection, removeConnection, rotateAddress } from './connections.ts'
import { incomingRoutes } from './incoming-routes.ts'
import { presentConnection, presentOpened, presentRun } from './present.ts'
import { browseRuns, syncBridge, syncGeneric, syncManually, syncStatus } from './sync.ts'

const tags = ['Connections']
const READ = 'Permission: bank.read.'
const MANAGE = 'Permission: connection.manage.'
const ByInstant = Type.Tuple([Instant, Uuid])

const connectionRoutes: ModuleRoutes = (http, app) => {
  const opened = (made: Parameters<typeof presentOpened>[0]) => presentOpened(made, { publicUrl: app.config.publicUrl, now: app.clock.now() })

  http.get('/api/connections', {
    schema: { operationId: 'listConnections', tags, summary: 'List the connections', description: `The ways bank lines come in by themselves, and how each stands. ${READ}`, response: { 200: ConnectionList } },
  }, async (request) => ({ items: (await browseConnections(app, await request.context())).map((one) => presentConnection(one, app.clock.now())) }))

  http.post('/api/connections', {
    schema: { operationId: 'createConnection', tags, summary: 'Add a connection', description: `Its address, which holds a key, and the secret made for it are in this answer and never shown again. ${MANAGE}`, body: NewConnection, response: { 201: ConnectionSecrets } },
  }, async (request, reply) => reply.code(201).send(opened(await addConnection(app, await request.context(), request.body))))

  http.get('/api/connections/:id', {
    schema: { operationId: 'readConnection', tags, summary: 'Read a connection', description: READ, params: IdParams, response: { 200: Connection } },
  }, async (request) => presentConnection(await readConnection(app, await request.context(), request.params.id), app.clock.now()))

  http.patch('/api/connections/:id', {
    schema: { operationId: 'updateConnection', tags, summary: 'Change a connection', description: `Only the fields given change. A new secret holds at once. ${MANAGE}`, params: IdParams, body: ConnectionPatch, response: { 200: Connection } },
  }, async (request) => presentConnection(await changeConnection(app, await request.context(), { id: request.params.id, patch: request.body }), app.clock.now()))

  http.delete('/api/connections/:id', {
    schema: { operationId: 'deleteConnection', tags, summary: 'Remove a connection', description: `Its secrets go; the lines it brought, its notifications and its log stay. ${MANAGE}`, params: IdParams, response: { 204: Type.Null() } },
  }, async (request, reply) => {
    await removeConnection(app, await request.context(), request.params.id)
    return reply.code(204).send(null)
  })

  http.post('/api/connections/:id/rotate-address', {
    schema: { operationId: 'rotateConnectionAddress', tags, summary: 'Change the address', description: `The address before is refused from now on. ${MANAGE}`, params: IdParams, response: { 200: ConnectionSecrets } },
  }, async (request) => opened(await rotateAddress(app, await request.context(), request.params.id)))

  http.put('/api/connections/:id/accounts', {
    schema: { operationId: 'linkConnectionAccount', tags, summary: 'Link an account of the provider', description: 'To one of ours, or to none. Notifications that waited for it are handled again. Permission: bank.manage.', params: IdParams, body: LinkAccount, response: { 200: Connection } },
  }, async (request) => presentConnection(await linkAccount(app, await request.context(), { id: request.params.id, link: request.body }), app.clock.now()))
}

const syncRoutesProper: ModuleRoutes = (http, app) => {
  http.post('/api/sync/bankin', {
    schema: { operationId: 'syncBankin', tags, summary: 'Hand over what Bridge answered', description: 'Accounts and transactions as the API of Bridge (Bankin\') writes them, taken at once into the accounts they are linked to. This server does not call Bridge itself yet. Refused without a connection. Permission: bank.import.', body: BridgeDelivery, response: { 200: SyncRun } },
  }, async (request) => {
    const ctx = await request.context()
    return presentRun(await syncBridge(app, ctx, request.body), ctx.locale)
  })

  http.post('/api/sync/finary', {
    schema: { operationId: 'syncFinary', tags, summary: 'Hand over lines in the generic shape', description: 'Finary has no public API: its exports come as a file (POST /api/imports) or, from any program, in this shape. Refused without a connection. Permission: bank.import.', body: GenericDelivery, response: { 200: SyncRun } },
  }, async (request) => {
    const ctx = await request.context()
    return presentRun(await syncGeneric(app, ctx, request.body), ctx.locale)
  })

  http.post('/api/sync/manual', {
    schema: { operationId: 'syncManual', tags, summary: 'Handle again what waits or failed', description: 'Every notification received and not handled, by jobs. Given twice it stores nothing twice. Permission: bank.import.', response: { 202: ManualSync } },
  }, async (request, reply) => reply.code(202).send(await syncManually(app, await request.context())))

  http.get('/api/sync/status', {
    schema: { operationId: 'readSyncStatus', tags, summary: 'Read how the connections stand', description: `With the last run of each. ${READ}`, response: { 200: SyncStatus } },
  }, async (request) => {
    const ctx = await request.context()
    const items = (await syncStatus(app, ctx)).map(({ connection, lastRun }) => ({ connection: presentConnection(connection, app.clock.now()), lastRun: lastRun === null ? null : presentRun(lastRun, ctx.locale) }))
    return { items, pending: items.reduce((sum, { connection }) => sum + connection.pending, 0), failed: items.reduce((sum, { connection }) => sum + connection.failed, 0) }
  })

  http.get('/api/sync/logs', {
    schema: { operationId: 'listSyncLogs', tags, summary: 'List what was synchronised', description: `Latest first, kept for 90 days: accounts, lines new, known, updated, categorised by now and refused. ${READ}`, querystring: SyncLogQuery, response: { 200: SyncRunPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT, connectionId, state } = request.query
    const key = decodeCursor(cursor, ByInstant)
    const rows = await browseRuns(app, ctx, { connectionId: connectionId ?? null, state: state ?? null, after: key && { startedAt: key[0], id: key[1] }, limit: limit + 1 })
    return pageOf(rows, limit, { item: (row) => presentRun(row, ctx.locale), key: (row) => [row.startedAt, row.id] })
  })
}

export const syncRoutes: ModuleRoutes = (http, app) => {
  for (const routes of [connectionRoutes, syncRoutesProper, incomingRoutes]) routes(http, app)
}
