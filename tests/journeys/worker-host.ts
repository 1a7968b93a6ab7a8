import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { Config } from '../../server/platform/config/config.ts'
import { openDb } from '../../server/platform/db/open.ts'
import type { Db } from '../../server/platform/db/types.ts'
import { createLogger } from '../../server/platform/log/log.ts'
import { composeApp, type Parts, type Running } from '../../server/entry/compose.ts'
import { asSuperuser, urlOf } from '../support/template.ts'
import type { WorkerOrder } from './worker-child.ts'

/** The same as the command line keeps: a worker starts in a fraction of the time. */
const COMPILED = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'quittance')

export type Child = { readonly process: ChildProcess; readonly said: () => string; readonly ended: Promise<NodeJS.Signals | number | null>; until(word: string): Promise<void> }

/** A database of its own on the PostgreSQL server of the tests, which several processes share. */
export type WorkerHost = {
  readonly config: Config
  readonly owner: Db
  /** The application in this process, over a pool of its own. */
  compose(parts?: Pick<Parts, 'clock' | 'workers' | 'pace'>): Promise<Running & { readonly close: () => Promise<void> }>
  /** A worker in a process of its own. */
  worker(stop: string | null): Child
  close(): Promise<void>
}

export function childOf(child: ChildProcess): Child {
  let said = ''
  let complaint = ''
  const waiting = new Set<() => void>()
  child.stdout?.on('data', (data: Buffer) => { said += data.toString(); for (const look of waiting) look() })
  child.stderr?.on('data', (data: Buffer) => { complaint += data.toString(); said += data.toString(); for (const look of waiting) look() })
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => { child.on('close', (code, signal) => { resolve(signal ?? code) }) })
  return {
    process: child, said: () => said, ended,
    until: (word) => new Promise((resolve, reject) => {
      const look = () => { if (said.includes(word)) { waiting.delete(look); resolve() } }
      waiting.add(look)
      void ended.then(() => { reject(new Error(`the process ended before it said "${word}": ${complaint}`)) })
      look()
    }),
  }
}

export async function openWorkerHost(): Promise<WorkerHost> {
  const template = inject('quittanceTemplate')
  if (template.engine !== 'postgres') throw new Error('several processes need a PostgreSQL server')
  const name = `quittance_test_${process.pid}_${randomBytes(4).toString('hex')}`
  const folder = mkdtempSync(join(tmpdir(), 'quittance-worker-'))
  await asSuperuser(template.url, (admin) => admin.exec(`create database ${name} template ${template.database}`))
  const config: Config = {
    host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1:3000', dataFolder: folder, databaseUrl: urlOf(template.url, name, true),
    secret: 'a secret of the tests, long enough to be one', previousSecrets: [], trustProxy: ['loopback'], allowedOrigins: [], logLevel: 'fatal', demo: false,
  }
  const owner = await openDb({ url: urlOf(template.url, name), dataFolder: '', poolSize: 2 })
  const children = new Set<ChildProcess>()
  return {
    config, owner,
    compose: async (parts = {}) => {
      const db = await openDb({ url: config.databaseUrl ?? undefined, dataFolder: folder, poolSize: 6 })
      const running = await composeApp({ config, db, log: createLogger({ level: 'fatal' }), ...parts })
      return { ...running, close: async () => { await running.stop(); await db.close() } }
    },
    worker: (stop) => {
      const order: WorkerOrder = { config, stop }
      const child = spawn(process.execPath, [join(import.meta.dirname, 'worker-child.ts'), JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: COMPILED } })
      children.add(child)
      child.on('close', () => { children.delete(child) })
      return childOf(child)
    },
    close: async () => {
      for (const child of children) child.kill('SIGKILL')
      await owner.close()
      await asSuperuser(template.url, (admin) => admin.exec(`drop database if exists ${name} with (force)`))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
