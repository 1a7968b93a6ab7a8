import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const CLI = join(import.meta.dirname, '..', '..', 'server', 'entry', 'cli.ts')

/** One `quittance start` of its own, with what it wrote so far. */
type Started = { readonly child: ChildProcess; readonly output: () => { out: string; err: string }; readonly ended: Promise<number | null> }

const running = new Set<ChildProcess>()

function start(environment: Record<string, string>, args: string[] = ['--no-demo']): Started {
  const child = spawn(process.execPath, [CLI, 'start', ...args], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', HOST: '127.0.0.1', DATABASE_URL: '', QUITTANCE_SECRET: '', LOG_LEVEL: 'warn', ...environment },
  })
  running.add(child)
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString() })
  child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString() })
  const ended = new Promise<number | null>((resolve) => { child.on('close', (code) => { running.delete(child); resolve(code) }) })
  return { child, output: () => ({ out, err }), ended }
}

/** The address the server printed, once it listens. */
async function addressOf(server: Started): Promise<string> {
  for (let n = 0; n < 500; n += 1) {
    const address = /https?:\/\/127\.0\.0\.1:\d+/.exec(server.output().err)?.[0]
    if (address) return address
    await new Promise((resolve) => { setTimeout(resolve, 50) })
  }
  throw new Error(`no address was printed: ${server.output().err}`)
}

const folder = mkdtempSync(join(tmpdir(), 'quittance-start-'))
let first: Started
let address: string
beforeAll(async () => {
  first = start({ QUITTANCE_DATA: folder })
  address = await addressOf(first)
})
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

test('it serves on one port, tells it to the person on standard error, and writes nothing else there', async () => {
  expect((await fetch(`${address}/readyz`)).status).toBe(200)
  expect(await (await fetch(`${address}/api/instance`)).json()).toMatchObject({ engine: 'embedded', hasUsers: false, demo: null })
  expect(first.output().err).toMatch(/^Quittance \d+\.\d+\.\d+\n {2}Adresse \/ Address {6}http:/)
  expect(first.output().out).toBe('')
})

test('a second process on the same folder is refused in one line that names the folder and the process', async () => {
  const second = start({ QUITTANCE_DATA: folder })
  expect(await second.ended).toBe(1)
  const { err } = second.output()
  expect(err).toContain(folder)
  expect(err).toContain(String(first.child.pid))
  expect(err.trimEnd().split('\n')).toHaveLength(1)
})

test('a port that is taken is refused in one line that proposes another', async () => {
  const port = new URL(address).port
  const other = mkdtempSync(join(tmpdir(), 'quittance-start-'))
  const second = start({ QUITTANCE_DATA: other, PORT: port })
  expect(await second.ended).toBe(1)
  expect(second.output().err).toBe(`Le port ${port} est déjà pris sur 127.0.0.1. Arrêtez l'autre programme ou choisissez un autre port, par exemple PORT=${Number(port) + 1}. / `
    + `Port ${port} is already taken on 127.0.0.1. Stop the other program or choose another port, for example PORT=${Number(port) + 1}.\n`)
  expect(readdirSync(other)).not.toContain('database')
  rmSync(other, { recursive: true, force: true })
})

test('every setting that is wrong is named, and nothing is opened', async () => {
  const server = start({ QUITTANCE_DATA: folder, PORT: 'abc', PUBLIC_URL: 'nowhere' })
  expect(await server.ended).toBe(1)
  const lines = server.output().err.trimEnd().split('\n')
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'PUBLIC_URL'])
})

test('an unknown option is a wrong usage', async () => {
  const server = start({ QUITTANCE_DATA: folder }, ['--nothing'])
  expect(await server.ended).toBe(2)
})

test('a PostgreSQL server that does not answer is said so, without its password', async () => {
  const server = start({ DATABASE_URL: 'postgres://someone:hidden@127.0.0.1:1/none', QUITTANCE_SECRET: 'x'.repeat(40), QUITTANCE_DATA: folder })
  expect(await server.ended).toBe(1)
  const { err } = server.output()
  expect(err).toContain('DATABASE_URL')
  expect(err).not.toContain('hidden')
  expect(err.trimEnd().split('\n')).toHaveLength(1)
})

test('what was acknowledged before kill -9 is there at the next start, and so is the session', async () => {
  const headers = { 'content-type': 'application/json' }
  const signedUp = await fetch(`${address}/api/auth/sign-up`, { method: 'POST', headers, body: JSON.stringify({ name: 'Claire', email: 'claire@example.org', password: 'correct horse battery' }) })
  const cookie = (signedUp.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  const created = await fetch(`${address}/api/companies`, { method: 'POST', headers: { ...headers, cookie }, body: JSON.stringify({ name: 'Survivante', kind: 'company' }) })
  expect(created.status).toBe(201)
  first.child.kill('SIGKILL')
  await first.ended
  first = start({ QUITTANCE_DATA: folder })
  address = await addressOf(first)
  const me = await (await fetch(`${address}/api/me`, { headers: { cookie } })).json() as { companies: { name: string }[] }
  expect(me.companies.map(({ name }) => name)).toEqual(['Survivante'])
})

test('asked to stop, it ends its work, gives the folder back and exits with 0', async () => {
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
  expect(readdirSync(folder)).not.toContain('quittance.lock')
  expect(first.output().err).toContain('Arrêt')
})
