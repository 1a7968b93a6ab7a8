import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePlace, signUpAt, startChild, type Place } from './child.ts'

let place: Place
beforeAll(async () => { place = await makePlace() })
afterAll(async () => { await place.remove() })

type Customers = { readonly items: readonly { readonly name: string }[] }

test('a server killed between the work and its answer, or right after, leaves a key that does it once', async () => {
  let server = await startChild(place.config)
  const headers = await signUpAt(server.address)
  const post = (name: string, key: string) => fetch(`${server.address}/api/customers`, { method: 'POST', headers: { ...headers, 'idempotency-key': key }, body: JSON.stringify({ name }) })
  const named = async (name: string): Promise<number> => (await (await fetch(`${server.address}/api/customers?limit=200`, { headers })).json() as Customers).items.filter((customer) => customer.name === name).length

  server.tell('break')
  await server.says('break: heard')
  const cut = post('Entre', 'between').catch((error: unknown) => error)
  await server.says('between')
  await server.kill()
  expect(await cut).toBeInstanceOf(Error)

  server = await startChild(place.config)
  expect(await named('Entre')).toBe(0)
  const done = await post('Entre', 'between')
  expect([done.status, done.headers.get('idempotency-replayed')]).toEqual([201, null])
  const first = await done.text()
  await server.kill()

  server = await startChild(place.config)
  const again = await post('Entre', 'between')
  expect([again.status, again.headers.get('idempotency-replayed'), await again.text()]).toEqual([201, 'true', first])
  expect(await named('Entre')).toBe(1)
  await server.kill()
}, 240_000)
