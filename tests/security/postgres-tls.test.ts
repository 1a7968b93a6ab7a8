import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openDb } from '../../server/platform/db/open.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const database = inject('quittanceTemplate')
const folder = mkdtempSync(join(tmpdir(), 'quittance-tls-'))
const path = (name: string) => join(folder, name)

/** An authority, and a certificate of "localhost" signed by it, made for this run. */
function makeCertificates(authority: string): void {
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  run('req', '-x509', ...curve, '-keyout', `${authority}.key`, '-out', `${authority}.pem`, '-days', '2', '-subj', `/CN=${authority}`)
  run('req', ...curve, '-keyout', `${authority}-server.key`, '-out', `${authority}-server.csr`, '-subj', '/CN=localhost')
  writeFileSync(path('extensions'), 'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth')
  run('x509', '-req', '-in', `${authority}-server.csr`, '-CA', `${authority}.pem`, '-CAkey', `${authority}.key`, '-CAcreateserial', '-out', `${authority}-server.pem`, '-days', '2', '-extfile', 'extensions')
}

type Gate = { readonly port: number; readonly server: Server; /** What the client said once it trusted the server. */ readonly said: string[] }

/** Takes a client of PostgreSQL as its server does (SSLRequest, then TLS), and hands it to the real server when there is one. */
async function openGate(answer: 'S' | 'N', target?: URL): Promise<Gate> {
  const said: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write(answer)
      if (answer === 'N') { socket.on('data', (data) => { said.push(data.toString('latin1')) }); return }
      const secure = new TLSSocket(socket, { isServer: true, key: readFileSync(path('ours-server.key')), cert: readFileSync(path('ours-server.pem')) })
      secure.on('error', () => undefined)
      secure.once('data', (first: Buffer) => {
        said.push(first.toString('latin1'))
        if (!target) { secure.destroy(); return }
        const real = connect(Number(target.port || 5432), target.hostname)
        real.on('error', () => secure.destroy())
        real.write(first)
        secure.pipe(real).pipe(secure)
      })
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  server.on('close', () => { for (const socket of sockets) socket.destroy() })
  return { port: (server.address() as AddressInfo).port, server, said }
}

let gate: Gate
let clear: Gate
beforeAll(async () => {
  if (!hasOpenssl) return
  makeCertificates('ours')
  makeCertificates('theirs')
  gate = await openGate('S', database.engine === 'postgres' ? new URL(database.url) : undefined)
  clear = await openGate('N')
})
afterAll(() => {
  gate?.server.close()
  clear?.server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens the database by its address and asks it one thing; the failure as text, or "answered". */
async function ask(port: number, options: string, host = 'localhost', as: URL = new URL('postgres://quittance:motdepasse@x/quittance')): Promise<string> {
  const url = `postgres://${as.username}:${as.password}@${host}:${port}${as.pathname}?${options}`
  try {
    const db = await openDb({ url, dataFolder: '', poolSize: 1 })
    try { await db.query('select 1') } finally { await db.close() }
    return 'answered'
  } catch (error) {
    return error instanceof Error ? `${error.message} ${'code' in error ? String(error.code) : ''}` : String(error)
  }
}

describe.runIf(hasOpenssl)('the connection to PostgreSQL with sslmode=verify-full', () => {
  const root = (authority: string) => `sslmode=verify-full&sslrootcert=${encodeURIComponent(path(`${authority}.pem`))}`

  test('speaks once the certificate is of the authority and of the host it called', async () => {
    gate.said.length = 0
    await ask(gate.port, root('ours'))
    expect(gate.said.join('')).toContain('quittance')
  })

  test.runIf(database.engine === 'postgres')('works over TLS with the real server', async () => {
    expect(await ask(gate.port, root('ours'), 'localhost', new URL(database.engine === 'postgres' ? database.url : ''))).toBe('answered')
  })

  test.each<[string, () => Promise<string>, RegExp]>([
    ['another authority', () => ask(gate.port, root('theirs')), /unable to verify|self.signed|issuer/i], ['an unknown authority', () => ask(gate.port, 'sslmode=verify-full'), /unable to verify|self.signed|issuer/i],
    ['another host', () => ask(gate.port, root('ours'), '127.0.0.1'), /altnames|does not match/i],
  ])('tells nothing to a server whose certificate is of %s', async (_who, asking, said) => {
    gate.said.length = 0
    expect(await asking()).toMatch(said)
    expect(gate.said).toEqual([])
  })

  test('tells nothing to a server that speaks in clear only', async () => {
    expect(await ask(clear.port, root('ours'))).toMatch(/does not support SSL/)
    expect(clear.said).toEqual([])
  })
})

if (!hasOpenssl) test.skip('not run: no openssl makes the certificates of the TLS test', () => undefined)
