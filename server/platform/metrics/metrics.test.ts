import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createInvoice, issueInvoice } from '../../modules/invoicing/index.ts'
import { createCustomer } from '../../modules/party/index.ts'
import { USUAL_OPERATIONS } from '../config/operations.ts'
import { startTestApp, type TestApp } from '../../../tests/support/server.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() }, 120_000)
afterAll(async () => { await t.close() })

async function collect(): Promise<string> {
  const answer = await t.api('GET', '/metrics')
  expect(answer.status).toBe(200)
  return answer.text
}

/** The value of one line of the collection. */
function value(text: string, line: string): number | undefined {
  const found = text.split('\n').find((one) => one.startsWith(`${line} `))
  return found === undefined ? undefined : Number(found.slice(line.length + 1))
}

describe('the metrics', () => {
  test('count requests by the template of their route, and everything unknown under one name', async () => {
    const company = await t.company()
    await t.api('GET', '/api/customers/00000000-0000-7000-8000-000000000001', { as: company })
    await t.api('GET', '/api/customers/00000000-0000-7000-8000-000000000002', { as: company })
    await t.api('GET', '/wp-admin/setup.php')
    const text = await collect()
    expect(value(text, 'quittance_http_request_duration_seconds_count{method="GET",route="/api/customers/:id",status="404"}')).toBe(2)
    expect(value(text, 'quittance_http_request_duration_seconds_count{method="GET",route="unknown",status="404"}')).toBe(1)
    expect(text).not.toContain('wp-admin')
    expect(text).not.toContain('00000000-0000-7000')
  })

  test('tell what was done in the whole installation', async () => {
    const fresh = await startTestApp()
    try {
      for (const name of ['Maison Vermeil', 'Maison Solstice']) {
        const { ctx } = await fresh.company()
        const customer = await createCustomer(fresh.app, ctx, { name })
        const id = await createInvoice(fresh.app, ctx, { customerId: customer.id, lines: [{ description: 'Étude', quantity: '1', unitPrice: '100', vatRate: '20', nature: 'services' }] })
        await issueInvoice(fresh.app, ctx, { id })
      }
      const { text } = await fresh.api('GET', '/metrics')
      expect(value(text, 'quittance_companies')).toBe(2)
      expect(value(text, 'quittance_invoices_issued_total')).toBe(2)
      expect(value(text, 'quittance_entries_posted_total')).toBe(2)
      expect(value(text, 'quittance_bank_lines_imported_total')).toBe(0)
    } finally {
      await fresh.close()
    }
  }, 120_000)

  test('tell the sessions of the database, its statements and the jobs', async () => {
    const text = await collect()
    expect(value(text, 'quittance_database_up')).toBe(1)
    expect(value(text, 'quittance_database_sessions_max')).toBe(t.db.engine === 'embedded' ? 1 : 8)
    expect(value(text, 'quittance_database_statement_duration_seconds_count{outcome="done"}')).toBeGreaterThan(0)
    expect(text).toMatch(/process_cpu_seconds_total \d/)
  })

  test('are named in the reference page, all of them and nothing else', async () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'metrics.md'), 'utf8')
    const served = [...(await collect()).matchAll(/^# TYPE (quittance_\w+) /gm)].map((match) => match[1]).sort()
    const told = [...page.matchAll(/^\| `(quittance_\w+)/gm)].map((match) => match[1]).sort()
    expect(served).toEqual(told)
  })
})

describe('the way to the metrics', () => {
  test('is closed to other machines without a token', async () => {
    const answer = await t.http.inject({ method: 'GET', url: '/metrics', remoteAddress: '203.0.113.7' })
    expect(answer.statusCode).toBe(404)
    expect((await t.http.inject({ method: 'GET', url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.7' } })).statusCode).toBe(404)
  })

  test('opens with the token alone when there is one', async () => {
    const guarded = await startTestApp({ config: { operations: { ...USUAL_OPERATIONS, metricsToken: 'a-token-of-the-collector' } } })
    try {
      const ask = async (authorization?: string) => (await guarded.http.inject({ method: 'GET', url: '/metrics', remoteAddress: '203.0.113.7', headers: authorization === undefined ? {} : { authorization } })).statusCode
      expect(await ask('Bearer a-token-of-the-collector')).toBe(200)
      expect(await ask('Bearer another-token')).toBe(401)
      expect(await ask()).toBe(401)
    } finally {
      await guarded.close()
    }
  }, 120_000)
})
