import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { ERRORS } from '../../contract/errors.ts'
import { errorsPage } from '../../server/platform/http/error-help.ts'
import type { Document, Json } from '../../server/platform/http/openapi/components.ts'
import { CLIENT_FILES, clientFiles } from '../../tools/client.ts'
import { describeProduct, documentText, ERRORS_FILE, OPENAPI_FILE } from '../../tools/openapi.ts'

const AGAIN = 'run: node tools/openapi.ts && node tools/client.ts'
let document: Document
beforeAll(async () => { document = await describeProduct() }, 120_000)

function walk(node: Json | undefined, see: (node: Record<string, Json>) => void): void {
  if (Array.isArray(node)) for (const item of node) walk(item, see)
  else if (node !== null && typeof node === 'object') {
    see(node)
    for (const item of Object.values(node)) walk(item, see)
  }
}

describe('what is generated is up to date', () => {
  test('docs/reference/openapi.json', () => { expect(readFileSync(OPENAPI_FILE, 'utf8') === documentText(document), AGAIN).toBe(true) })
  test('docs/reference/errors.md', () => { expect(readFileSync(ERRORS_FILE, 'utf8') === errorsPage(), AGAIN).toBe(true) })
  test.each(Object.entries(CLIENT_FILES))('client/%s.ts', (name, path) => { expect(readFileSync(path, 'utf8') === clientFiles(document)[name as keyof typeof CLIENT_FILES], AGAIN).toBe(true) })
})

describe('the description of the API', () => {
  test('writes each schema of the contract once and refers to it by its name', () => {
    const schemas = document.components['schemas'] ?? {}
    expect(Object.keys(schemas).length).toBeGreaterThan(60)
    expect(schemas).toMatchObject({ Invoice: { title: 'Invoice', type: 'object' }, Money: { title: 'Money' }, ProblemDetails: { title: 'ProblemDetails' } })
    expect(document.paths['/api/customers/{id}']?.['get']?.responses['200']?.content?.['application/json']?.schema).toEqual({ $ref: '#/components/schemas/Customer' })
    expect(document.paths['/api/customers']?.['post']?.requestBody?.content['application/json']?.schema).toEqual({ $ref: '#/components/schemas/NewCustomer' })
    const places = new Map([...['schemas', 'headers', 'responses', 'securitySchemes']].flatMap((part) => Object.keys(document.components[part] ?? {}).map((name) => [`#/components/${part}/${name}`, true])))
    walk(document as unknown as Json, (node) => { if (typeof node['$ref'] === 'string') expect(places.has(node['$ref']), node['$ref']).toBe(true) })
  })

  test('says of each operation who may call it, which headers it takes and what it refuses', () => {
    const ids = new Set<string>()
    for (const [path, operations] of Object.entries(document.paths)) for (const [method, operation] of Object.entries(operations)) {
      const where = `${method} ${path}`
      expect(ids.has(operation.operationId), `${where}: ${operation.operationId} twice`).toBe(false)
      ids.add(operation.operationId)
      expect(operation, where).toMatchObject({ summary: expect.any(String), security: expect.any(Array), responses: { '4XX': { $ref: '#/components/responses/Problem' }, 429: expect.anything(), 503: expect.anything() } })
      const names = (operation.parameters ?? []).filter((parameter) => parameter.in === 'header').map(({ name }) => name)
      expect(names.includes('Idempotency-Key'), where).toBe(names.includes('Idempotency-Key') && method !== 'get')
    }
    const headersOf = (path: string, method: string) => (document.paths[path]?.[method]?.parameters ?? []).filter((parameter) => parameter.in === 'header').map(({ name }) => name)
    expect(headersOf('/api/customers/{id}', 'patch')).toEqual(['Quittance-Tenant', 'Idempotency-Key', 'If-Match'])
    expect(headersOf('/api/customers/{id}', 'get')).toEqual(['Quittance-Tenant', 'If-None-Match'])
    expect(headersOf('/api/auth/login', 'post')).toEqual([])
    expect(document.paths['/api/customers']?.['get']?.security).toEqual([{ session: [] }, { apiKey: [] }, { accessToken: [] }])
  })

  test('says what each tag is about', () => {
    const silent = (document.tags as { name: string; description: string }[]).filter(({ description }) => description === '').map(({ name }) => name)
    expect(silent, 'describe these tags in server/platform/http/openapi/tags.ts').toEqual([])
  })
})

test('the error reference names every code with its sentences', () => {
  const page = errorsPage()
  for (const code of Object.keys(ERRORS)) expect(page).toContain(`| \`${code}\` |`)
})
