import type { Redis } from 'ioredis'
import type { Logger } from '../../log/log.ts'
import { memoryCounters, type Counters } from './counters.ts'

/** Waiting longer than this for the shared counter would cost more than it protects. */
const ANSWER_MS_MAX = 250
const AWAY_MS = 5_000
const RECONNECT_MS_MAX = 10_000

// One round trip: counts, starts the window at its first request, and says when it ends.
const COUNT = `
local used = redis.call('incr', KEYS[1])
local left = redis.call('pttl', KEYS[1])
if left < 0 then redis.call('pexpire', KEYS[1], ARGV[1]); left = tonumber(ARGV[1]) end
return {used, left}`

async function connect(url: string): Promise<Redis> {
  const { Redis: Client } = await import('ioredis')
  return new Client(url, {
    lazyConnect: true, enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: ANSWER_MS_MAX, connectTimeout: 2_000,
    keyPrefix: 'quittance:limit:', retryStrategy: (times) => Math.min(times * 200, RECONNECT_MS_MAX),
  })
}

/**
 * Counts shared by several processes. While Redis does not answer each process counts for itself: the limits then hold by process,
 * and the API goes on. One warning says so, one line tells when it is back.
 */
export async function redisCounters(url: string, log: Pick<Logger, 'warn' | 'info'>): Promise<Counters> {
  const own = memoryCounters()
  const client = await connect(url)
  let awayUntil = 0
  let isAway = false
  let closed = false
  const away = (error: unknown): void => {
    awayUntil = performance.now() + AWAY_MS
    if (isAway) return
    isAway = true
    log.warn({ err: error instanceof Error ? { message: error.message } : undefined }, 'Redis does not answer: rate limits are counted by this process alone')
  }
  const back = (): void => {
    awayUntil = 0
    if (!isAway) return
    isAway = false
    log.info({}, 'Redis answers again: rate limits are shared')
  }
  // The driver tells each failed connection here; without a listener it would write them all.
  client.on('error', away)
  client.on('close', () => { if (!closed) away(undefined) })
  client.on('ready', back)
  await client.connect().catch(away)
  return {
    count: async (key, allowance) => {
      if (client.status !== 'ready' || performance.now() < awayUntil) return own.count(key, allowance)
      try {
        const [used, left] = await client.eval(COUNT, 1, key, allowance.windowSeconds * 1000) as [number, number]
        back()
        return { remaining: allowance.max - used, resetSeconds: Math.ceil(left / 1000) }
      } catch (error) {
        away(error)
        return own.count(key, allowance)
      }
    },
    close: async () => {
      closed = true
      client.disconnect()
    },
  }
}
