import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { memoryCounters } from '../../server/platform/http/limits/counters.ts'
import { redisCounters } from '../../server/platform/http/limits/redis.ts'
import { startTestApp, type TestApp } from '../support/server.ts'

const NONE = { signIn: 0, writes: 0, reads: 0, exports: 0, address: 0 }
const apps: TestApp[] = []
async function limited(limits: Partial<typeof NONE>): Promise<TestApp> {
  const t = await startTestApp({ config: { rateLimits: { ...NONE, ...limits } } })
  apps.push(t)
  return t
}
afterAll(async () => { for (const t of apps) await t.close() })

describe('a rate limit', () => {
  test('tells at each answer what is left, and refuses the one too many with the time to wait', async () => {
    const t = await limited({ reads: 3, writes: 1, exports: 1 })
    const company = await t.company()
    const left: unknown[] = []
    for (let n = 0; n < 3; n += 1) {
      const { status, headers } = await t.api('GET', '/api/customers', { as: company })
      left.push([status, headers['ratelimit-limit'], headers['ratelimit-remaining'], headers['ratelimit-policy']])
    }
    expect(left).toEqual([[200, 3, 2, '3;w=60'], [200, 3, 1, '3;w=60'], [200, 3, 0, '3;w=60']].map(([status, ...rest]) => [status, ...rest.map(String)]))
    const refused = await t.api('GET', '/api/company', { as: company })
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60)
    // Reading too much leaves writing, and other people, alone.
    expect((await t.api('POST', '/api/customers', { as: company, body: { name: 'A' } })).status).toBe(201)
    expect((await t.api('POST', '/api/customers', { as: company, body: { name: 'B' } })).status).toBe(429)
    const member = await t.member(company, 'accountant')
    expect((await t.api('GET', '/api/customers', { as: member.cookie, tenant: company })).status).toBe(200)
    for (const status of [200, 429]) expect((await t.api('GET', '/api/exports/fec?year=2026', { as: company })).status === 429).toBe(status === 429)
  })

  test('holds by address before anyone is recognised, and for sign-in', async () => {
    const t = await limited({ address: 6, signIn: 2 })
    const login = () => t.api('POST', '/api/auth/login', { body: { email: 'nobody@example.org', password: 'x' } })
    const statuses = [await login(), await login(), await login(), await login()].map(({ status }) => status)
    expect(statuses.slice(2)).toEqual([429, 429])
    for (let n = 0; n < 2; n += 1) await t.api('GET', '/api/me')
    expect((await t.api('GET', '/api/me')).status).toBe(429)
    // What is not the API is not counted.
    expect((await t.api('GET', '/healthz')).status).toBe(200)
  })

  test('is not spent by the check of If-Match, which reads what it protects', async () => {
    const t = await limited({ reads: 1 })
    const company = await t.company()
    expect((await t.api('GET', '/api/company', { as: company })).status).toBe(200)
    expect((await t.api('PATCH', '/api/company', { as: company, body: { city: 'Lyon' }, headers: { 'if-match': '"1"' } })).status).toBe(200)
  })
})

test('a window ends by itself, and many callers take no more memory than a set number of them', () => {
  let now = 0
  const counters = memoryCounters(() => now)
  const once = { max: 1, windowSeconds: 60 }
  expect([counters.count('a', once), counters.count('a', once)]).toEqual([{ remaining: 0, resetSeconds: 60 }, { remaining: -1, resetSeconds: 60 }])
  now = 60_000
  expect(counters.count('a', once)).toEqual({ remaining: 0, resetSeconds: 60 })
  for (let n = 0; n < 60_000; n += 1) counters.count(`caller ${n}`, once)
  // The oldest were forgotten to make room, the latest are still counted.
  expect(counters.count('caller 59999', once)).toMatchObject({ remaining: -1 })
  expect(counters.count('caller 1', once)).toMatchObject({ remaining: 0 })
})

function hasRedis(): boolean {
  try { execFileSync('redis-server', ['--version'], { stdio: 'ignore' }); return true } catch { return false }
}

const redisHere = hasRedis()
let redis: ChildProcess | undefined
afterEach(() => { redis?.kill('SIGKILL'); redis = undefined })

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => { probe.listen(0, '127.0.0.1', resolve) })
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => { probe.close(resolve) })
  return port
}

async function startRedis(port: number): Promise<void> {
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: ['ignore', 'pipe', 'inherit'] })
  redis = child
  await new Promise<void>((resolve) => { child.stdout.on('data', (data: Buffer) => { if (data.toString().includes('eady to accept')) resolve() }) })
}

function notes() {
  const said: string[] = []
  const note = (_fields: unknown, message: string) => { said.push(message) }
  return { said, log: { warn: note, info: note } as unknown as Parameters<typeof redisCounters>[1] }
}

const until = async (done: () => Promise<boolean> | boolean): Promise<void> => { while (!await done()) await new Promise((resolve) => { setTimeout(resolve, 50) }) }

describe('limits in Redis', () => {
  test.skipIf(redisHere)('not run: no redis-server on this machine', () => undefined)

  test.runIf(redisHere)('are shared by the processes, and end with their window', async () => {
    const port = await freePort()
    await startRedis(port)
    const [one, two] = [await redisCounters(`redis://127.0.0.1:${port}`, notes().log), await redisCounters(`redis://127.0.0.1:${port}`, notes().log)]
    const allowance = { max: 10, windowSeconds: 2 }
    await until(async () => { await one.count('warm', allowance); return (await two.count('warm', allowance)).remaining < 9 })
    const counts = [await one.count('a', allowance), await two.count('a', allowance), await one.count('a', allowance)]
    expect(counts.map(({ remaining }) => remaining)).toEqual([9, 8, 7])
    expect(counts.every(({ resetSeconds }) => resetSeconds >= 1 && resetSeconds <= 2)).toBe(true)
    await new Promise((resolve) => { setTimeout(resolve, 2_100) })
    expect((await two.count('a', allowance)).remaining).toBe(9)
    await one.close()
    await two.close()
  })

  test.runIf(redisHere)('leave the API standing when Redis goes: each process counts for itself, says so once, and comes back', async () => {
    const port = await freePort()
    await startRedis(port)
    const { said, log } = notes()
    const counters = await redisCounters(`redis://127.0.0.1:${port}`, log)
    const allowance = { max: 5, windowSeconds: 600 }
    await until(async () => (await counters.count('warm', { max: 1_000_000, windowSeconds: 600 })).remaining < 999_998)
    const before = said.length
    redis?.kill('SIGKILL')
    const counts: number[] = []
    for (let n = 0; n < 6; n += 1) counts.push((await counters.count('b', allowance)).remaining)
    expect(counts.at(-1)).toBe(-1)
    expect(said.slice(before).filter((text) => text.startsWith('Redis does not answer'))).toHaveLength(1)
    await startRedis(port)
    await until(async () => { await counters.count('c', allowance); return said.some((text) => text.startsWith('Redis answers again')) })
    await counters.close()
  }, 60_000)

  test('answer even when nothing has ever listened there', async () => {
    const { said, log } = notes()
    const counters = await redisCounters(`redis://127.0.0.1:${await freePort()}`, log)
    expect((await counters.count('a', { max: 2, windowSeconds: 60 })).remaining).toBe(1)
    expect((await counters.count('a', { max: 2, windowSeconds: 60 })).remaining).toBe(0)
    expect(said).toHaveLength(1)
    await counters.close()
  })
})
