import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { Refusal } from '../../access/refusal.ts'
import type { App } from '../../app.ts'
import type { RateLimits } from '../../config/config.ts'
import { isOwnReading } from '../once/precondition.ts'
import type { HttpApp } from '../routes.ts'
import { memoryCounters, type Allowance, type Counters } from './counters.ts'
import { redisCounters } from './redis.ts'

/** What a route costs. Sign-in is counted by address, the others by who calls. */
export type LimitClass = 'sign-in' | 'write' | 'read' | 'export'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The limit that holds here, when it is not the one of the method and the address. */
    limit?: LimitClass
  }
}

const WINDOW_SECONDS = 60
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

function classOf(route: Pick<RouteOptions, 'url' | 'config'>, method: string): LimitClass {
  if (route.config?.limit) return route.config.limit
  if (/^\/api\/exports?\/|\/export(?:\/|$)/.test(route.url)) return 'export'
  if (SAFE.has(method)) return 'read'
  return route.url.startsWith('/api/auth/') ? 'sign-in' : 'write'
}

function maxOf(limits: RateLimits, name: LimitClass): number {
  switch (name) {
    case 'sign-in': return limits.signIn
    case 'write': return limits.writes
    case 'read': return limits.reads
    case 'export': return limits.exports
  }
}

/** Who is counted: the key, the person, or the address of someone unknown. A name is hashed, since the counters may be another machine's. */
async function callerOf(request: FastifyRequest, name: LimitClass): Promise<string> {
  const credential = name === 'sign-in' ? null : await request.credential().catch(() => null)
  const caller = credential === null ? `address ${request.ip}` : credential.kind === 'api-key' ? `key ${credential.key.id}` : `person ${credential.person.id}`
  return createHash('sha256').update(caller).digest('base64url').slice(0, 22)
}

/** Counts one request and tells the caller where they stand; refuses with RATE_LIMITED the one too many. */
async function countOne(counters: Counters, reply: FastifyReply, { key, allowance }: { readonly key: string; readonly allowance: Allowance }): Promise<void> {
  const { remaining, resetSeconds } = await counters.count(key, allowance)
  void reply.header('ratelimit-limit', allowance.max).header('ratelimit-remaining', Math.max(remaining, 0)).header('ratelimit-reset', resetSeconds)
    .header('ratelimit-policy', `${allowance.max};w=${allowance.windowSeconds}`)
  if (remaining < 0) throw new Refusal('RATE_LIMITED', { seconds: String(Math.max(resetSeconds, 1)) })
}

export type Limiter = {
  /** Before anyone is recognised: what one address may ask in all. */
  readonly byAddress: () => void
  /** Once the caller is known: what they may ask of this kind. */
  readonly byCaller: () => void
}

/** Rate limits per address, then per key or person and kind of route. Without limits in the configuration there are none. */
export async function limitRequests(http: HttpApp, app: App): Promise<Limiter> {
  const limits = app.config.rateLimits
  if (!limits) return { byAddress: () => undefined, byCaller: () => undefined }
  const counters = app.config.redisUrl ? await redisCounters(app.config.redisUrl, app.log) : memoryCounters()
  http.addHook('onClose', async () => { await counters.close() })
  const isApi = (request: FastifyRequest): boolean => (request.routeOptions.url ?? request.url).startsWith('/api/') && !isOwnReading(request)
  return {
    byAddress: () => {
      if (limits.address > 0) http.addHook('onRequest', async (request, reply) => {
        if (!isApi(request)) return
        const address = createHash('sha256').update(request.ip).digest('base64url').slice(0, 22)
        await countOne(counters, reply, { key: `all:${address}`, allowance: { max: limits.address, windowSeconds: WINDOW_SECONDS } })
      })
    },
    byCaller: () => {
      http.addHook('onRequest', async (request, reply) => {
        if (!isApi(request)) return
        const name = classOf({ url: request.routeOptions.url ?? request.url, config: request.routeOptions.config }, request.method)
        const max = maxOf(limits, name)
        if (max > 0) await countOne(counters, reply, { key: `${name}:${await callerOf(request, name)}`, allowance: { max, windowSeconds: WINDOW_SECONDS } })
      })
    },
  }
}
