import Papa from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { canonicalJson } from './canonical.ts'
import { recordAudit, verifyAuditChain } from './index.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

test('a change is logged with who, when, from where, and the values before and after', async () => {
  const company = await t.company()
  await t.api('PATCH', '/api/company', { as: company, body: { city: 'Lyon' } })
  await t.api('PATCH', '/api/company', { as: company, body: { city: 'Nantes' } })
  const { body } = await t.api('GET', '/api/audit', { as: company })
  expect(body.items.map((row: { action: string }) => row.action)).toEqual(['company.update', 'company.update', 'company.create'])
  expect(body.items[0]).toMatchObject({
    seq: '3', userId: company.owner.id, actor: company.owner.name, subjectKind: 'company', subjectId: company.tenantId,
    before: { city: 'Lyon' }, after: { city: 'Nantes' }, address: '127.0.0.1', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  })
  expect(body.items[2].before).toBeNull()
})

test('the log is read page by page without repeating or missing a row, and filtered', async () => {
  const company = await t.company()
  for (let n = 0; n < 5; n += 1) await t.api('PATCH', '/api/company', { as: company, body: { city: `Ville ${n}` } })
  const seen: string[] = []
  let next: string | null = null
  do {
    const page = await t.api('GET', `/api/audit?limit=2${next ? `&cursor=${next}` : ''}`, { as: company })
    expect(page.status).toBe(200)
    seen.push(...page.body.items.map((row: { seq: string }) => row.seq))
    next = page.body.next
  } while (next)
  expect(seen).toEqual(['6', '5', '4', '3', '2', '1'])
  expect((await t.api('GET', '/api/audit?action=company.create', { as: company })).body.items).toHaveLength(1)
  for (const cursor of ['x', 'WyJhIl0', 'bnVsbA']) expect((await t.api('GET', `/api/audit?cursor=${cursor}`, { as: company })).body.code).toBe('CURSOR_INVALID')
  expect((await t.api('GET', '/api/audit?limit=500', { as: company })).body.problems).toMatchObject([{ field: 'limit' }])
})

test('an untouched chain is intact, also after many writers at the same moment and with strange values', async () => {
  const company = await t.company()
  const after = { text: 'é\u2028"\\ \ud800', big: 12345678901234567890n, float: 0.1, minusZero: -0, empty: {}, list: [undefined, null], b: 1, a: 2, absent: undefined }
  await Promise.all(Array.from({ length: 12 }, (_, n) => t.db.tenant(company.ctx, (tx) => recordAudit(tx, company.ctx, { action: 'test.write', subjectKind: 'test', subjectId: String(n), after }))))
  expect((await t.api('GET', '/api/audit/check', { as: company })).body).toEqual({ rows: 13, intact: true, brokenAt: null, fault: null, sentence: null })
})

/** What a superuser may do to the log, with every guard of the product taken away for a moment. */
async function tamper(sql: string): Promise<void> {
  await t.db.owner.exec(`
    alter table app.audit_log disable trigger audit_log_is_final; alter table app.audit_log no force row level security; alter table app.audit_chain no force row level security;
    ${sql};
    alter table app.audit_log enable trigger audit_log_is_final; alter table app.audit_log force row level security; alter table app.audit_chain force row level security`)
}

async function companyWithLog(): Promise<TestCompany> {
  const company = await t.company()
  for (const city of ['Lyon', 'Nantes', 'Lille', 'Brest']) await t.api('PATCH', '/api/company', { as: company, body: { city } })
  return company
}

const insertAt = (tenantId: string, seq: number, previous: string) => `
  insert into app.audit_log (tenant_id, seq, at, actor, action, subject_kind, subject_id, prev_hash, hash)
  select '${tenantId}', ${seq}, now(), 'Intrus', 'company.update', 'company', 'x', ${previous}, sha256('forged')`
const hashOfRow = (tenantId: string, seq: number) => `(select hash from app.audit_log where tenant_id = '${tenantId}' and seq = ${seq})`
const shift = (tenantId: string, from: number) => `
  update app.audit_log set seq = seq + 100 where tenant_id = '${tenantId}' and seq >= ${from};
  update app.audit_log set seq = seq - 99 where tenant_id = '${tenantId}' and seq >= 100`

test.each([
  ['a row whose values were changed', (id: string) => `update app.audit_log set after = '{"city": "Toulouse"}' where tenant_id = '${id}' and seq = 3`, '3', 'row-changed'],
  ['a row whose author was changed', (id: string) => `update app.audit_log set actor = 'Personne' where tenant_id = '${id}' and seq = 2`, '2', 'row-changed'],
  ['a row whose instant was changed by a thousandth of a second', (id: string) => `update app.audit_log set at = at + interval '1 millisecond' where tenant_id = '${id}' and seq = 4`, '4', 'row-changed'],
  ['a hash that was changed', (id: string) => `update app.audit_log set hash = sha256('x') where tenant_id = '${id}' and seq = 2`, '2', 'row-changed'],
  ['a row that was removed', (id: string) => `delete from app.audit_log where tenant_id = '${id}' and seq = 3`, '3', 'row-missing'],
  ['the last row removed', (id: string) => `delete from app.audit_log where tenant_id = '${id}' and seq = 5`, '5', 'row-missing'],
  ['a row removed and the others closed up', (id: string) => `
    delete from app.audit_log where tenant_id = '${id}' and seq = 3; update app.audit_log set seq = seq - 1 where tenant_id = '${id}' and seq = 4;
    update app.audit_log set seq = seq - 1 where tenant_id = '${id}' and seq = 5; update app.audit_chain set seq = 4 where tenant_id = '${id}'`, '3', 'row-missing'],
  ['a row put in', (id: string) => `${shift(id, 3)}; ${insertAt(id, 3, hashOfRow(id, 2))}; update app.audit_chain set seq = 6 where tenant_id = '${id}'`, '3', 'row-inserted'],
  ['a row added after the end', (id: string) => insertAt(id, 6, hashOfRow(id, 5)), '6', 'row-inserted'],
  ['an end that was moved back', (id: string) => `update app.audit_chain set seq = 3, hash = ${hashOfRow(id, 3)} where tenant_id = '${id}'`, '4', 'end-moved'],
  ['an end whose hash was changed', (id: string) => `update app.audit_chain set hash = sha256('x') where tenant_id = '${id}'`, '5', 'end-moved'],
])('the verification finds %s, and says where and why', async (_what, sql, brokenAt, fault) => {
  const company = await companyWithLog()
  await tamper(sql(company.tenantId))
  const { body } = await t.api('GET', '/api/audit/check', { as: company, headers: { 'accept-language': 'en' } })
  expect(body).toMatchObject({ intact: false, brokenAt, fault })
  expect(body.sentence).toMatch(new RegExp(`^The chain breaks at row ${brokenAt}\\b`))
  expect(await t.db.tenant(company.ctx, verifyAuditChain)).toMatchObject({ intact: false, seq: BigInt(brokenAt), fault })
})

test('the product itself can neither change nor remove a row', async () => {
  const company = await t.company()
  for (const sql of ['update app.audit_log set actor = \'x\'', 'delete from app.audit_log']) {
    await expect(t.db.tenant(company.ctx, (tx) => tx.query(sql))).rejects.toMatchObject({ code: '42501' })
  }
})

test('a change that fails leaves no row in the log', async () => {
  const company = await t.company()
  await expect(t.db.tenant(company.ctx, async (tx) => {
    await recordAudit(tx, company.ctx, { action: 'test.write', subjectKind: 'test', subjectId: '1' })
    throw new Error('later failure')
  })).rejects.toThrow('later failure')
  expect((await t.api('GET', '/api/audit/check', { as: company })).body).toMatchObject({ rows: 1, intact: true })
})

test('the same content gives the same text whatever the order of its keys', () => {
  expect(canonicalJson({ b: [1, { d: 1n, c: null }], a: undefined, e: 'é' })).toBe('{"b":[1,{"c":null,"d":"1"}],"e":"é"}')
})

test('the log is searched by who, what, when and by a word of what changed', async () => {
  const company = await t.company('company', { name: 'Recherche' })
  const admin = await t.member(company, 'admin')
  await t.api('PATCH', '/api/company', { as: admin, body: { city: 'Pont-l\'Abbé 100%_' } })
  const find = async (query: string) => (await t.api('GET', `/api/audit?${query}`, { as: company })).body.items.map((row: { action: string }) => row.action)
  expect(await find(`userId=${admin.id}`)).toEqual(['company.update'])
  expect(await find(`actor=${encodeURIComponent(admin.name.toLowerCase())}`)).toEqual(['company.update'])
  expect(await find('action=company')).toEqual(['company.update', 'company.create'])
  expect(await find('action=company.create')).toEqual(['company.create'])
  expect(await find('action=comp')).toEqual([])
  expect(await find('subjectKind=user')).toEqual(['member.add'])
  expect(await find(`text=${encodeURIComponent('l\'abbé 100%_')}`)).toEqual(['company.update'])
  expect(await find('text=100%25x')).toEqual([])
  expect((await t.api('GET', '/api/audit/actions', { as: company })).body.items).toEqual(['company.create', 'company.update', 'member.add'])
  // The day of the row in the company's zone, taken from the row itself.
  const { rows } = await t.db.owner.query<{ day: string; before: string; after: string }>('select day::text, (day - 1)::text as before, (day + 1)::text as after from (select (now() at time zone \'Europe/Paris\')::date as day) d')
  const day = rows[0] ?? { day: '', before: '', after: '' }
  expect(await find(`from=${day.before}&to=${day.after}`)).toHaveLength(3)
  expect(await find(`to=${day.before}`)).toEqual([])
  expect(await find(`from=${day.after}`)).toEqual([])
  expect((await t.api('GET', '/api/audit?from=2026-02-30', { as: company })).body.problems).toMatchObject([{ field: 'from' }])
})

test('a day of the search begins and ends at midnight of the company', async () => {
  const company = await t.company()
  await tamper(`update app.audit_log set at = '2026-06-30T22:00:00Z' where tenant_id = '${company.tenantId}' and seq = 1`)
  const count = async (query: string) => (await t.api('GET', `/api/audit?${query}`, { as: company })).body.items.length
  // Midnight of 1 July in Paris, two hours ahead of UTC in summer.
  expect([await count('from=2026-07-01&to=2026-07-01'), await count('from=2026-06-30&to=2026-06-30')]).toEqual([1, 0])
})

test('the log is exported as CSV that no spreadsheet runs, and as lines of JSON; the export is in the log', async () => {
  const company = await t.company()
  const formula = '=HYPERLINK("http://example.org")'
  await t.db.tenant(company.ctx, (tx) => recordAudit(tx, { ...company.ctx, actor: formula }, { action: 'test.write', subjectKind: 'test', subjectId: '-1', after: { a: 1, b: 'é, "x"' } }))
  const csv = await t.api('GET', '/api/exports/audit?format=csv', { as: company })
  expect(csv).toMatchObject({ status: 200, headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': expect.stringMatching(/^attachment; filename="audit-.*\.csv"$/), 'cache-control': 'no-store' } })
  const read = Papa.parse<string[]>(csv.text.replace('\ufeff', ''), { skipEmptyLines: true }).data
  expect(read[0]).toEqual(['seq', 'at', 'actor', 'userId', 'action', 'subjectKind', 'subjectId', 'before', 'after', 'address'])
  expect(read[2]?.slice(2)).toEqual([`'${formula}`, company.owner.id, 'test.write', 'test', '\'-1', '', '{"a":1,"b":"é, \\"x\\""}', ''])
  expect(read.slice(1).map((row) => row[4])).toEqual(['company.create', 'test.write', 'audit.export'])
  const lines = await t.api('GET', '/api/exports/audit?format=jsonl&action=test', { as: company })
  expect(lines.text.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual((await t.api('GET', '/api/audit?action=test', { as: company })).body.items)
  expect((await t.api('GET', '/api/audit?action=audit.export', { as: company })).body.items).toMatchObject([{ after: { format: 'jsonl', action: 'test' } }, { after: { format: 'csv' } }])
})
