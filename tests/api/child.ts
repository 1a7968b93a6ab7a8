import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { Config } from '../../server/platform/config/config.ts'
import { asSuperuser, urlOf } from '../support/template.ts'

/** A data folder, or a database of its own on the server that the tests use. */
export type Place = { readonly config: Config; remove(): Promise<void> }

export async function makePlace(more: Partial<Config> = {}): Promise<Place> {
  const template = inject('quittanceTemplate')
  const name = `quittance_test_${process.pid}_${randomBytes(4).toString('hex')}`
  const folder = mkdtempSync(join(tmpdir(), 'quittance-api-'))
  if (template.engine === 'postgres') await asSuperuser(template.url, (admin) => admin.exec(`create database ${name} template ${template.database}`))
  return {
    config: {
      host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1:3000', dataFolder: folder, databaseUrl: template.engine === 'embedded' ? null : urlOf(template.url, name, true),
      secret: 'a secret of the tests, long enough to be one', logLevel: 'fatal', demo: false, previousSecrets: [], trustProxy: ['loopback'], allowedOrigins: [], ...more,
    },
    remove: async () => {
      if (template.engine === 'postgres') await asSuperuser(template.url, (admin) => admin.exec(`drop database if exists ${name} with (force)`))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Child = { readonly address: string; readonly pid: number; says(word: string): Promise<void>; tell(line: string): void; kill(): Promise<void> }

/** A server in a process of its own, on a place that outlives it. */
export async function startChild(config: Config): Promise<Child> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'server-child.ts'), JSON.stringify(config)], { stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  let complaint = ''
  const hopes: (() => void)[] = []
  child.stderr?.on('data', (data: Buffer) => { complaint += data.toString() })
  child.stdout?.on('data', (data: Buffer) => { said += data.toString(); for (const look of hopes) look() })
  const ended = new Promise<void>((resolve) => { child.on('exit', () => { resolve(); for (const look of hopes) look() }) })
  const says = (word: string) => new Promise<void>((resolve, reject) => {
    const look = () => {
      if (said.includes(word)) resolve()
      else if (child.exitCode !== null) reject(new Error(`the server ended by itself: ${complaint}`))
    }
    hopes.push(look)
    look()
  })
  await says('http://127.0.0.1:')
  await says('\n')
  return {
    address: /http:\/\/\S+/.exec(said)?.[0] ?? '', pid: child.pid ?? 0, says,
    tell: (line) => { child.stdin?.write(`${line}\n`) },
    kill: async () => { child.kill('SIGKILL'); await ended },
  }
}

/** A person with a company, made through the API, and the headers of both. */
export async function signUpAt(address: string): Promise<Record<string, string>> {
  const json = { 'content-type': 'application/json' }
  const signUp = await fetch(`${address}/api/auth/sign-up`, { method: 'POST', headers: json, body: JSON.stringify({ name: 'Person', email: `person-${randomBytes(4).toString('hex')}@example.org`, password: 'correct horse battery' }) })
  const cookie = signUp.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ')
  const company = await fetch(`${address}/api/companies`, { method: 'POST', headers: { ...json, cookie }, body: JSON.stringify({ name: 'Société', kind: 'company' }) })
  const { id } = await company.json() as { id: string }
  return { ...json, cookie, 'quittance-tenant': id }
}
