import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '../../server/platform/db/migrate.ts'
import { installJobs } from '../../server/platform/jobs/install.ts'
import { asSuperuser, urlOf } from '../../tests/support/template.ts'
import { ROOT } from '../child/run.ts'
import { expectThat, type Figure, type Result } from '../measure.ts'
import type { RunCase, Setting } from './context.ts'

const CLI = join(ROOT, 'server', 'entry', 'cli.ts')
/** Beyond this size other programs take minutes a round, and gigabytes. */
const SLOW_PEERS_ENTRIES_MAX = 100_000
const FAST = ['postgres-sql-warm', 'postgres-monthly-rollup', 'postgres-copy-to', 'postgres-copy+dedup', 'cat-fec-files', 'node-csv-scan', 'node-parse-only', 'quittance']
const WORKS = [{ work: 'balance', reference: 'postgres-monthly-rollup' }, { work: 'export', reference: 'postgres-copy-to' }, { work: 'import', reference: 'postgres-copy+dedup' }] as const

const ROW = /^(?<name>\S+) \| (?<wall>[\d.]+) \((?<min>[\d.]+)-(?<max>[\d.]+)\) \| [\d.]+ \| (?<mb>\d+) \| (?<ratio>[\d.]+) \| (?<answer>.*)$/

function seconds(median: string, min: string, max: string): Figure {
  return { median: Number(median) * 1000, min: Number(min) * 1000, max: Number(max) * 1000 }
}

/** The table that the peers' script prints. A wrong answer ends the run, whoever gave it. */
function resultsOf(title: string, printed: string, work: number): Result[] {
  return printed.split('\n').flatMap((line): Result[] => {
    const found = ROW.exec(line)?.groups
    if (!found) return []
    expectThat(found['answer'] === '' || found['answer'] === 'exact', `${title}: ${line}`)
    const ratio = Number(found['ratio'])
    const ms = seconds(found['wall']!, found['min']!, found['max']!)
    return [{ title, name: found['name']!, unit: 'lines', ms, perSecond: work / ms.median * 1000, ratio: { median: ratio, min: ratio, max: ratio }, peakMb: Number(found['mb']) }]
  })
}

function run(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
  const ended = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, ...environment } })
  expectThat(ended.status === 0, `${program} ${args.join(' ')}: ${ended.stderr.slice(-400)}`)
  return ended.stdout
}

async function compare(corpus: string, url: string, { entries, seed, rounds, folder }: Setting): Promise<Result[]> {
  const data = join(folder, `peers-${entries}`)
  run(process.execPath, [join(corpus, 'bench', 'generate.mjs'), '--size', String(entries), '--seed', seed, '--out', data])
  const [ours, theirs] = ['quittance_bench_peers', 'quittance_bench_yardstick']
  await asSuperuser(url, async (admin) => {
    for (const name of [ours, theirs]) {
      await admin.exec(`drop database if exists ${name} with (force)`)
      await admin.exec(`create database ${name}`)
    }
  })
  try {
    await asSuperuser(urlOf(url, ours), async (db) => { await migrate(db); await installJobs(db) })
    const environment = { DATABASE_URL: urlOf(url, ours) }
    run(process.execPath, [CLI, 'bench', 'load', data], environment)
    return WORKS.flatMap(({ work, reference }) => resultsOf(`(j) ${work}, whole process, ${entries} entries`, run(process.execPath, [
      join(corpus, 'bench', 'peers.mjs'), work, '--data', data, '--runs', String(rounds), '--pg', urlOf(url, theirs), '--ref', reference,
      '--add', `quittance=${process.execPath} ${CLI} bench ${work} {data}`, ...(entries > SLOW_PEERS_ENTRIES_MAX ? ['--only', FAST.join(',')] : []),
    ], environment), entries))
  } finally {
    await asSuperuser(url, async (admin) => { for (const name of [ours, theirs]) await admin.exec(`drop database if exists ${name} with (force)`) })
  }
}

/** Whole processes beside other programs, by the corpus's script. Needs the corpus, a PostgreSQL server and GNU time: nothing is measured without them. */
export const peersCase: RunCase = async (setting) => {
  const corpus = process.env['QUITTANCE_CORPUS']
  const url = process.env['DATABASE_URL'] ?? process.env['QUITTANCE_TEST_DB']
  if (!corpus || !url || !existsSync('/usr/bin/time')) {
    process.stderr.write('peers: not measured; it needs QUITTANCE_CORPUS, DATABASE_URL and /usr/bin/time\n')
    return []
  }
  return await compare(corpus, url, setting)
}
