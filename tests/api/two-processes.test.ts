import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { makePlace, signUpAt, startChild, type Child, type Place } from './child.ts'

const isShared = inject('quittanceTemplate').engine === 'postgres'
let place: Place
let servers: [Child, Child]
beforeAll(async () => {
  if (!isShared) return
  place = await makePlace()
  servers = [await startChild(place.config), await startChild(place.config)]
}, 240_000)
afterAll(async () => {
  if (!isShared) return
  for (const server of servers) await server.kill()
  await place.remove()
})

test.runIf(isShared)('forty copies of a request sent to two processes are done once, and all get one answer', async () => {
  const headers = await signUpAt(servers[0].address)
  const answers = await Promise.all(Array.from({ length: 40 }, async (_, n) => {
    const response = await fetch(`${servers[n % 2]!.address}/api/customers`, { method: 'POST', headers: { ...headers, 'idempotency-key': 'two' }, body: '{"name":"Une fois"}' })
    return { status: response.status, text: await response.text(), replayed: response.headers.get('idempotency-replayed') }
  }))
  expect(answers.map(({ status }) => status)).toEqual(Array<number>(40).fill(201))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1)
  const { items } = await (await fetch(`${servers[1].address}/api/customers?limit=200`, { headers })).json() as { items: unknown[] }
  expect(items).toHaveLength(1)
}, 120_000)

test.skipIf(isShared)('not run: two processes need PostgreSQL (QUITTANCE_TEST_DB)', () => undefined)
