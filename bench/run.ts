// npm run bench -- [--size 10k,100k] [--seed any] [--only name] [--rounds n]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { apiCase } from './cases/api.ts'
import { bankImportCase } from './cases/bank-import.ts'
import { categoriseCase } from './cases/categorise.ts'
import type { RunCase } from './cases/context.ts'
import { fecCase } from './cases/fec.ts'
import { postingCase, trialBalanceCase } from './cases/ledger.ts'
import { matchingCase } from './cases/matching.ts'
import { parsersCase } from './cases/parsers.ts'
import { peersCase } from './cases/peers.ts'
import { startCase } from './cases/start.ts'
import { type Bench, embeddedBench, postgresBench } from './database.ts'
import type { Result } from './measure.ts'
import { tableOf } from './table.ts'

const CASES: Readonly<Record<string, RunCase>> = {
  balance: trialBalanceCase, posting: postingCase, import: bankImportCase, parsers: parsersCase, fec: fecCase, match: matchingCase, categorise: categoriseCase, start: startCase, api: apiCase, peers: peersCase,
}

const USAGE = `npm run bench -- [--size 10k,100k|1m] [--seed any] [--only ${Object.keys(CASES).join('|')}] [--rounds n] [--engine embedded|postgres]\n`

type Options = { readonly sizes: readonly number[]; readonly seed: string; readonly names: readonly string[]; readonly rounds: number; readonly engine: string | undefined }

/** "10k" or "1m"; 0 when it is neither. */
function entriesOf(size: string): number {
  const found = /^(\d{1,3})([km])$/.exec(size)
  return found ? Number(found[1]) * (found[2] === 'k' ? 1_000 : 1_000_000) : 0
}

/** What the size does not change is measured once. */
const ONE_SIZE = new Set(['start'])

function readOptions(): Options | null {
  try {
    const { values } = parseArgs({ options: { size: { type: 'string', default: '10k,100k' }, seed: { type: 'string', default: '42' }, only: { type: 'string' }, rounds: { type: 'string', default: '5' }, engine: { type: 'string' } }, strict: true })
    const sizes = values.size.split(',').map(entriesOf)
    const names = values.only === undefined ? Object.keys(CASES) : values.only.split(',')
    const rounds = Number(values.rounds)
    if (sizes.includes(0) || names.some((name) => !(name in CASES)) || !Number.isInteger(rounds) || rounds < 1) return null
    return { sizes, seed: values.seed, names, rounds, engine: values.engine }
  } catch {
    return null
  }
}

/** Databases are opened when a case first asks for one. */
function openOnce({ engine }: Options): { benches(): Promise<readonly Bench[]>; close(): Promise<void> } {
  let opened: Promise<Bench[]> | undefined
  const open = async (): Promise<Bench[]> => {
    const url = process.env['DATABASE_URL'] ?? process.env['QUITTANCE_TEST_DB']
    return [...(engine === 'postgres' ? [] : [await embeddedBench()]), ...(url && engine !== 'embedded' ? [await postgresBench(url)] : [])]
  }
  return {
    benches: () => (opened ??= open()),
    close: async () => { for (const bench of await opened ?? []) await bench.close() },
  }
}

const options = readOptions()
if (options) {
  const folder = mkdtempSync(join(tmpdir(), 'quittance-bench-'))
  const databases = openOnce(options)
  const results: Result[] = []
  // A run cut short leaves no database behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { void databases.close().finally(() => { process.exit(1) }) })
  try {
    for (const [at, entries] of options.sizes.entries()) {
      for (const name of options.names) {
        if (at > 0 && ONE_SIZE.has(name)) continue
        process.stderr.write(`${name}, ${entries}…\n`)
        results.push(...await CASES[name]!({ ...options, entries, benches: databases.benches, folder }))
      }
    }
  } finally {
    await databases.close()
    rmSync(folder, { recursive: true, force: true })
  }
  process.stdout.write(`${tableOf(results)}\n\n`
    + `Ratios are times against the first contender of each work (1 = as fast, 2 = twice as long), per unit of work, taken round by round over ${options.rounds} interleaved rounds.\n`)
} else {
  process.stderr.write(USAGE)
  process.exitCode = 2
}
