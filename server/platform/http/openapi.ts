import swagger from '@fastify/swagger'
import type { FastifySchema } from 'fastify'
import { ProblemDetails } from '../../../contract/common.ts'
import { nameSchemas, type Document, type Json } from './openapi/components.ts'
import { COMMON, completeAnswers, describeRoute, SECURITY_SCHEMES, tagsOf } from './openapi/describe.ts'
import { readExamples, showExamples } from './openapi/examples.ts'
import { contractNames, type SchemaNames } from './openapi/names.ts'
import type { HttpApp } from './routes.ts'

const ABOUT = `Everything the web application does, a program can do. The guide is docs/guide/api.md; the error codes are at [/docs/errors](/docs/errors).

Join an API key in the header \`Authorization: Bearer qt_…\`, or sign in with \`POST /api/auth/login\`, whose answer sets a cookie, and name the company of each request with the header \`Quittance-Tenant\`.
Amounts are decimal texts with their currency, days are \`YYYY-MM-DD\`, lists are read page by page with \`next\` and \`cursor\`.
A change that carries an \`Idempotency-Key\` is done once, however often it is sent. \`ETag\` and \`If-Match\` keep two people from undoing each other's change.
A refusal is a problem (RFC 9457) with a stable \`code\` and a sentence in the language of \`Accept-Language\` (French or English).`

let names: SchemaNames | undefined

/** The name that the contract gives to this very schema, as its title. */
function titled(schema: unknown): unknown {
  const name = schema !== null && typeof schema === 'object' ? names?.ofObject.get(schema) : undefined
  return name === undefined ? schema : { ...schema as object, title: name }
}

/** Registers the description of the API; every route declared after it is in it. */
export async function registerOpenApi(http: HttpApp, version: string): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Quittance', version, description: ABOUT, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: '/', description: 'This installation.' }],
      components: { securitySchemes: SECURITY_SCHEMES as unknown as Record<string, never> },
    },
    transform: ({ schema, url, route }) => {
      const given = (schema ?? {}) as FastifySchema & { hide?: boolean }
      if (!url.startsWith('/api/') || given.hide) return { schema: { ...given, hide: true }, url }
      return { schema: describeRoute(given, route, titled), url }
    },
  })
}

/** The whole description: schemas by their name in the contract, shared answers, an example of each call. */
export async function describeApi(http: HttpApp): Promise<Document> {
  names = await contractNames()
  const plain = JSON.parse(JSON.stringify(http.swagger())) as Document
  for (const operations of Object.values(plain.paths)) for (const operation of Object.values(operations)) completeAnswers(operation)
  const { paths, schemas } = nameSchemas({ paths: plain.paths as unknown as Json, problem: { ...JSON.parse(JSON.stringify(ProblemDetails)) as Record<string, Json> } }, names)
  const document: Document = {
    openapi: plain.openapi, info: plain.info, servers: plain['servers'], tags: tagsOf(plain),
    paths: (paths as { paths: Document['paths'] }).paths,
    components: { securitySchemes: plain.components['securitySchemes'] ?? {}, headers: COMMON.headers, responses: COMMON.responses as unknown as Record<string, Json>, schemas },
  }
  showExamples(document, readExamples())
  return document
}

/** Serves the description where programs and tools look for it. It is made when it is first asked for. */
export function serveOpenApi(http: HttpApp): void {
  let text: Promise<string> | undefined
  for (const url of ['/api/openapi.json', '/openapi.json']) {
    http.get(url, { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) => {
      text ??= describeApi(http).then((document) => JSON.stringify(document))
      return reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').serializer((body: unknown) => String(body)).send(await text)
    })
  }
}
