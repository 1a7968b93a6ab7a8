import type { TestApp, TestCompany } from '../../support/server.ts'
import type { RouteCall, TenancyTable } from './table.ts'

/** A name that is not looked up: the address is taken, and each try to reach it fails by itself. */
const BODY = { url: 'https://receiver.invalid/hook', kinds: ['member.added'] }

async function endpoint(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const { body } = await t.api('POST', '/api/webhook-endpoints', { as: company, body: BODY })
  return { params: { id: String(body.endpoint.id) } }
}

async function delivery(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const { params } = await endpoint(t, company)
  const { body } = await t.api('POST', `/api/webhook-endpoints/${params!['id']}/test`, { as: company })
  return { params: { id: String(body.id) } }
}

/** Events, outgoing webhooks and the portfolio. */
export const liveTable: TenancyTable = {
  readEvents: { permission: 'company.read' },
  readPortfolio: { permission: 'company.read' },
  listWebhookEndpoints: { permission: 'webhook.manage' },
  createWebhookEndpoint: { permission: 'webhook.manage', call: async () => ({ body: BODY }) },
  readWebhookEndpoint: { permission: 'webhook.manage', call: endpoint },
  updateWebhookEndpoint: { permission: 'webhook.manage', call: async (t, company) => ({ ...await endpoint(t, company), body: { description: 'Essai' } }) },
  deleteWebhookEndpoint: { permission: 'webhook.manage', call: endpoint },
  rotateWebhookSecret: { permission: 'webhook.manage', call: endpoint },
  testWebhookEndpoint: { permission: 'webhook.manage', call: endpoint },
  replayWebhookEndpoint: { permission: 'webhook.manage', call: async (t, company) => ({ ...await endpoint(t, company), body: { since: '2026-11-01T00:00:00Z' } }) },
  listWebhookDeliveries: { permission: 'webhook.manage' },
  readWebhookDelivery: { permission: 'webhook.manage', call: delivery },
  replayWebhookDelivery: { permission: 'webhook.manage', call: delivery },
}
