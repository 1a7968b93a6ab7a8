import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { commitImport, postBankLines, previewImport } from '../../server/modules/banking/index.ts'
import { ROOT } from '../child/run.ts'
import { type Server, startServer } from '../child/server.ts'
import { type Bench, CONFIG } from '../database.ts'
import { bankOf } from '../data/bank.ts'
import { csvStatement } from '../data/files.ts'
import { journalOf } from '../data/journal.ts'
import { expectThat, measure, type Result } from '../measure.ts'
import type { RunCase, Setting } from './context.ts'
import { postAll } from './ledger.ts'

const CONNECTIONS = 16
const REQUESTS = 600
/** A new bank account has its own 512 and 471. */
const ACCOUNTS_OF_BANK = 2

type Answers = { readonly bodies: readonly string[]; readonly p99: number }
type Target = { readonly server: Server; readonly headers: Readonly<Record<string, string>> }

function get(agent: Agent, { server, headers }: Target, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ agent, host: '127.0.0.1', port: server.port, path, headers }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => { body += chunk }).on('end', () => { resolve({ status: answer.statusCode ?? 0, body }) })
    })
    asked.on('error', reject).end()
  })
}

/** So many requests over sixteen connections that stay open, each one sending the next as soon as it is answered. */
async function load(target: Target, path: string): Promise<Answers> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const times: number[] = []
  const bodies: string[] = []
  let sent = 0
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    while (sent < REQUESTS) {
      sent += 1
      const from = performance.now()
      const { status, body } = await get(agent, target, path)
      times.push(performance.now() - from)
      expectThat(status === 200, `${path} answered ${status}: ${body.slice(0, 200)}`)
      if (bodies.length < 3) bodies.push(body)
    }
  }))
  agent.destroy()
  times.sort((a, b) => a - b)
  return { bodies, p99: times[Math.floor(times.length * 0.99)]! }
}

async function compare(targets: { readonly bare: Target; readonly product: Target }, of: { readonly path: string; readonly what: string; readonly items: (body: string) => number; readonly expected: number; readonly rounds: number }): Promise<Result[]> {
  const p99: Record<string, number[]> = { bare: [], product: [] }
  const contender = (name: 'bare' | 'product', title: string) => ({
    name: title,
    run: () => load(targets[name], of.path),
    check: (answers: Answers) => {
      p99[name]!.push(answers.p99)
      for (const body of answers.bodies) expectThat(of.items(body) === of.expected, `${of.items(body)} items, not ${of.expected}`)
    },
  })
  const results = await measure<Answers>({
    title: `(h) API, ${of.what}, PostgreSQL, ${CONNECTIONS} connections`, unit: 'requests', work: REQUESTS, rounds: of.rounds,
    reference: contender('bare', 'bare Fastify + pg'), contenders: [contender('product', 'sign-in, company, RLS')],
  })
  const median = (name: 'bare' | 'product') => { const sorted = p99[name]!.slice(1).sort((a, b) => a - b); return sorted[sorted.length >> 1]! }
  return results.map((result, at) => ({ ...result, name: `${result.name}, p99 ${median(at === 0 ? 'bare' : 'product').toFixed(1)} ms` }))
}

async function api(bench: Bench, { entries, seed, rounds, folder }: Setting): Promise<Result[]> {
  const company = await bench.company()
  const drafts = journalOf(entries, seed)
  await postAll(bench, company, drafts)
  const { row } = await previewImport(bench.app, company.ctx, { fileName: 'bank.csv', bytes: Buffer.from(csvStatement(bankOf(Math.round(entries * 0.57), seed).lines)) })
  await commitImport(bench.app, company.ctx, { id: row.id, choice: { newAccount: { name: 'Banque' } } })
  // The server would make these entries by itself while it is being measured.
  await postBankLines(bench.app, company.ctx, row.id)
  const common = { LOG_LEVEL: 'fatal', QUITTANCE_DEMO: 'false', QUITTANCE_SECRET: CONFIG.secret, QUITTANCE_DATA: join(folder, 'api') }
  const product = await startServer([join(ROOT, 'server', 'entry', 'cli.ts'), 'start', '--no-demo'], { path: '/readyz', environment: (port) => ({ ...common, DATABASE_URL: bench.login!, PORT: String(port) }) })
  const bare = await startServer([join(ROOT, 'bench', 'child', 'bare-server.ts')], { path: '/readyz', environment: (port) => ({ DATABASE_URL: bench.url!, BENCH_TENANT: company.ctx.tenantId, PORT: String(port) }) })
  try {
    const targets = { bare: { server: bare, headers: {} }, product: { server: product, headers: { cookie: company.cookie, 'quittance-tenant': company.ctx.tenantId } } }
    const parsed = (body: string) => JSON.parse(body) as { items?: unknown[]; rows?: unknown[]; accounts?: unknown[] }
    const accounts = new Set(drafts.flatMap((draft) => draft.lines.map((line) => line.account))).size + ACCOUNTS_OF_BANK
    return [
      ...await compare(targets, { path: '/api/transactions?limit=50', what: 'page of 50 bank lines', items: (body) => parsed(body).items?.length ?? -1, expected: 50, rounds }),
      ...await compare(targets, { path: '/api/ledger/balance', what: 'trial balance', items: (body) => (parsed(body).rows ?? parsed(body).accounts)?.length ?? -1, expected: accounts, rounds }),
    ]
  } finally {
    await bare.stop()
    await product.stop()
  }
}

/** A page and an aggregate over HTTP, against Fastify and the driver alone. Both servers need a PostgreSQL server: nothing is measured without one. */
export const apiCase: RunCase = async (setting) => {
  const bench = (await setting.benches()).find((one) => one.url !== undefined)
  return bench ? api(bench, setting) : []
}
