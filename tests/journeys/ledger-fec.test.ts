import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localDate } from '../../core/kernel/local-date.ts'
import { checkFec } from '../../formats/ledger/fec/check.ts'
import { checkLedger } from '../../server/modules/ledger/check-ledger.ts'
import { balanceOf } from '../../server/modules/ledger/index.ts'
import { startTestApp, type TestApp, type TestCompany } from '../support/server.ts'

const FILE = '123456782FEC20261231.txt'
const WORKED_YEAR = readFileSync(join(import.meta.dirname, '../../formats/ledger/fec/fixtures/worked-year.txt'), 'utf8')

/** The opening entry of the year after the worked one, with the third parties of its collective accounts. */
const OPENING_2027 = [
  ['101300', '', '0.00', '10000.00'], ['106100', '', '0.00', '1000.00'], ['110000', '', '0.00', '9000.00'], ['120000', '', '0.00', '6921.82'],
  ['218300', '', '1800.00', '0.00'], ['281830', '', '0.00', '600.00'], ['370000', '', '500.00', '0.00'], ['401000', 'FRS001', '0.00', '4800.00'],
  ['404000', 'FRS003', '0.00', '2160.00'], ['411000', 'CLI002', '9600.00', '0.00'], ['431000', '', '0.00', '1654.33'], ['444000', '', '0.00', '1221.00'],
  ['445510', '', '0.00', '2130.00'], ['447000', '', '0.00', '200.00'], ['512000', '', '27787.15', '0.00'],
]

let server: TestApp
beforeAll(async () => { server = await startTestApp({ now: '2027-02-10T09:00:00Z' }) })
afterAll(async () => { await server.close() })

async function bookkeeping(firstYear = { startsOn: '2026-01-01', endsOn: '2026-12-31' }): Promise<TestCompany> {
  return server.company('company', { siren: '123456782', firstYear })
}

const upload = (company: TestCompany, bytes: string | Uint8Array, options: { readonly name?: string; readonly query?: string } = {}) =>
  server.api('POST', `/api/ledger/imports/fec${options.query ?? ''}`, { as: company, file: { name: options.name ?? FILE, bytes } })

/** The lines of a file, however they end. */
const rows = (text: string) => text.trim().split(/\r?\n/)

async function yearId(company: TestCompany, startsOn: string): Promise<string> {
  const { body } = await server.api('GET', '/api/ledger/fiscal-years', { as: company })
  return (body as { id: string; startsOn: string }[]).find((year) => year.startsOn === startsOn)!.id
}

test('a dry run tells what an import would do and stores nothing', async () => {
  const company = await bookkeeping()
  const { status, body } = await upload(company, WORKED_YEAR, { query: '?dryRun=true' })
  expect([status, body]).toEqual([200, { dryRun: true, committed: false, fiscalYear: { startsOn: '2026-01-01', endsOn: '2026-12-31' }, lines: 49, entries: 18, debit: '81701.03', credit: '81701.03', problems: [] }])
  expect((await server.api('GET', '/api/ledger/entries', { as: company })).body.items).toEqual([])
})

test('the worked year goes in and comes out the same: 49 lines, 81 701,03 each side, third parties and letters kept', async () => {
  const company = await bookkeeping()
  expect((await upload(company, WORKED_YEAR)).body).toMatchObject({ committed: true, lines: 49, entries: 18, problems: [] })
  expect(await checkLedger(server.app, company.ctx)).toEqual({ entries: 18, brokenAt: null, accountsAtFault: [] })

  const { status, text, bytes, headers } = await server.api('GET', `/api/exports/fec?fiscalYearId=${await yearId(company, '2026-01-01')}`, { as: company })
  expect([status, headers['content-disposition'], headers['content-type']]).toEqual([200, `attachment; filename="${FILE}"`, 'text/plain; charset=utf-8'])
  expect(rows(text)).toEqual(rows(WORKED_YEAR))
  const report = checkFec(bytes, { fileName: FILE })
  expect([report.compliant, report.problems, report.lines, report.debit, report.credit]).toEqual([true, [], 49, 8_170_103n, 8_170_103n])

  const latin = await server.api('GET', `/api/exports/fec?separator=tab&encoding=iso-8859-15&fiscalYearId=${await yearId(company, '2026-01-01')}`, { as: company })
  expect(latin.headers['content-type']).toBe('text/plain; charset=iso-8859-15')
  expect(checkFec(latin.bytes, { fileName: FILE })).toMatchObject({ compliant: true, lines: 49, facts: { encoding: 'iso-8859-15' } })
  const notice = await server.api('GET', '/api/exports/fec/notice', { as: company })
  expect(notice.text).toContain('123456782')
})

test('the trial balance of the worked year is the one its lines give, from the monthly balances', async () => {
  const company = await bookkeeping()
  await upload(company, WORKED_YEAR)
  const id = await yearId(company, '2026-01-01')
  const { body } = await server.api('GET', `/api/ledger/balance?fiscalYearId=${id}`, { as: company })
  const balances = new Map((body.rows as { account: string; balance: string }[]).map((row) => [row.account, row.balance]))
  expect([body.result, balances.get('411000'), balances.get('512000'), balances.get('445710'), balances.get('695000')]).toEqual(['6921.82', '9600.00', '27787.15', '0.00', '1221.00'])
  expect(body.totals).toEqual({ openingDebit: '20000.00', openingCredit: '20000.00', debit: '61701.03', credit: '61701.03' })
})

test('the year is carried forward as the regulation says, and carried again by a reversal and a replacement', async () => {
  const company = await bookkeeping()
  await upload(company, WORKED_YEAR)
  const id = await yearId(company, '2026-01-01')
  const carry = () => server.api('POST', `/api/ledger/fiscal-years/${id}/opening`, { as: company })
  const first = (await carry()).body as { id: string; number: string; date: string; total: string; source: string; lines: { account: string; auxiliary: { code: string } | null; debit: string; credit: string }[] }
  expect([first.number, first.date, first.total, first.source]).toEqual(['000001', '2027-01-01', '39687.15', 'opening'])
  expect(first.lines.map((line) => [line.account, line.auxiliary?.code ?? '', line.debit, line.credit])).toEqual(OPENING_2027)
  expect((await carry()).body).toMatchObject({ id: first.id })

  const late = { journal: 'OD', date: '2026-12-31', pieceRef: 'INV-2', label: 'Charge oubliée', lines: [{ account: '6132', debit: '100' }, { account: '401', credit: '100', auxiliary: { code: 'FRS002', name: 'Bailleur SCI' } }] }
  const { body: draft } = await server.api('POST', '/api/ledger/entries', { as: company, body: late })
  expect((await server.api('POST', `/api/ledger/entries/${draft.id as string}/validate`, { as: company })).body.number).toBe('000019')
  const second = (await carry()).body as typeof first
  expect([second.number, second.lines.find((line) => line.account === '120000')!.credit, second.total]).toEqual(['000003', '6821.82', '39687.15'])
  expect((await server.api('GET', `/api/ledger/entries/${first.id}`, { as: company })).body.reversedById).not.toBeNull()

  const { body } = await server.api('GET', `/api/ledger/balance?fiscalYearId=${await yearId(company, '2027-01-01')}`, { as: company })
  expect((body.rows as { account: string; balance: string }[]).find((row) => row.account === '120000')!.balance).toBe('-6821.82')
  // The bank counts once, whether the day lies before or after the opening entry; charges count from the start of their year.
  const at = (prefix: string, day?: string) => server.app.db.tenant(company.ctx, (tx) => balanceOf(tx, prefix, day === undefined ? undefined : localDate(day)))
  expect(await Promise.all([at('512'), at('512', '2026-12-31'), at('512', '2027-01-01'), at('613', '2026-12-31'), at('613', '2027-01-01')])).toEqual([2_778_715n, 2_778_715n, 2_778_715n, 160_000n, 0n])
  const exported = await server.api('GET', `/api/exports/fec?fiscalYearId=${await yearId(company, '2027-01-01')}`, { as: company })
  expect(checkFec(exported.bytes, { fileName: '123456782FEC20271231.txt' }).compliant).toBe(true)
})

test('a file that does not balance, cannot be read, or is no FEC stores nothing and names its lines', async () => {
  const company = await bookkeeping()
  const attempts: [string, string, { line: number | null; field: string | null }][] = [
    [WORKED_YEAR.replace('4000,00|0,00', '4000,01|0,00'), 'FEC_REFUSED', { line: 13, field: 'Debit' }],
    [WORKED_YEAR.replace('12000,00|0,00', 'douze|0,00'), 'FEC_REFUSED', { line: 7, field: 'Debit' }],
    [WORKED_YEAR.replace('20260310|411000', '20261332|411000'), 'FEC_REFUSED', { line: 21, field: 'EcritureDate' }],
    ['Bonjour\nceci n\'est pas un FEC\n', 'FILE_UNREADABLE', { line: 1, field: null }],
  ]
  for (const [text, code, where] of attempts) {
    const { status, body } = await upload(company, text)
    expect([status, body.code]).toEqual([422, code])
    expect(body.problems).toEqual(expect.arrayContaining([expect.objectContaining(where)]))
  }
  expect((await server.api('GET', '/api/ledger/entries', { as: company })).body.items).toEqual([])
  expect((await server.api('GET', '/api/ledger/accounts', { as: company })).body.items).toEqual([])
  expect((await upload(company, '')).body.code).toBe('FILE_EMPTY')
})

test('a ledger that breaks rules of form but can be read and balances goes in, with its signs and its lettering as they were', async () => {
  const company = await bookkeeping()
  const odd = [
    rows(WORKED_YEAR)[0],
    'VE|Ventes|12|20260105|41100000|Clients|C1|Client|F1|20260105|Facture|-120,00|0,00|a|||100,00|USD',
    'VE|Ventes|12|20260105|70600000|Prestations|||F1|20260105|Facture|0,00|-120,00|||||',
    'VE|Ventes|12|20260105|70600000|Prestations|||F2|20260106|Ligne sans montant|0,00|0,00|||||',
  ].join('\n')
  const { status, body } = await upload(company, odd, { name: 'grand livre.txt' })
  expect([status, body.committed, body.debit]).toEqual([200, true, '-120.00'])
  expect((body.problems as { code: string }[]).map((problem) => problem.code)).toEqual(expect.arrayContaining(['FEC_NAME', 'FEC_ABSENT']))
  const { text } = await server.api('GET', `/api/exports/fec?fiscalYearId=${await yearId(company, '2026-01-01')}`, { as: company })
  expect(rows(text).slice(1)).toEqual([
    'VE|Ventes|12|20260105|41100000|Clients|C1|Client|F1|20260105|Facture|-120,00|0,00|a||20260105|100,00|USD',
    'VE|Ventes|12|20260105|70600000|Prestations|||F1|20260105|Facture|0,00|-120,00|||20260105||',
    'VE|Ventes|12|20260105|70600000|Prestations|||F2|20260106|Ligne sans montant|0,00|0,00|||20260105||',
  ])
  const { body: list } = await server.api('GET', '/api/ledger/entries', { as: company })
  const reversal = await server.api('POST', `/api/ledger/entries/${list.items[0].id as string}/reverse`, { as: company, body: {} })
  expect((reversal.body.lines as { account: string; debit: string; credit: string }[]).map(({ account, debit, credit }) => [account, debit, credit])).toEqual([['41100000', '120.00', '0.00'], ['70600000', '0.00', '120.00']])
  expect(reversal.body.number).toBe('000013')
})

test('the year of the file is created when the company has none for it, and refused when it is not empty or lies across two', async () => {
  const company = await bookkeeping({ startsOn: '2027-01-01', endsOn: '2027-12-31' })
  expect((await upload(company, WORKED_YEAR)).body).toMatchObject({ committed: true, fiscalYear: { startsOn: '2026-01-01', endsOn: '2026-12-31' } })
  expect((await upload(company, WORKED_YEAR)).body.code).toBe('YEAR_NOT_EMPTY')
  const shifted = await bookkeeping({ startsOn: '2026-07-01', endsOn: '2027-06-30' })
  expect((await upload(shifted, WORKED_YEAR)).body.code).toBe('FISCAL_YEAR_OVERLAPS')
})

test('a company without a SIREN is told to give it before it exports', async () => {
  const company = await server.company()
  expect((await server.api('GET', '/api/exports/fec', { as: company })).body.code).toBe('SIREN_REQUIRED')
})
