import { createHmac } from 'node:crypto'
import { TEST_NOW, type TestApp, type TestCompany } from '../../support/server.ts'
import type { RouteCall, TenancyTable } from './table.ts'

let sent = 0

type Made = { readonly id: string; readonly path: string; readonly secret: string }

async function connection(t: TestApp, company: TestCompany, provider = 'finary'): Promise<Made> {
  // A company keeps fifty: those of the calls before go first.
  const { body: list } = await t.api('GET', '/api/connections', { as: company })
  for (const { id } of list.items) await t.api('DELETE', `/api/connections/${String(id)}`, { as: company })
  const { body } = await t.api('POST', '/api/connections', { as: company, body: { provider, name: 'Banque', ...(provider === 'bridge' ? { signingSecret: 'a secret of the dashboard' } : {}) } })
  const { pathname, search } = new URL(String(body.address))
  return { id: String(body.connection.id), path: pathname + search, secret: String(body.signingSecret) }
}

/** A notification that was received and handled: it names an account and brings nothing. */
async function event(t: TestApp, company: TestCompany): Promise<{ readonly made: Made; readonly id: string }> {
  const made = await connection(t, company)
  sent += 1
  const body = JSON.stringify({ id: `notification ${sent}`, type: 'transactions', accounts: [{ id: 'un' }], transactions: [] })
  const time = new Date(TEST_NOW).getTime() / 1000
  const signature = createHmac('sha256', made.secret).update(`${time}.${body}`).digest('hex')
  await t.api('POST', made.path, { body, headers: { 'quittance-signature': `t=${time},v1=${signature}` } })
  await t.app.jobs.idle()
  const { body: events } = await t.api('GET', `/api/webhooks/events?connectionId=${made.id}`, { as: company })
  return { made, id: String(events.items[0].id) }
}

const one = async (t: TestApp, company: TestCompany): Promise<RouteCall> => ({ params: { id: (await connection(t, company)).id } })
/** A notification of a company, handled. */
export const received = async (t: TestApp, company: TestCompany): Promise<RouteCall> => ({ params: { id: (await event(t, company)).id } })

export const syncTable: TenancyTable = {
  listConnections: { permission: 'bank.read' },
  createConnection: { permission: 'connection.manage', call: async () => ({ body: { provider: 'qonto', name: 'Qonto' } }) },
  readConnection: { permission: 'bank.read', call: one },
  updateConnection: { permission: 'connection.manage', call: async (t, company) => ({ ...await one(t, company), body: { name: 'Autre nom' } }) },
  deleteConnection: { permission: 'connection.manage', call: one },
  rotateConnectionAddress: { permission: 'connection.manage', call: one },
  linkConnectionAccount: { permission: 'bank.manage', call: async (t, company) => {
    const { made } = await event(t, company)
    const { body } = await t.api('POST', '/api/accounts', { as: company, body: { name: 'Compte' } })
    return { params: { id: made.id }, body: { externalId: 'un', bankAccountId: String(body.id) } }
  } },
  syncBankin: { permission: 'bank.import', idsInBody: true, call: async (t, company) => ({ body: { connectionId: (await connection(t, company, 'bridge')).id, accounts: [], transactions: [] } }) },
  syncFinary: { permission: 'bank.import', idsInBody: true, call: async (t, company) => ({ body: { connectionId: (await connection(t, company)).id, accounts: [], transactions: [] } }) },
  syncManual: { permission: 'bank.import' },
  readSyncStatus: { permission: 'bank.read' },
  listSyncLogs: { permission: 'bank.read' },
  listIncomingEvents: { permission: 'bank.read' },
  readIncomingEvent: { permission: 'bank.read', call: received },
  replayIncomingEvent: { permission: 'bank.import', call: received },
  verifyIncomingWebhooks: { permission: 'bank.read' },
  receiveBankinNotification: 'public',
  receiveBridgeNotification: 'public',
  receiveFinaryNotification: 'public',
  receivePlaidNotification: 'public',
  receiveQontoNotification: 'public',
}
