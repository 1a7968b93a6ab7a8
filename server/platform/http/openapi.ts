import swagger from '@fastify/swagger'
import type { FastifySchema, RouteOptions } from 'fastify'
import { ProblemDetails } from '../../../contract/common.ts'
import type { HttpApp } from './routes.ts'

const PROBLEM = { description: 'A problem: its code, and what to do, in French or English.', content: { 'application/problem+json': { schema: ProblemDetails } } }
const TENANT_PARAMETER = {
  type: 'object', required: ['Quittance-Tenant'],
  properties: { 'Quittance-Tenant': { type: 'string', format: 'uuid', description: 'The company concerned: an `id` of `companies` in GET /api/me.' } },
}
const UPLOAD_BODY = { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary', description: 'One file, 30 MB at most.' } } }

/** What every route of the API has in common is written here once: who may call it, the company's header, the form of errors. */
function describe(schema: FastifySchema, route: RouteOptions): FastifySchema {
  const access = route.config?.access ?? 'tenant'
  return {
    ...schema,
    security: access === 'public' ? [] : [{ session: [] }],
    ...(access === 'tenant' ? { headers: TENANT_PARAMETER } : {}),
    ...(route.config?.upload ? { consumes: ['multipart/form-data'], body: UPLOAD_BODY } : {}),
    response: { ...(schema.response as object | undefined), '4XX': PROBLEM },
  } as FastifySchema
}

const ABOUT = `Everything the web application does, a program can do.

Sign in with \`POST /api/auth/login\`; the answer sets a cookie. Name the company of each request with the header \`Quittance-Tenant\`.
Amounts are decimal texts with their currency, days are \`YYYY-MM-DD\`, lists are read page by page with \`next\` and \`cursor\`.
A refusal is a problem (RFC 9457) with a stable \`code\` and a sentence in the language of \`Accept-Language\` (French or English).`

/** Registers the description of the API; every route declared after it is in it. */
export async function registerOpenApi(http: HttpApp, version: string): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Quittance', version, description: ABOUT, license: { name: 'MIT', identifier: 'MIT' } },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'quittance.session_token' } } },
    },
    transform: ({ schema, url, route }) => {
      const given = (schema ?? {}) as FastifySchema & { hide?: boolean }
      if (!url.startsWith('/api/') || given.hide) return { schema: { ...given, hide: true }, url }
      return { schema: describe(given, route), url }
    },
  })
}

/** Serves the description where programs and tools look for it. */
export function serveOpenApi(http: HttpApp): void {
  for (const url of ['/api/openapi.json', '/openapi.json']) {
    http.get(url, { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) => {
      return reply.header('cache-control', 'no-cache').send(http.swagger())
    })
  }
}
