import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { uuidv7 } from '../id/uuid.ts'
import { checkSecrets, rotateSecrets } from './rotate.ts'
import { createSecrets, SealError } from './secrets.ts'
import type { SealedColumn } from './sealed-columns.ts'

const FIRST = 'the first secret of this installation'
const SECOND = 'the second secret of this installation'
const THIRD = 'the third secret of this installation'
const COLUMNS: readonly SealedColumn[] = [{ schema: 'app', table: 'test_safe', column: 'content', group: 'test.safe' }, { schema: 'auth', table: 'test_safe', column: 'content', group: 'test.safe' }]

let t: TestApp
let company: TestCompany
let other: TestCompany
beforeAll(async () => {
  t = await startTestApp()
  // Two tables as a module would make them, one for a company and one for the installation.
  await t.db.owner.exec(`
    create table app.test_safe (tenant_id uuid not null references app.company(tenant_id), id uuid not null, content text, primary key (tenant_id, id));
    select app.protect('test_safe');
    create table auth.test_safe (id uuid primary key, content text)`)
})
afterAll(async () => { await t.close() })
beforeEach(async () => {
  // The keys of the installation are shared by all tests: each starts without.
  await t.db.owner.exec('delete from auth.test_safe; delete from auth.data_key')
  company = await t.company()
  other = await t.company()
})

/** A process of this installation, with its own memory. */
const process = (secret: string, ...previous: string[]) => createSecrets(t.db, { secret, previous })
const reasonOf = async (opening: Promise<string>) => opening.then((text) => `opened: ${text}`, (error: unknown) => (error instanceof SealError ? error.reason : error))

describe('a sealed text', () => {
  test('is opened again with its scope, by another process too, and says nothing by itself', async () => {
    const scope = { tenantId: company.tenantId, purpose: 'webhook.secret:42' }
    for (const text of ['', 'JBSWY3DPEHPK3PXP', 'clé à ouvrir — 鍵', 'x'.repeat(100_000)]) {
      const sealed = await process(FIRST).seal(scope, text)
      expect(sealed).toMatch(/^q1\.[0-9a-f-]{36}\.[\w-]+$/)
      if (text !== '') expect(sealed).not.toContain(text.slice(0, 8))
      expect(await process(FIRST).open(scope, sealed)).toBe(text)
    }
  })

  test('is another one each time', async () => {
    const secrets = process(FIRST)
    const scope = { tenantId: company.tenantId, purpose: 'totp' }
    const all = await Promise.all(Array.from({ length: 20 }, () => secrets.seal(scope, 'same')))
    expect(new Set(all).size).toBe(20)
  })

  test('does not open in another company, row or purpose, even with the key of its purpose at hand', async () => {
    const secrets = process(FIRST)
    const scope = { tenantId: company.tenantId, purpose: 'webhook.secret:1' }
    const sealed = await secrets.seal(scope, 'mine')
    await secrets.seal({ ...scope, tenantId: other.tenantId }, 'theirs')
    expect(await reasonOf(secrets.open({ ...scope, tenantId: other.tenantId }, sealed))).toBe('key')
    expect(await reasonOf(secrets.open({ ...scope, tenantId: null }, sealed))).toBe('key')
    expect(await reasonOf(secrets.open({ ...scope, purpose: 'webhook.secret:2' }, sealed))).toBe('scope')
    expect(await reasonOf(secrets.open({ ...scope, purpose: 'webhook.secret' }, sealed))).toBe('scope')
    expect(await reasonOf(secrets.open({ ...scope, purpose: 'totp:1' }, sealed))).toBe('scope')
    expect(await secrets.open(scope, sealed)).toBe('mine')
  })

  test('does not open in another company whose key row was replaced by a copy of ours', async () => {
    const scope = { tenantId: company.tenantId, purpose: 'totp:1' }
    const sealed = await process(FIRST).seal(scope, 'mine')
    await t.db.owner.query('insert into app.data_key (tenant_id, id, purpose, master, born_under, wrapped) select $2, id, purpose, master, born_under, wrapped from app.data_key where tenant_id = $1', [company.tenantId, other.tenantId])
    expect(await reasonOf(process(FIRST).open({ ...scope, tenantId: other.tenantId }, sealed))).toBe('key')
  })

  test('does not open once it was touched or cut, and what is no sealed text is said to be none', async () => {
    const secrets = process(FIRST)
    const scope = { tenantId: null, purpose: 'smtp' }
    const sealed = await secrets.seal(scope, 'password')
    const [version, id, content = ''] = sealed.split('.')
    expect(await reasonOf(secrets.open(scope, `${version}.${id}.${content.slice(0, -4)}`))).toBe('scope')
    expect(await reasonOf(secrets.open(scope, `${version}.${id}.A${content.slice(1)}`.replace('.AA', '.BA')))).toBe('scope')
    for (const text of ['', 'password', `q2.${id}.${content}`, `${version}.${id}`, `${version}.------------------------------------.${content}`]) expect(await reasonOf(secrets.open(scope, text)), text).toBe('form')
    expect(await reasonOf(secrets.open(scope, `${version}.${uuidv7()}.${content}`))).toBe('key')
  })

  test('does not open with another secret, and the refusal names the setting and not the content', async () => {
    const scope = { tenantId: company.tenantId, purpose: 'totp' }
    const sealed = await process(FIRST).seal(scope, 'JBSWY3DPEHPK3PXP')
    const error = await process(SECOND).open(scope, sealed).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ reason: 'master', message: expect.stringContaining('QUITTANCE_SECRET_PREVIOUS') })
    expect(String(error)).not.toContain(sealed)
    expect(await process(SECOND, THIRD, FIRST).open(scope, sealed)).toBe('JBSWY3DPEHPK3PXP')
  })

  test.each(['', 'Webhook', 'a b', 'webhook:', `a:${'x'.repeat(201)}`, 'a:\u0000'])('has a purpose that can be told from others: %j is a mistake of the caller', async (purpose) => {
    await expect(process(FIRST).seal({ tenantId: null, purpose }, 'x')).rejects.toThrow('purpose')
  })
})

describe('the keys', () => {
  test('are one for each company and purpose, whoever asks first and however many at once', async () => {
    const scope = { tenantId: company.tenantId, purpose: 'totp' }
    const sealed = await Promise.all(Array.from({ length: 8 }, (_value, index) => process(FIRST).seal({ ...scope, purpose: `totp:${index}` }, String(index))))
    expect(new Set(sealed.map((text) => text.split('.')[1])).size).toBe(1)
    const elsewhere = await Promise.all([process(FIRST).seal({ ...scope, purpose: 'webhook' }, ''), process(FIRST).seal({ ...scope, tenantId: other.tenantId }, ''), process(FIRST).seal({ ...scope, tenantId: null }, '')])
    expect(new Set([...sealed, ...elsewhere].map((text) => text.split('.')[1])).size).toBe(4)
  })

  test('are never stored open, and a copy of the tables without the secret opens nothing', async () => {
    const secrets = process(FIRST)
    await secrets.seal({ tenantId: company.tenantId, purpose: 'totp' }, 'x')
    const { rows } = await t.db.owner.query<{ wrapped: Uint8Array; master: string }>('select wrapped, master from app.data_key where tenant_id = $1', [company.tenantId])
    expect(rows).toHaveLength(1)
    // Nonce, 32 bytes, tag.
    expect(rows[0]?.wrapped).toHaveLength(12 + 32 + 16)
    expect(rows[0]?.master).toBe(secrets.masters.current.name)
    expect(Buffer.from(FIRST).toString('hex')).not.toContain(rows[0]?.master)
  })

  test('of a company are seen by that company alone', async () => {
    await process(FIRST).seal({ tenantId: company.tenantId, purpose: 'totp' }, 'x')
    expect((await t.db.tenant(other.ctx, (tx) => tx.query('select 1 from app.data_key where tenant_id = $1', [company.tenantId]))).rows).toEqual([])
    expect((await t.db.tenant(company.ctx, (tx) => tx.query('select 1 from app.data_key'))).rows).toHaveLength(1)
    await expect(t.db.tenant(company.ctx, (tx) => tx.query('delete from app.data_key'))).rejects.toMatchObject({ code: '42501' })
    await expect(t.db.tenant(company.ctx, (tx) => tx.query('select 1 from auth.data_key'))).rejects.toMatchObject({ code: '42501' })
  })

  test('serve inside the transaction of the company, and a key that was rolled back with it never serves again', async () => {
    const secrets = process(FIRST)
    const scope = { tenantId: company.tenantId, purpose: 'totp' }
    await expect(t.db.tenant(company.ctx, async () => {
      const sealed = await secrets.seal(scope, 'first')
      expect(await secrets.open(scope, sealed)).toBe('first')
      await secrets.seal(scope, 'again')
      throw new Error('the change is given up')
    })).rejects.toThrow('given up')
    const sealed = await secrets.seal(scope, 'second')
    expect(await process(FIRST).open(scope, sealed)).toBe('second')
  })
})

/** Rows of one company and of the installation, sealed as a module does. */
async function fill(secrets: ReturnType<typeof process>, count: number): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (let n = 0; n < count; n += 1) {
    const [id, text] = [uuidv7(), `secret ${n}`]
    texts.set(id, text)
    if (n % 4 === 3) await t.db.system(async (tx) => tx.query('insert into auth.test_safe values ($1, $2)', [id, await secrets.seal({ tenantId: null, purpose: `test.safe:${id}` }, text)]))
    else await t.db.tenant(company.ctx, async (tx) => tx.query('insert into app.test_safe values ($1, $2, $3)', [company.tenantId, id, await secrets.seal({ tenantId: company.tenantId, purpose: `test.safe:${id}` }, text)]))
  }
  return texts
}

type Stored = { id: string; content: string; tenant_id: string | null }
async function stored(): Promise<Stored[]> {
  return (await t.db.owner.query<Stored>('select id, content, tenant_id from app.test_safe where tenant_id = $1 union all select id, content, null from auth.test_safe', [company.tenantId])).rows
}

async function openAll(secrets: ReturnType<typeof process>): Promise<Map<string, string>> {
  const rows = await stored()
  return new Map(await Promise.all(rows.map(async ({ id, content, tenant_id }) => [id, await secrets.open({ tenantId: tenant_id, purpose: `test.safe:${id}` }, content)] as const)))
}

describe('a rotation', () => {
  test('puts every key under the new secret: what was sealed stays as it is and opens without the old one', async () => {
    const texts = await fill(process(FIRST), 9)
    const before = await stored()
    const done = await rotateSecrets(t.db, process(SECOND, FIRST), { columns: COLUMNS, data: false })
    expect(done.filter(({ tenantId }) => tenantId === null || tenantId === company.tenantId)).toMatchObject([
      { tenantId: null, keys: 1, rewrapped: 1, lost: 0, resealed: 0 }, { tenantId: company.tenantId, keys: 1, rewrapped: 1, lost: 0, resealed: 0 },
    ])
    expect(await stored()).toEqual(before)
    expect(await openAll(process(SECOND))).toEqual(texts)
    const again = await rotateSecrets(t.db, process(SECOND, FIRST), { columns: COLUMNS, data: false })
    expect(again.every(({ rewrapped }) => rewrapped === 0)).toBe(true)
  })

  test('with its data seals everything again with keys that the old secret never saw, once', async () => {
    const texts = await fill(process(FIRST), 280)
    const before = new Map((await stored()).map(({ id, content }) => [id, content]))
    const done = await rotateSecrets(t.db, process(SECOND, FIRST), { columns: COLUMNS, data: true })
    expect(done.filter(({ tenantId }) => tenantId === null || tenantId === company.tenantId).map(({ resealed }) => resealed)).toEqual([70, 210])
    const after = await stored()
    expect(after.filter(({ id, content }) => before.get(id) === content)).toEqual([])
    expect(await openAll(process(SECOND))).toEqual(texts)
    const { rows } = await t.db.owner.query<{ master: string; born_under: string; retired: boolean }>('select master, born_under, retired_at is not null as retired from app.data_key where tenant_id = $1', [company.tenantId])
    const [first, second] = [process(FIRST).masters.current.name, process(SECOND).masters.current.name]
    expect(rows.sort((a, b) => Number(b.retired) - Number(a.retired))).toEqual([{ master: second, born_under: first, retired: true }, { master: second, born_under: second, retired: false }])
    await rotateSecrets(t.db, process(SECOND, FIRST), { columns: COLUMNS, data: true })
    expect(await stored()).toEqual(after)
  }, 60_000)

  test('may run while the server seals: what another process sealed in between opens too', async () => {
    const texts = await fill(process(FIRST), 40)
    const server = process(SECOND, FIRST)
    expect(await openAll(server)).toEqual(texts)
    const rotation = rotateSecrets(t.db, process(SECOND, FIRST), { columns: COLUMNS, data: true })
    const added = await fill(server, 40)
    await rotation
    await rotateSecrets(t.db, process(SECOND, FIRST), { columns: COLUMNS, data: true })
    expect(await openAll(process(SECOND))).toEqual(new Map([...texts, ...added]))
  }, 60_000)

  test('leaves alone what it cannot open, and says how much that is', async () => {
    await fill(process(FIRST), 4)
    await fill(process(SECOND, FIRST), 4)
    const [damaged] = (await stored()).filter(({ tenant_id }) => tenant_id !== null)
    await t.db.owner.query('update app.test_safe set content = content || $2 where id = $1', [damaged?.id, 'AAAA'])
    const before = await stored()
    const unaware = await rotateSecrets(t.db, process(THIRD), { columns: COLUMNS, data: true })
    expect(unaware.find(({ tenantId }) => tenantId === company.tenantId)).toMatchObject({ lost: 1, rewrapped: 0, resealed: 0 })
    expect(await stored()).toEqual(before)
    const told = await rotateSecrets(t.db, process(THIRD, SECOND, FIRST), { columns: COLUMNS, data: true })
    expect(told.find(({ tenantId }) => tenantId === company.tenantId)).toMatchObject({ lost: 0, unreadable: 1, resealed: 5 })
    expect((await stored()).find(({ id }) => id === damaged?.id)?.content).toBe(before.find(({ id }) => id === damaged?.id)?.content)
    expect(await checkSecrets(t.db, process(THIRD), COLUMNS)).toMatchObject({ unreadable: 1 })
  })
})
