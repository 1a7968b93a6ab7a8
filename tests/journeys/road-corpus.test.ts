import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Suggestion } from '../../contract/reconciliation.ts'
import { balanceCommand } from '../../server/entry/commands/balance.ts'
import { fecCheckCommand } from '../../server/entry/commands/fec-check.ts'
import { describeCorpus } from '../support/corpus.ts'
import { startTestApp, type TestApp, type TestCompany } from '../support/server.ts'

/** What a command writes on standard output, as JSON. */
async function run(command: typeof balanceCommand, args: string[]): Promise<{ status: number; json: ReturnType<typeof JSON.parse> }> {
  let text = ''
  const status = await command(args, { out: (part) => { text += part }, err: () => undefined })
  return { status, json: JSON.parse(text) }
}

/** Accepts the best proposal of every line of one page; answers how many went in. */
async function acceptPage(test: TestApp, company: TestCompany): Promise<number> {
  const page = await test.api('GET', '/api/reconciliation/suggestions?onlyWithProposal=true&limit=20', { as: company })
  for (const { line, proposals } of page.body.items as Suggestion[]) {
    const best = proposals[0]!
    const answer = await test.api('POST', '/api/reconciliation/matches', {
      as: company, body: {
        lineId: line.id, allocations: best.allocations.map((part) => ({ invoiceId: part.invoiceId, amount: part.amount.amount })),
        ...(best.residual ? { residual: { amount: best.residual.amount.amount, account: best.residual.account } } : {}),
      },
    })
    // Two proposals of a page may want the same invoice: the second is told so, and nothing of it is stored.
    expect([201, 409, 422]).toContain(answer.status)
  }
  return page.body.items.length
}

describeCorpus('the road by HTTP, on a generated company', (corpus) => {
  const folder = mkdtempSync(join(tmpdir(), 'quittance-road-'))
  const file = (name: string) => ({ name, bytes: readFileSync(join(folder, name)) })
  let test: TestApp
  let company: TestCompany

  beforeAll(async () => {
    const made = spawnSync(process.execPath, [corpus.path('bench', 'generate.mjs'), '--size', '1k', '--seed', 'road', '--start', '2025-01-01', '--years', '1', '--out', folder], { encoding: 'utf8' })
    expect(made.status, made.stderr).toBe(0)
    test = await startTestApp({ now: '2025-12-31T10:00:00Z' })
    company = await test.company('company', { vatDueOn: 'receipts', siren: '732829320', firstYear: { startsOn: '2025-01-01', endsOn: '2025-12-31' } })
  })
  afterAll(async () => {
    await test.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('takes the CFONB statements: every one proven, every line posted, 512 equal to the bank\'s last balance', async () => {
    const preview = await test.api('POST', '/api/imports', { as: company, file: file('bank-1.cfonb120.txt') })
    expect(preview.body.statements.map((statement: { continuity: string }) => statement.continuity)).toEqual(Array.from({ length: 12 }, () => 'proven'))
    const commit = await test.api('POST', `/api/imports/${preview.body.id}/commit`, { as: company, body: { newAccount: { name: 'Compte courant', bankWriting: preview.body.account.bankWriting } } })
    expect(commit.status).toBe(200)
    await test.app.jobs.idle()
    const accounts = await test.api('GET', '/api/accounts', { as: company })
    const rows = readFileSync(join(folder, 'bank.csv'), 'utf8').trim().split('\n').slice(1).map((row) => row.split(','))
    const last = rows.findLast((row) => row[1] === rows[0]![1])!
    expect(accounts.body.items[0]).toMatchObject({ balance: { amount: last.at(-1) }, statedBalance: { agrees: true } })
    const page = await test.api('GET', `/api/ledger/accounts/${accounts.body.items[0].ledgerAccount}/lines?limit=200`, { as: company })
    expect(page.body.items.length).toBe(200)
  })

  it('knows every line of the CAMT of the same account', async () => {
    const preview = await test.api('POST', '/api/imports', { as: company, file: file('bank-1.camt053.xml') })
    expect(preview.body.account.name).toBe('Compte courant')
    expect(preview.body.counts).toMatchObject({ new: 0, suspicious: 0 })
    expect(preview.body.counts.known).toBeGreaterThan(400)
  })

  it('takes the invoices and accepts suggestions', async () => {
    const invoices = await test.api('POST', '/api/invoices/sales/import?mode=posted&dryRun=false', { as: company, file: file('invoices.csv') })
    expect(invoices.body).toMatchObject({ committed: true, rejected: 0 })
    for (let page = 0; page < 3; page += 1) expect(await acceptPage(test, company)).toBeGreaterThan(0)
    const summary = await test.api('GET', '/api/summary', { as: company })
    expect(Number(summary.body.vatToSetAside.amount)).toBeGreaterThan(0)
  })

  it('gives a FEC that the checker accepts and whose balance is the page\'s, to the cent', async () => {
    const fec = await test.api('GET', '/api/exports/fec', { as: company })
    const path = join(folder, '732829320FEC20251231.txt')
    expect(String(fec.headers['content-disposition'])).toContain('732829320FEC20251231.txt')
    writeFileSync(path, fec.bytes)
    const check = await run(fecCheckCommand, [path])
    expect([check.status, check.json.problems]).toEqual([0, []])
    const fromFile = await run(balanceCommand, [path, '--json'])
    const page = await test.api('GET', '/api/ledger/balance', { as: company })
    const rows = (page.body.rows as { account: string; balance: string }[]).map((row) => [row.account, row.balance])
    expect(rows).toEqual((fromFile.json.accounts as { account: string; balance: string }[]).map((row) => [row.account, row.balance]))
    expect(page.body.result).toBe(fromFile.json.result)
    expect((await test.api('GET', '/api/ledger/check', { as: company })).body).toMatchObject({ intact: true, balancesMatch: true })
    expect((await test.api('GET', '/api/audit/check', { as: company })).body).toMatchObject({ intact: true })
  })
})

describeCorpus('real statements, each in a scratch company of its own currency and years', (corpus) => {
  let test: TestApp
  beforeAll(async () => { test = await startTestApp() })
  afterAll(() => test.close())

  const families = ['cfonb120', 'camt'] as const
  for (const family of families) {
    const expected = corpus.expected(family) as { files: Record<string, { document: unknown }> }
    for (const name of Object.keys(expected.files)) {
      it(`${family}: ${name} is taken whole with its own verdict, or refused with a reason`, async () => {
        const bytes = readFileSync(corpus.path('fixtures', family, name))
        const { readStatements } = await import('../../formats/bank/read-statements.ts')
        const read = readStatements(bytes)
        const lines = read.statements.flatMap((statement) => statement.lines)
        const booked = lines.filter((line) => line.status === 'booked')
        const days = booked.map((line) => line.bookedOn).sort()
        const currency = read.statements.find((statement) => statement.currency)?.currency ?? 'EUR'
        const company = await test.company('company', { currency, ...(days.length > 0 ? { firstYear: { startsOn: `${days[0]!.slice(0, 4)}-01-01`, endsOn: `${days[0]!.slice(0, 4)}-12-31` } } : {}) })
        const preview = await test.api('POST', '/api/imports', { as: company, file: { name: name.split('/').at(-1)!, bytes } })
        if (preview.status >= 400) {
          expect([422, 400]).toContain(preview.status)
          expect(preview.body.detail + JSON.stringify(preview.body.problems ?? [])).not.toBe('')
          expect((await test.api('GET', '/api/imports', { as: company })).body.items).toEqual([])
          return
        }
        expect(preview.body.counts.new + preview.body.counts.suspicious + preview.body.counts.known).toBe(booked.length)
        const commit = await test.api('POST', `/api/imports/${preview.body.id}/commit`, { as: company, body: { ...(preview.body.account.id ? {} : { newAccount: { name: 'Compte' } }), acceptSuspicious: preview.body.lines.map((line: { position: number }) => line.position) } })
        // 409: a table that waits for someone to name its columns.
        expect([200, 409, 422]).toContain(commit.status)
        if (commit.status !== 200) expect(commit.body.detail).not.toBe('')
      })
    }
  }
})
