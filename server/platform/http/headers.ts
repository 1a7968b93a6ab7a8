import helmet from '@fastify/helmet'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../access/refusal.ts'
import type { HttpApp } from './routes.ts'
import { cameInClear } from './trust.ts'

const HSTS_SECONDS = 31_536_000

/** Everything from our own origin and nothing else, no script written in a page. The pages of the API reader write their styles in the page. */
export function contentPolicy(options: { readonly docs: boolean }): string {
  const styles = options.docs ? '\'self\' \'unsafe-inline\'' : '\'self\''
  return [
    'default-src \'self\'', 'script-src \'self\'', 'script-src-attr \'none\'', `style-src ${styles}`, 'img-src \'self\' data: blob:', 'font-src \'self\' data:', 'connect-src \'self\'',
    'object-src \'none\'', 'frame-src \'none\'', 'base-uri \'self\'', 'form-action \'self\'', 'frame-ancestors \'none\'',
  ].join('; ')
}

/** An answer of the API is data: opened as a page it runs, loads and sends nothing. */
const DATA_POLICY = 'default-src \'none\'; base-uri \'none\'; form-action \'none\'; frame-ancestors \'none\'; sandbox'

/** What a page of ours never asks of the browser; passkeys and the clipboard are for ourselves only. */
const PERMISSIONS = [
  ...['accelerometer', 'autoplay', 'bluetooth', 'browsing-topics', 'camera', 'display-capture', 'encrypted-media', 'geolocation', 'gyroscope', 'hid', 'magnetometer', 'microphone', 'midi', 'payment', 'serial', 'usb', 'xr-spatial-tracking'].map((name) => `${name}=()`),
  ...['clipboard-read', 'clipboard-write', 'fullscreen', 'publickey-credentials-create', 'publickey-credentials-get'].map((name) => `${name}=(self)`),
].join(', ')

/** What an answer given before any hook carries: the framework refuses some addresses by itself. */
export function bareHeaders(requestId: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': DATA_POLICY, 'permissions-policy': PERMISSIONS, 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'x-permitted-cross-domain-policies': 'none', 'cache-control': 'no-store', 'x-request-id': requestId,
  }
}

/** Asked by machines on the same network, which see no address bar. */
const IN_CLEAR = new Set(['/healthz', '/readyz', '/metrics'])

const pathOf = (request: FastifyRequest) => request.url.split('?')[0] ?? ''

/** A page asked in clear is asked again over https. A call of the API is refused: what it carried was seen already, and a redirection would hide it. */
function demandHttps(request: FastifyRequest, reply: FastifyReply, publicUrl: string): FastifyReply | undefined {
  const path = pathOf(request)
  if (IN_CLEAR.has(path)) return undefined
  if (path.startsWith('/api/') || (request.method !== 'GET' && request.method !== 'HEAD')) throw new Refusal('HTTPS_REQUIRED', { url: publicUrl })
  // The address is ours and never the Host of the request, which anyone writes; two slashes would name another one.
  return reply.header('cache-control', 'no-store').redirect(`${publicUrl}/${request.url.replace(/^[/\\]+/, '')}`, 308)
}

export type HeaderOptions = { readonly publicUrl: string; readonly trusted: (address: string) => boolean }

/** Security headers on every answer, the id of the request, and https when that is the public address. */
export async function registerHeaders(http: HttpApp, { publicUrl, trusted }: HeaderOptions): Promise<void> {
  const secure = publicUrl.startsWith('https:')
  await http.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    hsts: secure ? { maxAge: HSTS_SECONDS, includeSubDomains: false } : false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  })
  const policy = contentPolicy({ docs: false })
  if (secure) http.addHook('onRequest', async (request, reply) => (cameInClear(request, trusted) ? demandHttps(request, reply, publicUrl) : undefined))
  http.addHook('onSend', async (request, reply) => {
    const isApi = request.url.startsWith('/api/')
    reply.header('x-request-id', request.id)
    reply.header('permissions-policy', PERMISSIONS)
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', isApi ? DATA_POLICY : policy)
    if (!isApi) return
    if (!reply.hasHeader('content-language')) reply.header('content-language', request.locale)
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    if (!reply.hasHeader('vary')) reply.header('vary', 'Accept-Language, Cookie, Quittance-Tenant, Origin')
  })
}
