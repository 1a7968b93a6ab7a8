import { expect } from 'vitest'
import { type Sent, timedSends } from './bank-services.ts'
import type { Answer, Json, TestApp, TestCompany } from './server.ts'

/** The instant at which the notifications of these tests arrive. */
export const NOW = new Date('2026-11-20T10:00:00Z')
export const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
export const IBAN = 'FR7630006000011234567890189'

/** A connection, the path of its address and the secret its service signs with. */
export type Made = { readonly company: TestCompany; readonly id: string; readonly path: string; readonly secret: string }

/** What a test of notifications does with the server. */
export type Incoming = {
  connect(fields: Record<string, unknown>, company?: TestCompany): Promise<Made>
  /** A generic connection and an account of the IBAN its deliveries name. */
  withAccount(): Promise<Made>
  /** Sends a notification and lets the jobs handle it. */
  deliver(path: string, sent: Sent): Promise<Answer>
  get(company: TestCompany, path: string): Promise<Json>
  events(made: Made): Promise<Json>
  connection(made: Made): Promise<Json>
  lines(company: TestCompany): Promise<{ label: string; amount: { amount: string }; status: string }[]>
}

export function incomingOf(t: () => TestApp): Incoming {
  const get: Incoming['get'] = async (company, path) => (await t().api('GET', path, { as: company })).body as Json
  const connect: Incoming['connect'] = async (fields, company) => {
    const own = company ?? await t().company()
    const { status, body, text } = await t().api('POST', '/api/connections', { as: own, body: { name: 'Banque', ...fields } })
    expect(status, text).toBe(201)
    const { pathname, search } = new URL(body.address as string)
    return { company: own, id: body.connection.id, path: pathname + search, secret: body.signingSecret ?? fields['signingSecret'] }
  }
  return {
    connect, get,
    withAccount: async () => {
      const made = await connect({ provider: 'finary' })
      expect((await t().api('POST', '/api/accounts', { as: made.company, body: { name: 'Compte courant', iban: IBAN } })).status).toBe(201)
      return made
    },
    deliver: async (path, { headers, body }) => {
      const answer = await t().api('POST', path, { headers, body })
      await t().app.jobs.idle()
      return answer
    },
    events: async ({ company, id }) => (await get(company, `/api/webhooks/events?connectionId=${id}`)).items,
    connection: async ({ company, id }) => get(company, `/api/connections/${id}`),
    lines: async (company) => (await get(company, '/api/transactions')).items,
  }
}

/** A notification of the generic shape. */
export const generic = (made: Made, fields: object | string, at = NOW): Sent => timedSends('quittance-signature', { secret: made.secret, at, fields })
export const delivery = (id: string, ...transactions: readonly object[]) => ({ id, type: 'transactions', accounts: [{ id: 'acc-1', iban: IBAN, currency: 'EUR' }], transactions })
export const one = (id: string, more: object = {}) => ({ id, accountId: 'acc-1', date: '2026-11-18', amount: '-49.90', label: `PRLV SEPA ENERGIE ${id}`, ...more })
