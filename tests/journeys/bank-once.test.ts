import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { currency } from '../../core/kernel/currency.ts'
import { localDate } from '../../core/kernel/local-date.ts'
import { deliverLines, type DeliveredLine } from '../../server/modules/banking/index.ts'
import { startTestApp, type Answer, type TestApp, type TestCompany } from '../support/server.ts'
import { camt, cfonb, TEST_ACCOUNT, type TestStatement } from './bank-files.ts'

let server: TestApp
beforeAll(async () => { server = await startTestApp() })
afterAll(async () => { await server.close() })

const EUR = currency('EUR')
const MARCH: TestStatement = {
  openingOn: '2026-02-28', opening: 1_000_00n, closingOn: '2026-03-31',
  movements: [{ on: '2026-03-02', cents: 1_200_00n, label: 'VIR SEPA MENUISERIE DUPONT F-12' }, { on: '2026-03-05', cents: -45_90n, label: 'PRLV SEPA ELECTRICITE' }, { on: '2026-03-20', cents: 300_10n, label: 'VIR SEPA ATELIER LEROY' }],
}

const api = (company: TestCompany, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Answer> => server.api(method, path, { as: company, ...(body === undefined ? {} : { body }) })

async function preview(company: TestCompany, bytes: string): Promise<Answer> {
  return server.api('POST', '/api/imports', { as: company, file: { name: 'releve.txt', bytes } })
}

async function take(company: TestCompany, bytes: string, body: object = {}): Promise<Answer> {
  const shown = await preview(company, bytes)
  const answer = await api(company, 'POST', `/api/imports/${String(shown.body.id)}/commit`, body)
  await server.app.jobs.idle()
  return answer
}

async function open(company: TestCompany, body: object = {}): Promise<{ id: string; ledgerAccount: string; suspenseAccount: string }> {
  return (await api(company, 'POST', '/api/accounts', { name: 'Compte courant', iban: TEST_ACCOUNT.iban, ...body })).body
}

async function lines(company: TestCompany, query = ''): Promise<{ id: string; bookedOn: string; amount: { amount: string }; label: string; status: string; state: string; note: string | null; transferId: string | null }[]> {
  return (await api(company, 'GET', `/api/transactions?limit=100${query}`)).body.items
}

async function ledger(company: TestCompany, account: string): Promise<string> {
  return server.app.db.tenant(company.ctx, async (tx) => String((await tx.query<{ sum: bigint }>('select coalesce(sum(debit - credit), 0)::bigint as sum from app.entry_line where tenant_id = $1 and account = $2', [tx.tenantId, account])).rows[0]!.sum))
}

/** The roll-up of the days, and the same from the lines themselves: they are never apart. */
async function rollUp(company: TestCompany): Promise<{ kept: string; counted: string }> {
  return server.app.db.tenant(company.ctx, async (tx) => (await tx.query<{ kept: string; counted: string }>(`
    select coalesce((select string_agg(bank_account_id || ' ' || day || ' ' || moved_in || ' ' || moved_out || ' ' || line_count, ',' order by bank_account_id, day) from app.bank_day where tenant_id = $1 and line_count > 0), '') as kept,
      coalesce((select string_agg(s, ',' order by a, d) from (
        select bank_account_id as a, booked_on as d, bank_account_id || ' ' || booked_on || ' ' || coalesce(sum(amount) filter (where amount > 0), 0) || ' ' || coalesce(sum(amount) filter (where amount < 0), 0) || ' ' || count(*) as s
        from app.bank_line where tenant_id = $1 and status = 'booked' group by 1, 2) x), '') as counted`, [tx.tenantId])).rows[0]!)
}

async function expectExactDays(company: TestCompany): Promise<void> {
  const { kept, counted } = await rollUp(company)
  expect(kept).toBe(counted)
}

describe('a line the bank announces', () => {
  const announced = [{ on: '2026-03-31', cents: -23_50n, label: 'CARTE BRASSERIE DU PORT' }]

  test('is shown and never posted, and its booked line takes its place with its note', async () => {
    const company = await server.company()
    await open(company)
    expect((await take(company, camt(MARCH, { pending: announced }))).body.counts).toMatchObject({ new: 3, pending: 1 })
    const [pending] = await lines(company, '&status=pending')
    expect(pending).toMatchObject({ amount: { amount: '-23.50' }, state: 'not_posted' })
    await server.app.db.tenant(company.ctx, (tx) => tx.query('update app.bank_line set note = $3 where tenant_id = $1 and id = $2', [tx.tenantId, pending!.id, 'déjeuner client']))
    const [account] = (await api(company, 'GET', '/api/accounts')).body.items
    expect(account).toMatchObject({ balance: { amount: '2454.20' }, pending: { count: 1, amount: { amount: '-23.50' } }, lineCount: 3 })

    const april = { openingOn: '2026-03-31', opening: 2_454_20n, closingOn: '2026-04-30', movements: [{ on: '2026-04-02', cents: -23_50n, label: 'FACTURE CARTE DU 310326 BRASSERIE DU PORT' }] }
    expect((await take(company, cfonb(april))).body.counts).toMatchObject({ new: 0, updated: 1, known: 0 })
    const after = await lines(company)
    expect(after).toHaveLength(4)
    expect(after[0]).toMatchObject({ id: pending!.id, bookedOn: '2026-04-02', status: 'booked', state: 'to_treat', note: 'déjeuner client' })
    await expectExactDays(company)
  })

  test('goes away when the bank announces others and not that one', async () => {
    const company = await server.company()
    await open(company)
    await take(company, camt(MARCH, { pending: announced }))
    await take(company, camt(MARCH, { pending: [{ on: '2026-03-31', cents: -7_00n, label: 'CARTE KIOSQUE' }] }))
    expect((await lines(company, '&status=pending')).map((line) => line.label)).toEqual(['CARTE KIOSQUE'])
  })
})

describe('an import that is undone', () => {
  test('leaves by reversal, its lines stay away when the file comes again, and come back when asked for', async () => {
    const company = await server.company()
    const account = await open(company)
    const taken = await take(company, cfonb(MARCH))
    expect(taken.body.undo).toEqual({ possible: true, because: null })
    const undone = await api(company, 'POST', `/api/imports/${String(taken.body.id)}/undo`)
    expect(undone.body).toMatchObject({ status: 'undone', counts: { new: 0 } })
    expect(await lines(company)).toEqual([])
    expect([await ledger(company, account.ledgerAccount), await ledger(company, account.suspenseAccount)]).toEqual(['0', '0'])
    expect((await api(company, 'GET', '/api/accounts')).body.items[0]).toMatchObject({ balance: { amount: '0.00' }, lineCount: 0, statedBalance: null })
    expect((await api(company, 'POST', `/api/imports/${String(taken.body.id)}/undo`)).body.code).toBe('IMPORT_NOT_UNDOABLE')

    const again = await preview(company, camt(MARCH))
    expect(again.body.counts).toMatchObject({ new: 0, known: 3 })
    expect(again.body.lines.every((line: { removed: boolean }) => line.removed)).toBe(true)
    expect((await take(company, camt(MARCH), { takeRemoved: [2] })).body.counts).toMatchObject({ new: 1, known: 2 })
    expect((await take(company, camt(MARCH), { takeAllRemoved: true })).body.counts).toMatchObject({ new: 2, known: 1 })
    expect((await take(company, cfonb(MARCH))).body.counts).toMatchObject({ new: 0, known: 3 })
    expect(await ledger(company, account.ledgerAccount)).toBe('145420')
    await expectExactDays(company)
  })

  test('is refused with the reason when a line is treated', async () => {
    const company = await server.company()
    await open(company)
    const taken = await take(company, cfonb(MARCH))
    const [line] = await lines(company)
    await api(company, 'POST', '/api/reconciliation/matches', { lineId: line!.id, allocations: [], residual: { account: '758000', amount: '300.10' } })
    const refused = await api(company, 'POST', `/api/imports/${String(taken.body.id)}/undo`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'IMPORT_NOT_UNDOABLE' } })
    expect(refused.body.detail).toContain('1 opération est déjà traitée')
    expect((await api(company, 'DELETE', `/api/transactions/${line!.id}`)).body.code).toBe('LINE_NOT_REMOVABLE')
    expect(await lines(company)).toHaveLength(3)
  })

  test('is refused while one of its days is locked, and goes once it is open again', async () => {
    const company = await server.company()
    await open(company)
    const taken = await take(company, cfonb(MARCH))
    const { id } = await server.app.db.tenant(company.ctx, async (tx) => (await tx.query<{ id: string }>('select id from app.period where tenant_id = $1 and starts_on <= $2 and ends_on >= $2', [tx.tenantId, '2026-03-05'])).rows[0]!)
    await api(company, 'POST', `/api/ledger/periods/${id}/lock`)
    const [line] = await lines(company)
    expect((await api(company, 'POST', `/api/imports/${String(taken.body.id)}/undo`)).body.detail).toContain('3 opérations sont dans une période verrouillée')
    expect((await api(company, 'DELETE', `/api/transactions/${line!.id}`)).body.code).toBe('LINE_NOT_REMOVABLE')
    await api(company, 'POST', `/api/ledger/periods/${id}/unlock`)
    expect((await api(company, 'POST', `/api/imports/${String(taken.body.id)}/undo`)).body.status).toBe('undone')
  })

  test('one line may leave alone, and does not come back by itself', async () => {
    const company = await server.company()
    await open(company)
    await take(company, cfonb(MARCH))
    const [line] = await lines(company)
    expect((await api(company, 'DELETE', `/api/transactions/${line!.id}`)).status).toBe(204)
    expect((await api(company, 'GET', `/api/transactions/${line!.id}`)).status).toBe(404)
    expect((await take(company, cfonb(MARCH))).body.counts).toMatchObject({ new: 0, known: 3 })
    expect((await api(company, 'GET', '/api/accounts')).body.items[0].balance.amount).toBe('2154.10')
    await expectExactDays(company)
  })
})

describe('a doubtful line', () => {
  const odd: TestStatement = { ...MARCH, movements: [{ on: '2026-03-02', cents: 1_200_00n, label: 'CHEQUE 7654321' }], closing: 1_000_00n }

  test('waits on the pile once, is decided once, and the same file asks nothing any more', async () => {
    const company = await server.company()
    await open(company)
    await take(company, cfonb(MARCH))
    expect((await take(company, cfonb(odd))).body.counts).toMatchObject({ new: 0, suspicious: 1 })
    await take(company, cfonb(odd))
    const { items } = (await api(company, 'GET', '/api/transactions/suspicious')).body
    expect(items).toMatchObject([{ label: 'CHEQUE 7654321', resembles: { label: 'VIR SEPA MENUISERIE DUPONT F-12' } }])
    expect((await api(company, 'GET', '/api/accounts')).body.items[0].suspicious).toBe(1)

    expect((await api(company, 'POST', '/api/transactions/suspicious/decide', { decisions: [{ id: items[0].id, action: 'skip' }] })).body).toEqual({ taken: 0, skipped: 1 })
    expect((await preview(company, cfonb(odd))).body).toMatchObject({ counts: { new: 0, known: 1, suspicious: 0 } })
    expect((await api(company, 'POST', '/api/transactions/suspicious/decide', { decisions: [{ id: items[0].id, action: 'take' }] })).body.code).toBe('SUSPICIOUS_ALREADY_DECIDED')
  })

  test('taken, it is stored and posted, and known from then on', async () => {
    const company = await server.company()
    const account = await open(company)
    await take(company, cfonb(MARCH))
    await take(company, cfonb(odd))
    const { items } = (await api(company, 'GET', '/api/transactions/suspicious')).body
    expect((await api(company, 'POST', '/api/transactions/suspicious/decide', { decisions: [{ id: items[0].id, action: 'take' }] })).body).toEqual({ taken: 1, skipped: 0 })
    await server.app.jobs.idle()
    expect(await lines(company)).toHaveLength(4)
    expect(await ledger(company, account.ledgerAccount)).toBe('265420')
    expect((await preview(company, cfonb(odd))).body.counts).toMatchObject({ new: 0, known: 1, suspicious: 0 })
    await expectExactDays(company)
  })
})

describe('lines a service delivers', () => {
  const line = (over: Partial<DeliveredLine> = {}): DeliveredLine => ({ externalId: 't1', bookedOn: localDate('2026-03-02'), amount: 1_200_00n, currency: EUR, label: 'VIR SEPA MENUISERIE DUPONT F-12', ...over })
  const deliver = (company: TestCompany, accountId: string, all: readonly DeliveredLine[], more: object = {}) => deliverLines(server.app, company.ctx, { accountId, origin: { kind: 'webhook', name: 'service' }, lines: all, ...more })

  test('are stored once however often they come, and known in files and under other identifiers', async () => {
    const company = await server.company()
    const { id, ledgerAccount } = await open(company)
    expect(await deliver(company, id, [line(), line({ externalId: 't2', amount: -5_00n, label: 'FRAIS' })])).toMatchObject({ new: 2, known: 0, refused: 0 })
    expect(await deliver(company, id, [line()])).toMatchObject({ new: 0, known: 1, importId: null })
    // The same movement in a file, then by the service under the number it was given since.
    expect((await take(company, cfonb({ ...MARCH, movements: MARCH.movements.slice(0, 1) }))).body.counts).toMatchObject({ new: 0, known: 1 })
    expect(await deliver(company, id, [line({ externalId: 'renumbered' })])).toMatchObject({ new: 0, known: 1 })
    expect(await deliver(company, id, [line({ externalId: 'renumbered', bookedOn: localDate('2026-03-09'), label: 'AUTRE LIBELLE' })])).toMatchObject({ new: 0, known: 1 })
    await server.app.jobs.idle()
    expect(await ledger(company, ledgerAccount)).toBe('119500')
    expect((await api(company, 'GET', '/api/imports')).body.items.filter((one: { format: string }) => one.format === 'delivery')).toHaveLength(1)
  })

  test('come true from an announcement whose number and amount changed, and go when the service takes it back', async () => {
    const company = await server.company()
    const { id } = await open(company)
    const announced = { status: 'pending' as const, amount: -20_00n, label: 'CARTE RESTAURANT' }
    expect(await deliver(company, id, [line({ ...announced, externalId: 'p1' }), line({ ...announced, externalId: 'p2', label: 'CARTE TAXI', amount: -9_00n })])).toMatchObject({ new: 0, pending: 2 })
    const first = (await lines(company)).find((one) => one.label === 'CARTE RESTAURANT')!
    expect(await deliver(company, id, [line({ externalId: 'b1', replaces: 'p1', amount: -22_00n, label: 'CARTE RESTAURANT POURBOIRE' }), line({ externalId: 'p2', status: 'withdrawn' })])).toMatchObject({ new: 0, updated: 1, withdrawn: 1 })
    expect(await lines(company)).toMatchObject([{ id: first.id, status: 'booked', amount: { amount: '-22.00' } }])
    expect(await deliver(company, id, [line({ externalId: 'p1', amount: -22_00n, label: 'CARTE RESTAURANT POURBOIRE' })])).toMatchObject({ new: 0, known: 1 })
    await expectExactDays(company)
  })

  test('that a person says repeat another one give it one more identifier', async () => {
    const company = await server.company()
    const { id } = await open(company)
    await deliver(company, id, [line({ externalId: 'A-100' })])
    const odd = line({ externalId: 'A-205' })
    expect(await deliver(company, id, [odd])).toMatchObject({ new: 0, suspicious: 1 })
    // Asked once: the same delivery again leaves nothing more to decide.
    expect(await deliver(company, id, [odd])).toMatchObject({ suspicious: 1, importId: null })
    const { items } = (await api(company, 'GET', '/api/transactions/suspicious')).body
    expect(items).toHaveLength(1)
    await api(company, 'POST', '/api/transactions/suspicious/decide', { decisions: [{ id: items[0].id, action: 'skip' }] })
    expect(await deliver(company, id, [{ ...odd, label: 'DUPONT', bookedOn: localDate('2026-03-04') }])).toMatchObject({ new: 0, known: 1, suspicious: 0 })
  })

  test('in another currency than the account are refused one by one, the others taken', async () => {
    const company = await server.company()
    const { id } = await open(company)
    const result = await deliver(company, id, [line(), line({ externalId: 't3', currency: currency('USD') })])
    expect(result).toMatchObject({ new: 1, refused: 1, problems: [{ code: 'BANK_CURRENCY_DIFFERS', where: { line: 2 } }] })
  })

  test('are taken once when the same delivery comes twice at the same moment', async () => {
    const company = await server.company()
    const { id } = await open(company)
    const results = await Promise.all([1, 2, 3].map(() => deliver(company, id, [line(), line({ externalId: 't2', amount: -5_00n })])))
    expect(results.map((one) => one.new).sort()).toEqual([0, 0, 2])
  })

  test('are nobody else\'s to give', async () => {
    const [company, other] = [await server.company(), await server.company()]
    const { id } = await open(company)
    await expect(deliver(other, id, [line()])).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
