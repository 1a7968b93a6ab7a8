import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { Refusal } from '../access/refusal.ts'
import type { HttpApp } from './routes.ts'

/** Where the built web application is. */
export const WEB_FOLDER = join(import.meta.dirname, '..', '..', '..', 'dist', 'web')

const IMMUTABLE = 'public, max-age=31536000, immutable'

/** A path of a page: not of the API, not of a file. */
function isPage(method: string, url: string): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  const path = url.split('?')[0] ?? ''
  return !path.startsWith('/api/') && path !== '/api' && !(path.split('/').at(-1) ?? '').includes('.')
}

/** Serves the built web application; every page of it is index.html. A missing file is a 404, never a page. */
export async function serveWeb(http: HttpApp, folder: string = WEB_FOLDER): Promise<void> {
  const index = join(folder, 'index.html')
  const built = existsSync(index)
  if (built) {
    await http.register(fastifyStatic, {
      root: folder, index: false, wildcard: true, preCompressed: true, cacheControl: false,
      setHeaders: (reply, path) => { void reply.header('cache-control', path.includes(`${folder}/assets/`) ? IMMUTABLE : 'no-cache') },
    })
    http.get('/', { schema: { hide: true } }, async (_request, reply) => reply.header('cache-control', 'no-cache').sendFile('index.html'))
  }
  http.setNotFoundHandler((request, reply) => {
    if (!built || !isPage(request.method, request.url)) throw new Refusal('NOT_FOUND')
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
}
