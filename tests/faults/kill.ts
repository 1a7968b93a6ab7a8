// The busiest hour of a company, cut short again and again by kill -9: invoices issued, statements imported and payments
// matched through the API, each request sent again with the same key until it is answered.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { createRandom, type Random } from '../../server/modules/demo/generator/random.ts'
import { cfonb, TEST_ACCOUNT } from '../journeys/bank-files.ts'
import { type Place, type ServerProcess, startServer } from './server-process.ts'

/** What was answered: it must all be there in the end, once. */
export type Acknowledged = { readonly invoices: { readonly id: string; readonly number: string; readonly cents: bigint }[]; statements: number; lines: number; closing: bigint; readonly matches: string[] }

export type Hour = { readonly tenantId: string; readonly acknowledged: Acknowledged; readonly kills: number; readonly interrupted: number }

type Answer = { readonly status: number; readonly body: Record<string, unknown> }
type Session = { cookie: string; tenantId: string; customerId: string }
type Work = { readonly random: Random; readonly session: Session; readonly done: Acknowledged; address: Promise<string>; stopping: boolean; interrupted: number }

const LOST = Symbol('lost')

async function once(address: string, work: Pick<Work, 'session'>, { method, path, body, file, key }: Call): Promise<Answer | typeof LOST> {
  const form = new FormData()
  if (file) form.set('file', new Blob([file]), 'releve.cfo')
  try {
    const answer = await fetch(`${address}${path}`, {
      method, body: file ? form : body === undefined ? null : JSON.stringify(body), signal: AbortSignal.timeout(120_000),
      headers: { 'idempotency-key': key, cookie: work.session.cookie, ...(work.session.tenantId ? { 'quittance-tenant': work.session.tenantId } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    })
    const text = await answer.text()
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
    if (cookie && !work.session.cookie) work.session.cookie = cookie
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] }
  } catch {
    return LOST
  }
}

type Call = { readonly method: string; readonly path: string; readonly body?: unknown; readonly file?: string; readonly key: string }

/** Sends a request until it is answered, always under the same key: that is what a careful client does. */
async function send(work: Work, call: Omit<Call, 'key'>): Promise<Answer> {
  const key = randomUUID()
  for (;;) {
    const answer = await once(await work.address, work, { ...call, key })
    if (answer === LOST) { work.interrupted += 1; await wait(20); continue }
    const passing = answer.status === 429 || answer.status === 503 || String(answer.body['code'] ?? '') === 'IDEMPOTENCY_IN_PROGRESS' || String(answer.body['code'] ?? '') === 'LINE_NOT_POSTED'
    if (!passing) return answer
    await wait(answer.status === 429 ? 1_000 : 50)
  }
}

function expectStatus(answer: Answer, status: number, what: string): Answer['body'] {
  if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

const cents = (amount: string): bigint => BigInt(amount.replace('.', ''))

async function issueInvoice(work: Work): Promise<void> {
  const lines = [{ description: 'Prestation', quantity: String(work.random.between(1, 9)), unitPrice: `${work.random.between(10, 900)}.${work.random.between(10, 99)}`, vatRate: '20', nature: 'services' }]
  const draft = expectStatus(await send(work, { method: 'POST', path: '/api/invoices/sales', body: { customerId: work.session.customerId, issuedOn: '2026-03-02', lines } }), 201, 'draft') as { id: string }
  const issued = expectStatus(await send(work, { method: 'POST', path: `/api/invoices/sales/${draft.id}/issue`, body: {} }), 200, 'issue') as { id: string; number: string; gross: { amount: string } }
  work.done.invoices.push({ id: issued.id, number: issued.number, cents: cents(issued.gross.amount) })
}

/** A statement that pays some of the invoices and holds lines of nobody. */
async function importStatement(work: Work): Promise<void> {
  const paid = work.done.invoices.slice(-3)
  const day = `2026-0${3 + (work.done.statements >> 4) % 6}-${String(3 + work.done.statements % 16).padStart(2, '0')}`
  const serial = String(work.done.statements).padStart(5, '0')
  const movements = [
    ...paid.map(({ number, cents: amount }, index) => ({ on: day, cents: amount, label: `VIR ${number}`, reference: `K${serial}${index}` })),
    { on: day, cents: -BigInt(work.random.between(100, 90_000)), label: `PRLV FOURNISSEUR ${serial}`, reference: `F${serial}` },
  ]
  const file = cfonb({ openingOn: '2026-03-01', opening: work.done.closing, closingOn: day, movements })
  const preview = expectStatus(await send(work, { method: 'POST', path: '/api/imports', file }), 201, 'preview') as { id: string }
  expectStatus(await send(work, { method: 'POST', path: `/api/imports/${preview.id}/commit`, body: {} }), 200, 'commit')
  work.done.statements += 1
  work.done.lines += movements.length
  work.done.closing = movements.reduce((total, movement) => total + movement.cents, work.done.closing)
}

type Suggestions = { items: { line: { id: string }; proposals: { allocations: { invoiceId: string; amount: { amount: string } }[]; residual: { amount: { amount: string }; account: string } | null }[] }[] }

async function acceptMatch(work: Work): Promise<void> {
  const found = expectStatus(await send(work, { method: 'GET', path: '/api/reconciliation/suggestions?onlyWithProposal=true&limit=5' }), 200, 'suggestions') as Suggestions
  const [first] = found.items
  const proposal = first?.proposals[0]
  if (!first || !proposal) { await wait(100); return }
  const body = {
    lineId: first.line.id, allocations: proposal.allocations.map(({ invoiceId, amount }) => ({ invoiceId, amount: amount.amount })),
    residual: proposal.residual && { amount: proposal.residual.amount.amount, account: proposal.residual.account },
  }
  const made = expectStatus(await send(work, { method: 'POST', path: '/api/reconciliation/matches', body }), 201, 'match') as { id: string }
  work.done.matches.push(made.id)
}

async function open(work: Work): Promise<void> {
  const email = `person-${randomUUID()}@example.org`
  expectStatus(await send(work, { method: 'POST', path: '/api/auth/sign-up', body: { name: 'Person', email, password: 'correct horse battery' } }), 201, 'sign-up')
  const company = expectStatus(await send(work, { method: 'POST', path: '/api/companies', body: { name: 'Société', kind: 'company', firstYear: { startsOn: '2026-01-01', endsOn: '2026-12-31' } } }), 201, 'company') as { id: string }
  work.session.tenantId = company.id
  const customer = expectStatus(await send(work, { method: 'POST', path: '/api/customers', body: { name: 'Maison Vermeil' } }), 201, 'customer') as { id: string }
  work.session.customerId = customer.id
  expectStatus(await send(work, { method: 'POST', path: '/api/accounts', body: { name: 'Courant', iban: TEST_ACCOUNT.iban } }), 201, 'account')
}

async function keepDoing(work: Work, step: (work: Work) => Promise<void>): Promise<void> {
  while (!work.stopping) await step(work)
}

/** Runs the hour, killing the server `kills` times at moments drawn from the seed. The server is stopped when it ends. */
export async function busyHour(place: Place, options: { readonly kills: number; readonly seed: number; readonly onKill?: (number: number) => void }): Promise<Hour> {
  const random = createRandom(options.seed)
  let server: ServerProcess = await startServer(place.environment)
  const work: Work = {
    random: createRandom(options.seed + 1), address: Promise.resolve(server.address), stopping: false, interrupted: 0,
    session: { cookie: '', tenantId: '', customerId: '' }, done: { invoices: [], statements: 0, lines: 0, closing: 0n, matches: [] },
  }
  await open(work)
  const working = Promise.all([issueInvoice, issueInvoice, importStatement, acceptMatch].map((step) => keepDoing(work, step)))
  let failure: unknown
  working.catch((error: unknown) => { failure = error })
  for (let n = 1; n <= options.kills && !failure; n += 1) {
    await wait(random.between(30, 2_500))
    const next = Promise.withResolvers<string>()
    work.address = next.promise
    await server.kill('SIGKILL')
    server = await startServer(place.environment)
    next.resolve(server.address)
    options.onKill?.(n)
  }
  await wait(500)
  work.stopping = true
  try {
    await working
  } finally {
    await server.kill('SIGTERM')
  }
  return { tenantId: work.session.tenantId, acknowledged: work.done, kills: options.kills, interrupted: work.interrupted }
}
