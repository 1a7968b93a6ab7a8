import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asSuperuser, type TestTemplate, urlOf } from '../support/template.ts'

const CLI = join(import.meta.dirname, '..', '..', 'server', 'entry', 'cli.ts')
const START_MS_MAX = 240_000

/** Where the server of a test keeps its data: a folder, and a database on the server of QUITTANCE_TEST_DB when there is one. */
export type Place = { readonly folder: string; readonly ownerUrl: string | null; readonly environment: Readonly<Record<string, string>>; readonly remove: () => Promise<void> }

export const SECRET = 'jR7x-Wq2LzP0vT9sKd4mYc8bNf1hGa6e'

/** A fresh place; on PostgreSQL the server logs in as the role that owns nothing. */
export async function openPlace(template: TestTemplate): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'quittance-fault-'))
  const environment = { PATH: process.env['PATH'] ?? '', PORT: '0', HOST: '127.0.0.1', QUITTANCE_DATA: folder, QUITTANCE_SECRET: SECRET, LOG_LEVEL: 'fatal', QUITTANCE_DEBUG: '1', DATABASE_URL: '', DATABASE_OWNER_URL: '', BACKUP_TIME: 'off', RATE_LIMIT_WRITES: '1000000', RATE_LIMIT_READS: '1000000', RATE_LIMIT_EXPORTS: '1000000', RATE_LIMIT_ADDRESS: '1000000' }
  if (template.engine === 'embedded') return { folder, ownerUrl: null, environment, remove: async () => { rmSync(folder, { recursive: true, force: true }) } }
  const name = `quittance_test_${process.pid}_${randomBytes(4).toString('hex')}`
  await asSuperuser(template.url, (admin) => admin.exec(`create database ${name} template ${template.database}`))
  const ownerUrl = urlOf(template.url, name)
  return {
    folder, ownerUrl, environment: { ...environment, DATABASE_URL: urlOf(template.url, name, true), DATABASE_OWNER_URL: ownerUrl },
    remove: async () => {
      await asSuperuser(template.url, (admin) => admin.exec(`drop database if exists ${name} with (force)`))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type ServerProcess = { readonly address: string; readonly child: ChildProcess; readonly ended: Promise<number | null>; readonly said: () => string; kill(signal: NodeJS.Signals): Promise<number | null> }

/** One `quittance start` of its own, listening. */
export async function startServer(environment: Readonly<Record<string, string>>, args: readonly string[] = ['start', '--no-demo']): Promise<ServerProcess> {
  const child = spawn(process.execPath, [CLI, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  const ended = new Promise<number | null>((resolve) => { child.on('close', (code) => { resolve(code) }) })
  const address = await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => { child.kill('SIGKILL'); reject(new Error(`the server did not start: ${text}`)) }, START_MS_MAX)
    const heard = (chunk: Buffer) => {
      text += chunk.toString()
      const found = /https?:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0]
      if (found) { clearTimeout(limit); resolve(found) }
    }
    child.stdout.on('data', heard)
    child.stderr.on('data', heard)
    void ended.then((code) => { clearTimeout(limit); reject(new Error(`the server ended with ${code}: ${text}`)) })
  })
  return { address, child, ended, said: () => text, kill: async (signal) => { child.kill(signal); return await ended } }
}
