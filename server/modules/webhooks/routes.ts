import { Type } from 'typebox'
import { IdParams } from '../../../contract/common.ts'
import { NewWebhookEndpoint, ReplayOutcome, ReplayWebhook, WebhookDelivery, WebhookDeliveryDetail, WebhookDeliveryPage, WebhookDeliveryQuery, WebhookEndpoint, WebhookEndpointList, WebhookEndpointPatch, WebhookSecret } from '../../../contract/webhooks.ts'
import { PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { browseDeliveries, readDelivery, replayDelivery, replaySince, testEndpoint } from './deliveries.ts'
import { addEndpoint, browseEndpoints, changeEndpoint, readEndpoint, removeEndpoint, rotateSecret } from './endpoints.ts'
import { presentDelivery, presentDetail, presentEndpoint } from './present.ts'

const tags = ['Webhooks']
const MAY = 'Permission: webhook.manage.'

const endpointRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/webhook-endpoints', {
    schema: { operationId: 'listWebhookEndpoints', tags, summary: 'List the addresses', description: `The addresses told of events, and how their deliveries go. ${MAY}`, response: { 200: WebhookEndpointList } },
  }, async (request) => ({ items: (await browseEndpoints(app, await request.context())).map(presentEndpoint) }))

  http.post('/api/webhook-endpoints', {
    schema: { operationId: 'createWebhookEndpoint', tags, summary: 'Add an address', description: `An https address on the public network is told of the kinds given, from now on. The secret is in this answer and never shown again. ${MAY}`, body: NewWebhookEndpoint, response: { 201: WebhookSecret } },
  }, async (request, reply) => {
    const { endpoint, secret } = await addEndpoint(app, await request.context(), request.body)
    return reply.code(201).send({ endpoint: presentEndpoint(endpoint), secret })
  })

  http.get('/api/webhook-endpoints/:id', {
    schema: { operationId: 'readWebhookEndpoint', tags, summary: 'Read an address', description: MAY, params: IdParams, response: { 200: WebhookEndpoint } },
  }, async (request) => presentEndpoint(await readEndpoint(app, await request.context(), request.params.id)))

  http.patch('/api/webhook-endpoints/:id', {
    schema: { operationId: 'updateWebhookEndpoint', tags, summary: 'Change an address', description: `Only the fields given change; \`enabled\` suspends it or takes it up again. ${MAY}`, params: IdParams, body: WebhookEndpointPatch, response: { 200: WebhookEndpoint } },
  }, async (request) => presentEndpoint(await changeEndpoint(app, await request.context(), { id: request.params.id, patch: request.body })))

  http.delete('/api/webhook-endpoints/:id', {
    schema: { operationId: 'deleteWebhookEndpoint', tags, summary: 'Remove an address', description: `With its deliveries. ${MAY}`, params: IdParams, response: { 204: Type.Null() } },
  }, async (request, reply) => {
    await removeEndpoint(app, await request.context(), request.params.id)
    return reply.code(204).send(null)
  })
}

const actionRoutes: ModuleRoutes = (http, app) => {
  http.post('/api/webhook-endpoints/:id/rotate-secret', {
    schema: { operationId: 'rotateWebhookSecret', tags, summary: 'Change the secret', description: `The new secret is in this answer and never shown again. For 24 hours both secrets sign. ${MAY}`, params: IdParams, response: { 200: WebhookSecret } },
  }, async (request) => {
    const { endpoint, secret } = await rotateSecret(app, await request.context(), request.params.id)
    return { endpoint: presentEndpoint(endpoint), secret }
  })

  http.post('/api/webhook-endpoints/:id/test', {
    schema: { operationId: 'testWebhookEndpoint', tags, summary: 'Send a test', description: `Sends an event \`webhook.tested\` of no consequence. ${MAY}`, params: IdParams, response: { 202: WebhookDelivery } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(202).send(presentDelivery(await testEndpoint(app, ctx, request.params.id), ctx.locale))
  })

  http.post('/api/webhook-endpoints/:id/replay', {
    schema: { operationId: 'replayWebhookEndpoint', tags, summary: 'Send again since an instant', description: `What was given up, and what happened while the address was suspended; with \`only: all\` what was delivered too. ${MAY}`, params: IdParams, body: ReplayWebhook, response: { 202: ReplayOutcome } },
  }, async (request, reply) => reply.code(202).send(await replaySince(app, await request.context(), { id: request.params.id, ...request.body })))
}

const deliveryRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/webhook-deliveries', {
    schema: { operationId: 'listWebhookDeliveries', tags, summary: 'List the deliveries', description: `Latest first, kept for 30 days. ${MAY}`, querystring: WebhookDeliveryQuery, response: { 200: WebhookDeliveryPage } },
  }, async (request) => {
    const ctx = await request.context()
    return pageOf(await browseDeliveries(app, ctx, request.query), request.query.limit ?? PAGE_LIMIT, { item: (row) => presentDelivery(row, ctx.locale), key: (row) => [row.createdAt, row.id] })
  })

  http.get('/api/webhook-deliveries/:id', {
    schema: { operationId: 'readWebhookDelivery', tags, summary: 'Read a delivery', description: `What is sent, and each try with the beginning of its answer. ${MAY}`, params: IdParams, response: { 200: WebhookDeliveryDetail } },
  }, async (request) => {
    const ctx = await request.context()
    return presentDetail(await readDelivery(app, ctx, request.params.id), ctx.locale)
  })

  http.post('/api/webhook-deliveries/:id/replay', {
    schema: { operationId: 'replayWebhookDelivery', tags, summary: 'Send a delivery again', description: `With the id of the same event. ${MAY}`, params: IdParams, response: { 202: WebhookDelivery } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(202).send(presentDelivery(await replayDelivery(app, ctx, request.params.id), ctx.locale))
  })
}

export const webhookRoutes: ModuleRoutes = (http, app) => {
  for (const routes of [endpointRoutes, actionRoutes, deliveryRoutes]) routes(http, app)
}
