import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, runNode } from '../child/run.ts'
import { startServer } from '../child/server.ts'
import { CONFIG } from '../database.ts'
import { expectThat, measure, type Result } from '../measure.ts'
import type { RunCase, Setting } from './context.ts'

const CLI = join(ROOT, 'server', 'entry', 'cli.ts')
const ROUNDS_MAX = 3

async function help(rounds: number): Promise<Result[]> {
  const answered = (text: string) => (out: Buffer) => { expectThat(out.toString().includes(text), 'the text of the help') }
  return measure<Buffer>({
    title: '(g) the command line', unit: '', work: 1, rounds,
    reference: { name: 'node that prints one word', run: async () => (await runNode(['-e', 'process.stdout.write("quittance")'])).out, check: answered('quittance') },
    contenders: [{ name: '--help', run: async () => (await runNode([CLI, '--help'])).out, check: answered('fec check') }],
  })
}

/** Times a start to the first right answer; stopping is not part of it. */
function starting(args: readonly string[], environment: Readonly<Record<string, string>>) {
  return async () => {
    const from = performance.now()
    const server = await startServer(args, { path: '/readyz', environment: (port) => ({ ...environment, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` }) })
    const ms = performance.now() - from
    await server.stop()
    return ms
  }
}

async function starts({ folder, rounds, benches }: Setting): Promise<Result[]> {
  const run = { check: () => undefined, elapsed: (ms: number) => ms }
  const base = { LOG_LEVEL: 'fatal', QUITTANCE_DEMO: 'false', QUITTANCE_SECRET: CONFIG.secret, DATABASE_URL: '' }
  const args = [CLI, 'start', '--no-demo']
  const kept = join(folder, 'kept')
  const postgres = (await benches()).find((bench) => bench.url !== undefined)
  const cold = async () => {
    const fresh = join(folder, randomBytes(4).toString('hex'))
    const ms = await starting(args, { ...base, QUITTANCE_DATA: fresh })()
    rmSync(fresh, { recursive: true, force: true })
    return ms
  }
  return measure<number>({
    title: '(g) start to the first answered /readyz', unit: '', work: 1, rounds: Math.min(rounds, ROUNDS_MAX),
    reference: { name: 'bare Fastify', run: starting([join(ROOT, 'bench', 'child', 'bare-server.ts')], { DATABASE_URL: '' }), ...run },
    contenders: [
      { name: 'start, embedded, new folder', run: cold, ...run },
      { name: 'start, embedded, existing folder', run: starting(args, { ...base, QUITTANCE_DATA: kept }), ...run },
      ...(postgres ? [{ name: 'start, PostgreSQL, migrated', run: starting(args, { ...base, QUITTANCE_DATA: kept, DATABASE_URL: postgres.login! }), ...run }] : []),
    ],
  })
}

/** How long the command line and a server take to answer for the first time. */
export const startCase: RunCase = async (setting) => [...await help(setting.rounds), ...await starts(setting)]
