import helmet from '@fastify/helmet'
import type { HttpApp } from './routes.ts'

/** Everything from our own origin and nothing else. The pages of the API reader write their styles in the page. */
export function contentPolicy(options: { readonly docs: boolean }): string {
  const styles = options.docs ? '\'self\' \'unsafe-inline\'' : '\'self\''
  return [
    'default-src \'self\'', 'script-src \'self\'', `style-src ${styles}`, 'img-src \'self\' data: blob:', 'font-src \'self\' data:', 'connect-src \'self\'',
    'object-src \'none\'', 'base-uri \'self\'', 'form-action \'self\'', 'frame-ancestors \'none\'',
  ].join('; ')
}

/** Security headers on every answer, and the id of the request. */
export async function registerHeaders(http: HttpApp, options: { readonly secure: boolean }): Promise<void> {
  await http.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    hsts: options.secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  })
  const policy = contentPolicy({ docs: false })
  http.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', policy)
    if (!request.url.startsWith('/api/')) return
    if (!reply.hasHeader('content-language')) reply.header('content-language', request.locale)
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    reply.header('vary', 'Accept-Language, Cookie, Quittance-Tenant')
  })
}
