// A PostgreSQL cluster of the test's own, to stop, restart and fill at will.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const VERSIONS = '/usr/lib/postgresql'

function programs(): string | undefined {
  if (!existsSync(VERSIONS)) return undefined
  const version = readdirSync(VERSIONS).filter((name) => existsSync(join(VERSIONS, name, 'bin', 'initdb'))).sort((a, b) => Number(b) - Number(a))[0]
  return version === undefined ? undefined : join(VERSIONS, version, 'bin')
}

/** Why no cluster can be made here; undefined when one can. The server refuses to run as root, so root lends itself to the user postgres. */
export function noOwnPostgres(): string | undefined {
  if (process.platform !== 'linux' || programs() === undefined) return 'the programs of a PostgreSQL server are not installed'
  if (process.getuid?.() === 0 && spawnSync('id', ['postgres']).status !== 0) return 'there is no user postgres'
  return undefined
}

export type OwnPostgres = { readonly url: string; stop(): void; start(): void; remove(): void }

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const address = server.address()
  await new Promise((resolve) => { server.close(resolve) })
  return address !== null && typeof address === 'object' ? address.port : 0
}

/** Makes and starts a cluster on a free port of this machine. */
export async function openOwnPostgres(): Promise<OwnPostgres> {
  const bin = programs()!
  const folder = mkdtempSync(join(tmpdir(), 'quittance-postgres-'))
  const asPostgres = (command: string, args: readonly string[]) => {
    const [program, all] = process.getuid?.() === 0 ? ['setpriv', ['--reuid', 'postgres', '--regid', 'postgres', '--clear-groups', join(bin, command), ...args]] as const : [join(bin, command), args] as const
    execFileSync(program, [...all], { stdio: 'ignore', cwd: folder, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' } })
  }
  chmodSync(folder, 0o777)
  const data = join(folder, 'data')
  const port = await freePort()
  asPostgres('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'])
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c shared_buffers=32MB`
  const start = () => { asPostgres('pg_ctl', ['-D', data, '-w', '-t', '120', '-l', join(folder, 'log'), '-o', options, 'start']) }
  const stop = () => { asPostgres('pg_ctl', ['-D', data, '-w', '-t', '120', '-m', 'immediate', 'stop']) }
  start()
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`, start, stop,
    remove: () => {
      try { stop() } catch { /* it is stopped already */ }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
