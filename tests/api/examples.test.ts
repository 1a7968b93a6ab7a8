import { writeFileSync } from 'node:fs'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Document, Json, Operation } from '../../server/platform/http/openapi/components.ts'
import { EXAMPLES_FILE, readExamples, type Example } from '../../server/platform/http/openapi/examples.ts'
import { describeProduct } from '../../tools/openapi.ts'
import { startTestApp, type Answer, type TestApp, type TestCompany } from '../support/server.ts'
import { exampleCall, NO_EXAMPLE } from './example-calls.ts'

/** With QUITTANCE_WRITE_EXAMPLES=1 the calls made here are written as the examples of the description. */
const isWriting = process.env['QUITTANCE_WRITE_EXAMPLES'] === '1'

const document: Document = await describeProduct()
const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]): [string, { path: string; method: string; operation: Operation }] => [operation.operationId, { path, method, operation }])).sort(([a], [b]) => (a < b ? -1 : 1))
const shown = operations.filter(([id]) => exampleCall(id))

/** A schema with every reference written out, as a validator that knows no document takes it. */
function whole(schema: Json | undefined, depth = 0): Json {
  if (Array.isArray(schema)) return schema.map((item) => whole(item, depth))
  if (schema === null || typeof schema !== 'object') return schema ?? {}
  if (typeof schema['$ref'] === 'string') return depth > 20 ? {} : whole(document.components['schemas']?.[schema['$ref'].split('/').at(-1) ?? ''], depth + 1)
  return Object.fromEntries(Object.entries(schema).map(([key, item]) => [key, whole(item, depth)]))
}

function errorsOf(schema: Json | undefined, value: unknown): unknown[] {
  const compiled = Compile(whole(schema) as unknown as TSchema)
  return compiled.Check(value) ? [] : [...compiled.Errors(value)].slice(0, 3)
}

/** Made-up ids, instants and hashes that stay the same from one run to the next. */
function settled(example: Example): Example {
  const ids = new Map<string, string>()
  const text = JSON.stringify(example)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
      if (!ids.has(id)) ids.set(id, `01930000-0000-7000-8000-${String(ids.size + 1).padStart(12, '0')}`)
      return ids.get(id) ?? id
    })
    .replaceAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g, '2026-11-20T10:00:00.000Z')
    .replaceAll(/[0-9a-f]{64}/g, '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08')
    .replaceAll(/person-\d+-[0-9a-f]{8}@example\.org/g, 'claire.martin@example.org').replaceAll(/Person \d+/g, 'Claire Martin').replaceAll(/Société \d+/g, 'Atelier Lumen')
    .replaceAll(/societe-\d+(?:-[0-9a-z]+)?/g, 'atelier-lumen').replaceAll(/qt_[A-Za-z0-9_-]{8,}/g, 'qt_EXEMPLE').replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'eyJhbGciOiJFUzI1NiJ9.EXEMPLE.EXEMPLE')
  return JSON.parse(text) as Example
}

let t: TestApp
let company: TestCompany
const made: Record<string, Example> = {}
beforeAll(async () => {
  t = await startTestApp()
  company = await t.company('company', { name: 'Atelier Lumen', siren: '732829320' })
}, 120_000)
afterAll(async () => {
  await t.close()
  if (isWriting) writeFileSync(EXAMPLES_FILE, `${JSON.stringify(made, null, 1)}\n`)
})

async function send(id: string, path: string, method: string): Promise<{ answer: Answer; example: Example }> {
  const call = await exampleCall(id)?.(t, company) ?? {}
  const url = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(call.params?.[name] ?? ''))
  const answer = await t.api(method.toUpperCase() as 'GET', `${url}${call.query ? `?${call.query}` : ''}`, {
    // An operation of nobody is called without a session.
    ...(document.paths[path]?.[method]?.security instanceof Array && (document.paths[path][method].security as Json[]).length === 0 ? {} : { as: call.as ?? company }),
    ...(call.body === undefined ? {} : { body: call.body }), ...(call.file === undefined ? {} : { file: call.file }),
  })
  const query = Object.fromEntries(new URLSearchParams(call.query ?? ''))
  return { answer, example: {
    request: { ...(call.params ? { params: call.params } : {}), ...(call.query ? { query } : {}), ...(call.body === undefined ? {} : { body: call.body as Json }) },
    response: { status: answer.status, body: answer.body as Json },
  } }
}

describe('the example of each operation, sent to the server, is answered as described', () => {
  test.each(shown)('%s', async (id, { path, method, operation }) => {
    const { answer, example } = await send(id, path, method)
    const described = operation.responses[String(answer.status)]
    expect(described, `${answer.status} ${answer.text.slice(0, 300)}`).toBeDefined()
    expect(answer.status, answer.text.slice(0, 300)).toBeLessThan(300)
    const schema = described?.content?.['application/json']?.schema
    if (schema !== undefined && answer.status !== 204) expect(errorsOf(schema, answer.body)).toEqual([])
    made[id] = settled(example)
  })
})

describe('the examples that the description shows', () => {
  const examples = readExamples()

  test('are there for every operation, but for those that say why not', () => {
    const silent = operations.map(([id]) => id).filter((id) => !exampleCall(id) && NO_EXAMPLE[id] === undefined)
    expect(silent, 'say how to call these operations in tests/api/example-calls.ts').toEqual([])
    if (!isWriting) expect(shown.map(([id]) => id).filter((id) => examples[id] === undefined), 'run: QUITTANCE_WRITE_EXAMPLES=1 npx vitest run --project server tests/api/examples.test.ts').toEqual([])
  })

  test('fit their own schemas', () => {
    for (const [id, { operation }] of shown) {
      const example = examples[id]
      if (!example) continue
      const asked = operation.requestBody?.content['application/json']?.schema
      if (asked !== undefined && example.request.body !== undefined) expect(errorsOf(asked, example.request.body), `${id}: request`).toEqual([])
      const answered = operation.responses[String(example.response.status)]?.content?.['application/json']?.schema
      if (answered !== undefined) expect(errorsOf(answered, example.response.body), `${id}: answer`).toEqual([])
    }
  })
})
