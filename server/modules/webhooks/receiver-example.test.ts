import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newSecret, signatureHeaders } from './signature.ts'

const PAGE = join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'webhooks.md')
const secret = newSecret()
let child: ChildProcess
let url: string
let printed = ''

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((ready) => { probe.listen(0, '127.0.0.1', ready) })
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => { probe.close(closed) })
  return port
}

beforeAll(async () => {
  const code = /```js\n([\s\S]*?)```/.exec(readFileSync(PAGE, 'utf8'))?.[1] ?? ''
  const port = await freePort()
  url = `http://127.0.0.1:${port}/`
  child = spawn(process.execPath, ['--input-type=module', '--eval', code], { env: { ...process.env, NODE_OPTIONS: '', WEBHOOK_SECRET: secret, PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout!.on('data', (part: Buffer) => { printed += part.toString() })
  await vi.waitFor(async () => { expect((await fetch(url)).status).toBe(401) }, { timeout: 30_000, interval: 100 })
})
afterAll(() => { child.kill() })

const body = JSON.stringify({ id: 'e1', type: 'invoice.paid', subject: 'i1' })
const now = () => Math.floor(Date.now() / 1000)
async function post(headers: Record<string, string>, text = body): Promise<number> {
  return (await fetch(url, { method: 'POST', headers, body: text })).status
}

test('the receiver of the reference takes what is signed, once, and refuses the rest', async () => {
  const signed = signatureHeaders([secret], { id: 'e1', timestamp: now(), body })
  expect([await post(signed), await post(signed)]).toEqual([204, 204])
  expect(await post(signatureHeaders([newSecret(), secret], { id: 'e2', timestamp: now(), body }))).toBe(204)
  expect([
    await post({}), await post(signed, `${body} `), await post({ ...signed, 'webhook-id': 'e3' }), await post({ ...signed, 'webhook-timestamp': String(now() - 1) }),
    await post(signatureHeaders([newSecret()], { id: 'e4', timestamp: now(), body })), await post(signatureHeaders([secret], { id: 'e5', timestamp: now() - 301, body })),
  ]).toEqual([401, 401, 401, 401, 401, 401])
  await vi.waitFor(() => { expect(printed).toBe('invoice.paid i1\ninvoice.paid i1\n') })
})

test('the example stays within twenty-five lines', () => {
  expect(/```js\n([\s\S]*?)```/.exec(readFileSync(PAGE, 'utf8'))![1]!.trim().split('\n').length).toBeLessThanOrEqual(25)
})
