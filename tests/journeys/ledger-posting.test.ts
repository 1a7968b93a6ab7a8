import { afterAll, beforeAll, expect, test } from 'vitest'
import { currency } from '../../core/kernel/currency.ts'
import type { EntryId } from '../../core/kernel/id.ts'
import { type LocalDate, localDate } from '../../core/kernel/local-date.ts'
import type { EntryDraft } from '../../core/ledger/entry.ts'
import { trialBalance } from '../../core/ledger/trial-balance.ts'
import { balanceOf, createPoster, ensureAccount, letter, nextSubAccount, post, type PostingDraft, reverse, trialBalanceOf, unletter } from '../../server/modules/ledger/index.ts'
import { checkLedger } from '../../server/modules/ledger/check-ledger.ts'
import { setPeriodStatus } from '../../server/modules/ledger/fiscal-years.ts'
import type { TenantTx } from '../../server/platform/db/types.ts'
import { uuidv7 } from '../../server/platform/id/uuid.ts'
import { startTestApp, type TestApp, type TestCompany } from '../support/server.ts'

let server: TestApp
beforeAll(async () => { server = await startTestApp() })
afterAll(async () => { await server.close() })

const within = <T>(company: TestCompany, run: (tx: TenantTx) => Promise<T>): Promise<T> => server.app.db.tenant(company.ctx, run)

type Sale = { readonly cents?: bigint; readonly date?: string; readonly journal?: string; readonly code?: string }

function sale({ cents = 12_000n, date = '2026-03-10', journal = 'VT', code = 'C001' }: Sale = {}): PostingDraft {
  const day = localDate(date)
  const tax = cents / 6n
  const line = (account: string, debit: bigint, credit: bigint): EntryDraft['lines'][number] =>
    ({ account, auxiliary: account === '411000' ? { code, name: `Client ${code}` } : null, label: '', debit, credit, foreign: null })
  return {
    journal, date: day, pieceRef: 'F-1', pieceDate: day, label: 'Vente', source: 'manual', sourceId: null,
    lines: [line('411000', cents, 0n), line('706000', 0n, cents - tax), line('445710', 0n, tax)],
  }
}

function receipt(cents: bigint, date = '2026-04-02'): PostingDraft {
  const { lines: _lines, ...header } = sale({ date })
  return {
    ...header, journal: 'BQ', label: 'Virement', lines: [
      { account: '512000', auxiliary: null, label: '', debit: cents, credit: 0n, foreign: { minor: cents + 500n, currency: currency('USD') } },
      { account: '411000', auxiliary: { code: 'C001', name: 'Client C001' }, label: '', debit: 0n, credit: cents, foreign: null },
    ],
  }
}

async function sqlState(run: Promise<unknown>): Promise<string> {
  try {
    await run
    return 'accepted'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

test('an entry receives its rank, a gapless number from 2 on, and the labels of the chart', async () => {
  const company = await server.company()
  const posted = await within(company, (tx) => post(tx, company.ctx, [sale(), sale({ cents: 600n })]))
  expect(posted.map((entry) => [entry.seq, entry.number, entry.journal, entry.existed])).toEqual([[1n, '000002', 'VT', false], [2n, '000003', 'VT', false]])
  const { rows } = await within(company, (tx) => tx.query('select number, label from app.ledger_account where tenant_id = $1 order by number', [company.tenantId]))
  expect(rows).toEqual([{ number: '411000', label: 'Clients' }, { number: '445710', label: 'TVA collectée' }, { number: '706000', label: 'Prestations de services' }])
  expect(await checkLedger(server.app, company.ctx)).toEqual({ entries: 2, brokenAt: null, accountsAtFault: [] })
})

test('an entry that does not balance, has two sides on a line or names an unknown journal is refused with its problems and nothing is stored', async () => {
  const company = await server.company()
  const [first, ...rest] = sale().lines
  const wrong: PostingDraft[] = [
    { ...sale(), lines: [{ ...first!, debit: 1n }, ...rest] },
    { ...sale(), lines: [{ ...first!, credit: 12_000n }, ...rest] },
    { ...sale(), journal: 'ZZ' },
  ]
  for (const [index, code] of ['ENTRY_UNBALANCED', 'LINE_ONE_SIDE', 'ENTRY_JOURNAL_UNKNOWN'].entries()) {
    await expect(within(company, (tx) => post(tx, company.ctx, [sale(), wrong[index]!]))).rejects.toMatchObject({ code: 'ENTRY_INVALID', problems: expect.arrayContaining([expect.objectContaining({ code })]) as unknown })
  }
  expect(await within(company, (tx) => balanceOf(tx, '411'))).toBe(0n)
})

test('a day without a fiscal year and a day of a locked period are refused', async () => {
  const company = await server.company()
  await expect(within(company, (tx) => post(tx, company.ctx, [sale({ date: '2031-01-01' })]))).rejects.toMatchObject({ code: 'NO_FISCAL_YEAR', details: { date: '2031-01-01' } })
  const { body: years } = await server.api('GET', '/api/ledger/fiscal-years', { as: company })
  const march = (years as { periods: { id: string; startsOn: string }[] }[])[0]!.periods.find((period) => period.startsOn === '2026-03-01')!
  await setPeriodStatus(server.app, company.ctx, { id: march.id, status: 'locked' })
  await expect(within(company, (tx) => post(tx, company.ctx, [sale()]))).rejects.toMatchObject({ code: 'PERIOD_LOCKED' })
  await setPeriodStatus(server.app, company.ctx, { id: march.id, status: 'open' })
  expect(await within(company, (tx) => post(tx, company.ctx, [sale()]))).toHaveLength(1)
})

test('the database itself refuses lines that do not balance, have two sides, or name an account that does not exist', async () => {
  const company = await server.company()
  await within(company, (tx) => post(tx, company.ctx, [sale()]))
  const insert = (lines: string, entry = 'id') => sqlState(within(company, (tx) => tx.query(
    `insert into app.entry_line (tenant_id, entry_id, n, seq, fiscal_year_id, entry_date, account, label, debit, credit)
     select tenant_id, ${entry}, l.n, seq, fiscal_year_id, entry_date, l.account, 'x', l.debit, l.credit
     from app.entry, (values ${lines}) as l (n, account, debit, credit) where tenant_id = $1`, [company.tenantId])))
  expect(await insert(`(8, '411000', 100, 0)`)).toBe('QT002')
  expect(await insert(`(8, '411000', 100, 100)`)).toBe('23514')
  expect(await insert(`(8, '411000', 100, 0), (9, '512999', 0, 100)`)).toBe('23503')
  expect(await insert(`(8, '411000', 100, 0), (9, '706000', 0, 100)`, 'gen_random_uuid()')).toBe('QT002')
  expect(await insert(`(8, '411000', 100, 0), (9, '706000', 0, 100)`, `'01900000-0000-7000-8000-000000000000'::uuid`)).toBe('23503')
})

test('entries and lines are final: only a letter may be written on a line', async () => {
  const company = await server.company()
  await within(company, (tx) => post(tx, company.ctx, [sale()]))
  // The owner of the tables has every right and is refused by the trigger; the product has not even the right.
  const owner = (sql: string) => sqlState(server.db.owner.query(sql, [company.tenantId]))
  expect(await owner(`update app.entry set label = 'x' where tenant_id = $1`)).toBe('QT001')
  expect(await owner('delete from app.entry where tenant_id = $1')).toBe('QT001')
  expect(await owner(`update app.entry_line set debit = 1 where tenant_id = $1 and debit > 0`)).toBe('QT001')
  expect(await owner('delete from app.entry_line where tenant_id = $1')).toBe('QT001')
  expect(await owner(`update app.entry_line set lettering = 'AA', lettered_on = '2026-04-01' where tenant_id = $1 and account = '411000'`)).toBe('accepted')
  const product = (sql: string) => sqlState(within(company, (tx) => tx.query(sql, [company.tenantId])))
  expect(await product(`update app.entry_line set label = 'x' where tenant_id = $1`)).toBe('42501')
  expect(await product('delete from app.entry where tenant_id = $1')).toBe('42501')
})

test('an altered line breaks the chain at its entry, and an altered balance is found', async () => {
  const company = await server.company()
  await within(company, (tx) => post(tx, company.ctx, [sale(), sale({ date: '2026-05-04' }), receipt(600n)]))
  await server.db.owner.exec(`begin; alter table app.entry_line disable trigger entry_line_is_final;
    update app.entry_line set label = 'Autre' where tenant_id = '${company.tenantId}' and seq = 2 and n = 1;
    update app.account_balance set debit = debit + 1 where tenant_id = '${company.tenantId}' and account = '512000';
    alter table app.entry_line enable trigger entry_line_is_final; commit`)
  expect(await checkLedger(server.app, company.ctx)).toMatchObject({ entries: 1, brokenAt: { number: '000003', date: '2026-05-04' }, accountsAtFault: ['512000'] })
})

test('concurrent posts and a rolled back one give consecutive numbers and an intact chain', async () => {
  const company = await server.company()
  const failing = within(company, async (tx) => { await post(tx, company.ctx, [sale()]); throw new Error('given up') }).catch(() => null)
  const results = await Promise.all([failing, ...Array.from({ length: 12 }, (_, index) => within(company, (tx) => post(tx, company.ctx, [sale({ cents: BigInt(600 * (index + 1)) }), sale({ date: '2026-07-01', code: `C${index}` })])))])
  const numbers = results.flatMap((posted) => (posted ?? []).map((entry) => Number(entry.number))).sort((a, b) => a - b)
  expect(numbers).toEqual(Array.from({ length: 24 }, (_, index) => index + 2))
  expect(await checkLedger(server.app, company.ctx)).toEqual({ entries: 24, brokenAt: null, accountsAtFault: [] })
})

test('the group poster serves many callers, and a wrong entry refuses its own caller only', async () => {
  const company = await server.company()
  const poster = createPoster(server.app)
  const outcomes = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => poster.post(company.ctx, [sale(index === 7 ? { date: '2031-01-01' } : {})])))
  expect(outcomes.map((outcome) => outcome.status === 'fulfilled')).toEqual(Array.from({ length: 30 }, (_, index) => index !== 7))
  const numbers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value.map((entry) => entry.number) : []))
  expect(new Set(numbers).size).toBe(29)
  expect((await checkLedger(server.app, company.ctx)).entries).toBe(29)
})

test('a bank line or an invoice posts once, within a call and across calls', async () => {
  const company = await server.company()
  const sourceId = uuidv7()
  const draft: PostingDraft = { ...receipt(900n), source: 'bank', sourceId }
  const [first] = await within(company, (tx) => post(tx, company.ctx, [draft]))
  const again = await within(company, (tx) => post(tx, company.ctx, [sale(), draft, { ...draft }]))
  expect(again.map((entry) => [entry.id === first!.id, entry.existed])).toEqual([[false, false], [true, true], [true, true]])
  expect(await within(company, (tx) => balanceOf(tx, '512'))).toBe(900n)
})

test('a reversal is linked both ways, takes the letters off, and happens once', async () => {
  const company = await server.company()
  const [invoice, payment] = await within(company, (tx) => post(tx, company.ctx, [sale(), receipt(12_000n)]))
  const lines = [{ entryId: invoice!.id, n: 1 }, { entryId: payment!.id, n: 2 }]
  const mark = await within(company, (tx) => letter(tx, company.ctx, { account: '411000', auxiliary: 'C001', lines }))
  expect(mark).toEqual({ letter: 'AA', date: '2026-04-02' })
  const undo = await within(company, (tx) => reverse(tx, company.ctx, { entryId: payment!.id }))
  expect([undo.date, undo.number]).toEqual(['2026-04-02', '000004'])
  const read = async (id: string) => (await server.api('GET', `/api/ledger/entries/${id}`, { as: company })).body as { reversesId: string; reversedById: string; lines: { lettering: string | null; debit: string; credit: string }[] }
  const [original, reversal] = [await read(payment!.id), await read(undo.id)]
  expect([original.reversedById, reversal.reversesId]).toEqual([undo.id, payment!.id])
  expect(original.lines.map((line) => line.lettering)).toEqual([null, null])
  expect(reversal.lines.map((line) => [line.debit, line.credit])).toEqual([['0.00', '120.00'], ['120.00', '0.00']])
  await expect(within(company, (tx) => reverse(tx, company.ctx, { entryId: payment!.id }))).rejects.toMatchObject({ code: 'ENTRY_ALREADY_REVERSED', details: { number: '000003' } })
  await expect(within(company, (tx) => reverse(tx, company.ctx, { entryId: uuidv7() as EntryId }))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('the reversal of an entry in a locked period is booked today', async () => {
  const company = await server.company()
  const [entry] = await within(company, (tx) => post(tx, company.ctx, [sale()]))
  const { rows } = await within(company, (tx) => tx.query<{ id: string }>(`select id from app.period where tenant_id = $1 and starts_on = '2026-03-01'`, [company.tenantId]))
  await setPeriodStatus(server.app, company.ctx, { id: rows[0]!.id, status: 'locked' })
  expect((await within(company, (tx) => reverse(tx, company.ctx, { entryId: entry!.id }))).date).toBe('2026-11-20')
})

test('letters follow one another for each third party, refuse what does not cancel out, and are never given twice', async () => {
  const company = await server.company()
  const posted = await within(company, (tx) => post(tx, company.ctx, [sale(), receipt(12_000n), sale({ code: 'C002' })]))
  const input = { account: '411000', auxiliary: 'C001', lines: [{ entryId: posted[0]!.id, n: 1 }, { entryId: posted[1]!.id, n: 2 }] }
  const give = () => within(company, (tx) => letter(tx, company.ctx, input))
  expect((await give()).letter).toBe('AA')
  await expect(give()).rejects.toMatchObject({ code: 'LETTERING_INVALID' })
  await within(company, (tx) => unletter(tx, company.ctx, { ...input, lines: [input.lines[0]!] }))
  expect((await give()).letter).toBe('AB')
  const other = { entryId: posted[2]!.id, n: 1 }
  await expect(within(company, (tx) => letter(tx, company.ctx, { ...input, lines: [other] }))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('sub-accounts of banks and of waiting accounts are the first free ones', async () => {
  const company = await server.company()
  await within(company, (tx) => ensureAccount(tx, '512001', 'Banque du Nord'))
  expect(await within(company, (tx) => nextSubAccount(tx, '512'))).toBe('512002')
  expect(await within(company, (tx) => nextSubAccount(tx, '471'))).toBe('471001')
})

test('the trial balance, whole or cut within a month, and the balance of an account equal their lines', async () => {
  const company = await server.company()
  const days = ['2026-01-31', '2026-02-01', '2026-03-10', '2026-03-11', '2026-12-31']
  await within(company, (tx) => post(tx, company.ctx, days.map((date, index) => sale({ date, cents: BigInt(600 + index * 66), code: `C${index}` }))))
  type Row = { readonly account: string; readonly date: LocalDate; readonly debit: bigint; readonly credit: bigint }
  const { rows } = await within(company, (tx) => tx.query<Row>('select account, entry_date as date, debit, credit from app.entry_line where tenant_id = $1', [company.tenantId]))
  for (const to of [null, ...days.map(localDate)]) {
    const expected = trialBalance(rows.filter((row) => to === null || row.date <= to))
    const { balance } = await within(company, (tx) => trialBalanceOf(tx, company.ctx, { to }))
    expect(balance.accounts.map(({ label: _label, ...row }) => row)).toEqual(expected.accounts.map(({ label: _label, ...row }) => row))
    expect(balance.result).toBe(expected.result)
    expect(await within(company, (tx) => balanceOf(tx, '411', to ?? undefined))).toBe(expected.accounts.find((row) => row.account === '411000')!.balance)
  }
})

test('two companies never see each other: numbers, chains and balances are their own', async () => {
  const [one, other] = [await server.company(), await server.company()]
  const [entry] = await within(one, (tx) => post(tx, one.ctx, [sale()]))
  expect((await within(other, (tx) => post(tx, other.ctx, [sale({ cents: 6n })])))[0]).toMatchObject({ seq: 1n, number: '000002' })
  expect((await server.api('GET', `/api/ledger/entries/${entry!.id}`, { as: other })).status).toBe(404)
  expect(await within(other, (tx) => balanceOf(tx, '411'))).toBe(6n)
})
