import { contentPolicy } from './headers.ts'
import type { HttpApp } from './routes.ts'

const PAGES = [
  { path: '/docs', title: 'Quittance, API', reading: false },
  { path: '/redoc', title: 'Quittance, API (lecture)', reading: true },
] as const

// Nothing of the reader that calls another site.
const READER = { withDefaultFonts: false, telemetry: false, hideClientButton: true, showDeveloperTools: 'never', agent: { disabled: true }, mcp: { disabled: true } }

function html(title: string, configuration: object): string {
  const data = JSON.stringify(configuration).replaceAll('"', '&quot;')
  return '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    + `<title>${title}</title></head><body><script id="api-reference" data-url="/api/openapi.json" data-configuration="${data}"></script>`
    + '<script src="/docs/reference.js"></script></body></html>'
}

type ReferenceHost = { route: (options: { url: string; handler: (...args: never[]) => unknown }) => void; hasPlugin: () => boolean; log: { warn: () => void } }

/**
 * The text of the reader's script, four megabytes that only these pages need. Its package gives it through a plugin for
 * the server: it is called the first time someone opens a page, on a stand-in that keeps the one route that matters.
 */
async function referenceScript(): Promise<string> {
  const { default: plugin } = await import('@scalar/fastify-api-reference')
  let script: unknown
  const reply = { header: () => reply, send: (text: unknown) => { script = text; return reply } }
  const host: ReferenceHost = {
    hasPlugin: () => false, log: { warn: () => undefined },
    route: ({ url, handler }) => { if (url.endsWith('.js')) (handler as unknown as (request: unknown, answer: typeof reply) => unknown)({}, reply) },
  }
  ;(plugin as unknown as (host: ReferenceHost, options: object, next: () => void) => void)(host, { configuration: { url: '/api/openapi.json' } }, () => undefined)
  if (typeof script !== 'string') throw new Error('the API reader gave no script')
  return script
}

/** /docs to try the API, /redoc to read it. */
export function serveDocs(http: HttpApp): void {
  let script: Promise<string> | undefined
  const policy = contentPolicy({ docs: true })
  for (const { path, title, reading } of PAGES) {
    const page = html(title, { ...READER, hideTestRequestButton: reading })
    http.get(path, { schema: { hide: true } }, async (_request, reply) => {
      return reply.header('content-security-policy', policy).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)
    })
  }
  http.get('/docs/reference.js', { schema: { hide: true } }, async (_request, reply) => {
    script ??= referenceScript()
    return reply.header('cache-control', 'public, max-age=3600').type('text/javascript; charset=utf-8').send(await script)
  })
}
