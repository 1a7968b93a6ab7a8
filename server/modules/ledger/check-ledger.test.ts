import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { verifyLedgerChain } from './index.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

/** A company with five validated entries, of ranks 1 to 5 and numbers 000002 to 000006. */
async function companyWithEntries(): Promise<TestCompany> {
  const company = await t.company()
  for (const amount of ['10.00', '20.00', '30.00', '40.00', '50.00']) {
    const lines = [{ account: '606400', debit: amount }, { account: '512000', credit: amount }]
    const { body } = await t.api('POST', '/api/ledger/entries', { as: company, body: { journal: 'OD', date: '2026-03-31', pieceRef: 'P1', label: 'Achat', lines } })
    await t.api('POST', `/api/ledger/entries/${body.id}/validate`, { as: company })
  }
  return company
}

/** What a superuser may do to the books: triggers and foreign keys off, on one connection that nobody else uses. */
async function tamper(sql: string): Promise<void> {
  await t.db.owner.exec(`begin; set local session_replication_role = replica; ${sql}; commit`)
}

const insertAt = (id: string, seq: number) => `
  insert into app.entry (tenant_id, id, seq, fiscal_year_id, period_id, journal_code, number, entry_date, piece_ref, piece_date, label, source, validated_on, posted_at, prev_hash, hash)
  select tenant_id, gen_random_uuid(), ${seq}, fiscal_year_id, period_id, journal_code, '999999', entry_date, piece_ref, piece_date, 'Intruse', 'manual', validated_on, now(),
    coalesce((select hash from app.entry where tenant_id = '${id}' and seq = ${seq - 1}), ''), sha256('forged')
  from app.entry where tenant_id = '${id}' and seq = 1`
const shift = (id: string, from: number) => `
  update app.entry set seq = seq + 100 where tenant_id = '${id}' and seq >= ${from}; update app.entry set seq = seq - 99 where tenant_id = '${id}' and seq >= 100`

test('books that nobody touched are intact', async () => {
  const company = await companyWithEntries()
  expect((await t.api('GET', '/api/ledger/check', { as: company })).body).toEqual({ entries: 5, intact: true, brokenAt: null, fault: null, sentence: null, balancesMatch: true, accountsAtFault: [] })
})

test.each([
  ['an amount that was changed', (id: string) => `update app.entry_line set debit = debit + 1 where debit > 0 and tenant_id = '${id}' and entry_id = (select id from app.entry where tenant_id = '${id}' and seq = 3)`, 3, 'row-changed'],
  ['a label that was changed', (id: string) => `update app.entry set label = 'Autre' where tenant_id = '${id}' and seq = 2`, 2, 'row-changed'],
  ['a day that was changed', (id: string) => `update app.entry set entry_date = entry_date - 1 where tenant_id = '${id}' and seq = 5`, 5, 'row-changed'],
  ['a line that was removed', (id: string) => `delete from app.entry_line where tenant_id = '${id}' and n = 2 and entry_id = (select id from app.entry where tenant_id = '${id}' and seq = 4)`, 4, 'row-changed'],
  ['an entry that was removed', (id: string) => `delete from app.entry where tenant_id = '${id}' and seq = 3`, 3, 'row-missing'],
  ['the last entry removed', (id: string) => `delete from app.entry where tenant_id = '${id}' and seq = 5`, 5, 'row-missing'],
  ['an entry put in', (id: string) => `${shift(id, 3)}; ${insertAt(id, 3)}; update app.ledger_chain set seq = 6 where tenant_id = '${id}'`, 3, 'row-inserted'],
  ['an entry added after the end', (id: string) => insertAt(id, 6), 6, 'row-inserted'],
  ['an end that was moved back', (id: string) => `update app.ledger_chain set seq = 3, hash = (select hash from app.entry where tenant_id = '${id}' and seq = 3) where tenant_id = '${id}'`, 4, 'end-moved'],
])('the verification of the books finds %s, and says where and why', async (_what, sql, seq, fault) => {
  const company = await companyWithEntries()
  await tamper(sql(company.tenantId))
  const { body } = await t.api('GET', '/api/ledger/check', { as: company })
  expect(body).toMatchObject({ intact: false, fault, entries: fault === 'end-moved' || fault === 'row-inserted' ? expect.any(Number) : seq - 1 })
  expect(body.sentence).toContain(`rang ${seq}`)
  // Number 1 of the year is kept for the opening entry: rank 3 carries number 000004.
  if (fault === 'row-changed') expect(body.brokenAt.number).toBe(`00000${seq + 1}`)
  expect(await t.db.tenant(company.ctx, verifyLedgerChain)).toMatchObject({ brokenAt: { seq: BigInt(seq), fault } })
})
