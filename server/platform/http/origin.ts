import { Refusal } from '../access/refusal.ts'
import type { HttpApp } from './routes.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A page of another site must not act with this site's cookie. A browser says where a request comes from in Origin
 * and Sec-Fetch-Site; a program says neither and is let through, its cookie being its own.
 */
export function refuseForeignOrigins(http: HttpApp, publicUrl: string): void {
  const publicOrigin = new URL(publicUrl).origin
  http.addHook('onRequest', async (request) => {
    if (SAFE_METHODS.has(request.method)) return
    const { origin, host, 'sec-fetch-site': site } = request.headers
    if (origin !== undefined) {
      if (origin !== publicOrigin && origin !== `${request.protocol}://${host ?? ''}`) throw new Refusal('ORIGIN_REFUSED')
      return
    }
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Refusal('ORIGIN_REFUSED')
  })
}
