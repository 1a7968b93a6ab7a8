import { request } from 'node:http'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openPlace, type Place, type ServerProcess, startServer } from './server-process.ts'

let place: Place
let server: ServerProcess
beforeAll(async () => { place = await openPlace(inject('quittanceTemplate')) }, 120_000)
afterAll(async () => {
  await server?.kill('SIGKILL')
  await place.remove()
}, 60_000)

/** A sign-up whose body comes in two parts: the server is asked to stop between them. */
function slowSignUp(address: string): { readonly sent: Promise<void>; readonly finish: () => Promise<number> } {
  const body = JSON.stringify({ name: 'Person', email: 'slow@example.org', password: 'correct horse battery' })
  const url = new URL('/api/auth/sign-up', address)
  const asked = request(url, { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } })
  const answered = new Promise<number>((resolve, reject) => { asked.on('response', (answer) => { answer.resume(); resolve(answer.statusCode ?? 0) }); asked.on('error', reject) })
  answered.catch(() => undefined)
  const sent = new Promise<void>((resolve) => { asked.write(body.slice(0, 10), () => { resolve() }) })
  return { sent, finish: async () => { asked.end(body.slice(10)); return await answered } }
}

test('asked to stop, it answers what is under way, refuses what comes after, and exits with 0', async () => {
  server = await startServer(place.environment)
  const slow = slowSignUp(server.address)
  await slow.sent
  // The server has the head of the request once another one, sent after it, is answered.
  expect((await fetch(`${server.address}/healthz`)).status).toBe(200)
  server.child.kill('SIGTERM')
  await expect.poll(() => server.said(), { timeout: 30_000 }).toContain('Stopping')
  expect(await slow.finish()).toBe(201)
  expect(await server.ended).toBe(0)
  await expect(fetch(`${server.address}/healthz`)).rejects.toThrow()
}, 300_000)

test('asked twice, it stops at once with 1 and leaves nothing that keeps the next one from starting', async () => {
  server = await startServer(place.environment)
  const slow = slowSignUp(server.address)
  await slow.sent
  // Without a request under way it would have stopped before the second signal.
  expect((await fetch(`${server.address}/healthz`)).status).toBe(200)
  server.child.kill('SIGTERM')
  await expect.poll(() => server.said(), { timeout: 30_000 }).toContain('Stopping')
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(1)
  server = await startServer(place.environment)
  expect((await fetch(`${server.address}/readyz`)).status).toBe(200)
}, 400_000)
