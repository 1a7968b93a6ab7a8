import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { composeApp, type Running } from '../../entry/compose.ts'
import { composeHttp } from '../../entry/http.ts'
import { testDb, type TestDb } from '../../../tests/support/database.ts'
import { loadConfig, type Config } from '../config/config.ts'
import { internalsOf } from '../db/db.ts'
import type { HttpApp } from '../http/routes.ts'
import { createLogger } from '../log/log.ts'
import { maskedSql, startTracing, type Tracing } from './tracing.ts'

type Attribute = { readonly key: string; readonly value: { readonly stringValue?: string; readonly intValue?: number | string } }
type Span = { readonly name: string; readonly traceId: string; readonly spanId: string; readonly parentSpanId?: string; readonly attributes: readonly Attribute[] }
type Export = { readonly resourceSpans: readonly { readonly resource: { readonly attributes: readonly Attribute[] }; readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[] }

function testConfig(): Config {
  const loaded = loadConfig({ QUITTANCE_SECRET: 'jR7x-Wq2LzP0vT9sKd4mYc8bNf1hGa6e' })
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return loaded.config
}

const received: Export[] = []
let collector: Server
let db: TestDb
let tracing: Tracing
let running: Running
let http: HttpApp

beforeAll(async () => {
  collector = createServer((request, answer) => {
    let text = ''
    request.on('data', (chunk: Buffer) => { text += chunk.toString() })
    request.on('end', () => { if (request.url === '/v1/traces') received.push(JSON.parse(text) as Export); answer.setHeader('content-type', 'application/json').end('{}') })
  })
  await new Promise<void>((resolve) => { collector.listen(0, '127.0.0.1', resolve) })
  const address = collector.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  db = await testDb()
  tracing = await startTracing({ endpoint: `http://127.0.0.1:${port}`, version: '0.0.0', environment: 'test' })
  internalsOf(db).observe(tracing.statement)
  running = await composeApp({ config: testConfig(), db, log: createLogger({ level: 'fatal' }), tracing })
  http = await composeHttp(running.app, { demo: null })
}, 180_000)
afterAll(async () => {
  await http.close()
  await running.stop()
  await db.close()
  collector.close()
}, 60_000)

test('a request is told to the collector with its statements below it, without what the person typed', async () => {
  const parent = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' }
  const answer = await http.inject({ method: 'POST', url: '/api/auth/sign-up', headers: { traceparent: `00-${parent.trace}-${parent.span}-01` }, payload: { name: 'Claire Vasseur', email: 'claire@example.org', password: 'correct horse battery' } })
  expect(answer.statusCode).toBe(201)
  await http.inject({ method: 'GET', url: '/api/customers/00000000-0000-7000-8000-000000000001' })
  await tracing.span('job probe', { 'messaging.destination.name': 'probe' }, async () => { await db.system((tx) => tx.query('select 1')) })
  await tracing.stop()
  const spans = received.flatMap((one) => one.resourceSpans.flatMap((resource) => resource.scopeSpans.flatMap((scope) => scope.spans)))
  const request = spans.find((span) => span.name === 'POST /api/auth/sign-up')
  expect(request).toMatchObject({ traceId: parent.trace, parentSpanId: parent.span })
  expect(request?.attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)])).toContainEqual(['http.response.status_code', 201])
  const statements = spans.filter((span) => span.traceId === parent.trace && span.name.startsWith('sql '))
  expect(statements.length).toBeGreaterThan(1)
  expect(spans.some((span) => span.name === 'GET /api/customers/:id')).toBe(true)
  const job = spans.find((span) => span.name === 'job probe')
  expect(spans.some((span) => span.name === 'sql select' && span.parentSpanId === job?.spanId)).toBe(true)
  expect(received[0]?.resourceSpans[0]?.resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'quittance' } })
  expect(JSON.stringify(received)).not.toMatch(/claire@example|Vasseur|correct horse|00000000-0000-7000/)
}, 120_000)

test('the text of a statement keeps its shape and none of its literals', () => {
  expect(maskedSql('set local app.tenant_id = \'0190-1\';\n  select \'it\'\'s\'  from t where id = $1')).toBe('set local app.tenant_id = \'?\'; select \'?\' from t where id = $1')
})
