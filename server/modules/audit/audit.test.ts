import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../../tests/support/server.ts'
import { canonicalJson } from './canonical.ts'
import { recordAudit } from './index.ts'

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
  expect((await t.api('GET', '/api/audit/check', { as: company })).body).toEqual({ rows: 13, intact: true, brokenAt: null })
})

test('a row changed behind the product\'s back is found, and so is a row that was removed', async () => {
  const tampered = await t.company()
  const shortened = await t.company()
  for (const company of [tampered, shortened]) {
    for (const city of ['Lyon', 'Nantes', 'Lille']) await t.api('PATCH', '/api/company', { as: company, body: { city } })
  }
  await t.db.owner.exec(`
    alter table app.audit_log disable trigger audit_log_is_final; alter table app.audit_log no force row level security;
    update app.audit_log set after = '{"city": "Toulouse"}' where tenant_id = '${tampered.tenantId}' and seq = 3;
    delete from app.audit_log where tenant_id = '${shortened.tenantId}' and seq = 4;
    alter table app.audit_log enable trigger audit_log_is_final; alter table app.audit_log force row level security`)
  expect((await t.api('GET', '/api/audit/check', { as: tampered })).body).toEqual({ rows: 2, intact: false, brokenAt: '3' })
  expect((await t.api('GET', '/api/audit/check', { as: shortened })).body).toEqual({ rows: 3, intact: false, brokenAt: '4' })
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
