import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttp } from '../../server/platform/http/create-http.ts'
import type { HttpApp } from '../../server/platform/http/routes.ts'
import { uploadOf } from '../../server/platform/http/upload.ts'
import { startTestApp, type TestApp } from '../support/server.ts'
import { makePlace, signUpAt, startChild } from './child.ts'

let t: TestApp
let http: HttpApp
let port: number
let release: (() => void) | undefined
let entered: () => void = () => undefined
beforeAll(async () => {
  t = await startTestApp()
  http = await createHttp(t.app, {
    findAccess: async () => undefined, version: '0.0.0', webFolder: '/nowhere', patience: { headersMs: 600, requestMs: 1_200, checkMs: 100, connectionsMax: 6 },
    routes: [(app) => {
      app.post('/api/test/file', { config: { access: 'public', upload: true } }, async (request) => ({ size: (await uploadOf(request)).bytes.length }))
      app.get('/api/test/slow', { config: { access: 'public' } }, async () => { entered(); await new Promise<void>((resolve) => { release = resolve }); return { done: true } })
      app.get('/api/test/quick', { config: { access: 'public' } }, async () => ({ done: true }))
    }],
  })
  await http.listen({ host: '127.0.0.1', port: 0 })
  port = Number(new URL(http.listeningOrigin).port)
})
afterAll(async () => {
  release?.()
  await http.close()
  await t.close()
})

/** What a connection answers until it is closed. */
function talk(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let said = ''
    socket.on('data', (data) => { said += data.toString() })
    socket.on('error', () => undefined)
    socket.on('close', () => { resolve(said) })
  })
}

describe('a slow client', () => {
  test.each([
    ['stops in the middle of its headers', 'GET /api/test/quick HTTP/1.1\r\nHost: a\r\nX-Half: '],
    ['stops in the middle of its body', 'POST /api/test/file HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n--b\r\n'],
  ])('that %s is told so and let go', async (_what, text) => {
    const socket = connect(port, '127.0.0.1')
    const answer = talk(socket)
    socket.write(text)
    expect(await answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"REQUEST_TOO_SLOW"/)
  })

  test('leaves the others served', async () => {
    const slow = Array.from({ length: 3 }, () => { const socket = connect(port, '127.0.0.1'); socket.on('error', () => undefined); socket.write('GET / HTTP/1.1\r\nHost: a\r\n'); return socket })
    expect((await fetch(`http://127.0.0.1:${port}/api/test/quick`)).status).toBe(200)
    for (const socket of slow) socket.destroy()
  })
})

test('connections beyond the limit are closed at once, and their place serves again', async () => {
  const held = Array.from({ length: 6 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  await Promise.all(held.map((socket) => new Promise<void>((resolve) => { socket.on('connect', resolve); socket.on('close', () => { resolve() }) })))
  const refused = connect(port, '127.0.0.1')
  expect(await talk(refused)).toBe('')
  for (const socket of held) socket.destroy()
  let status = 0
  while (status !== 200) status = await fetch(`http://127.0.0.1:${port}/api/test/quick`).then((response) => response.status, () => 0)
})

test('a file that says it is too large is refused before it is sent', async () => {
  const socket = connect(port, '127.0.0.1')
  let said = ''
  const refused = new Promise<void>((resolve) => { socket.on('data', (data) => { said += data.toString(); if (said.includes('PAYLOAD_TOO_LARGE')) resolve() }) })
  socket.on('error', () => undefined)
  socket.write('POST /api/test/file HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 209715200\r\n\r\n')
  await refused
  expect(said).toMatch(/^HTTP\/1\.1 413 /)
  socket.destroy()
})

test('a server that stops finishes what it does, and answers NOT_READY to what still comes', async () => {
  const own = await createHttp(t.app, { findAccess: async () => undefined, version: '0.0.0', webFolder: '/nowhere', routes: [(app) => {
    app.get('/api/test/slow', { config: { access: 'public' } }, async () => { entered(); await new Promise<void>((resolve) => { release = resolve }); return { done: true } })
  }] })
  await own.listen({ host: '127.0.0.1', port: 0 })
  const address = own.listeningOrigin
  const kept = connect(Number(new URL(address).port), '127.0.0.1')
  const first = new Promise<void>((resolve) => { kept.once('data', () => { resolve() }) })
  kept.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n')
  await first
  const inside = new Promise<void>((resolve) => { entered = resolve })
  const slow = fetch(`${address}/api/test/slow`)
  await inside
  // Two requests on one connection: the second is being sent when the stop begins.
  kept.write('GET /api/test/slow HTTP/1.1\r\nHo')
  await new Promise((resolve) => { setTimeout(resolve, 300) })
  const answer = talk(kept)
  const closing = own.close()
  while (own.server.listening) await new Promise((resolve) => { setTimeout(resolve, 10) })
  kept.write('st: a\r\n\r\n')
  expect(await answer).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 5[\s\S]*"code":"NOT_READY"/i)
  release?.()
  expect(await (await slow).json()).toEqual({ done: true })
  await closing
})

describe('200 MB', () => {
  test.skipIf(process.platform === 'linux')('not run: memory is read from /proc', () => undefined)

  test.runIf(process.platform === 'linux')('sent in chunks, without a length, are refused and leave the memory of the server flat', async () => {
    const place = await makePlace()
    const server = await startChild(place.config)
    const headers = await signUpAt(server.address)
    const memoryMb = () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024
    const megabyte = Buffer.alloc(1_048_576, 'x')
    const post = async (count: number): Promise<{ status: number; code: unknown }> => {
      let sent = 0
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (sent === 0) controller.enqueue(Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a.cfo"\r\n\r\n'))
          sent += 1
          if (sent <= count) controller.enqueue(megabyte)
          else { controller.enqueue(Buffer.from('\r\n--b--\r\n')); controller.close() }
        },
      })
      const response = await fetch(`${server.address}/api/imports`, { method: 'POST', headers: { ...headers, 'content-type': 'multipart/form-data; boundary=b' }, body, duplex: 'half' } as RequestInit)
      return { status: response.status, code: (await response.json() as { code?: unknown }).code }
    }
    await post(29)
    const before = memoryMb()
    let peak = before
    const watch = setInterval(() => { peak = Math.max(peak, memoryMb()) }, 20)
    const answers = [await post(200), await post(200), await post(200)]
    clearInterval(watch)
    expect(answers).toEqual(Array(3).fill({ status: 413, code: 'PAYLOAD_TOO_LARGE' }))
    // One file of the size allowed may be held, in pieces and while it is let go; never the six hundred megabytes that came.
    expect(peak - before).toBeLessThan(100)
    await server.kill()
    await place.remove()
  }, 240_000)
})
