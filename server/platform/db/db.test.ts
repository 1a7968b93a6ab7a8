import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TenantId, UserId } from '../../../core/kernel/id.ts'
import { testDb } from '../../../tests/support/database.ts'
import type { TestDb } from '../../../tests/support/database.ts'
import { uuidv7 } from '../id/uuid.ts'
import { makeKysely } from './kysely.ts'
import type { TenantScope } from './types.ts'

let db: TestDb
let mine: TenantScope
let theirs: TenantScope

beforeAll(async () => {
  db = await testDb()
  await db.owner.exec(`
    create table app.sample (tenant_id uuid not null, n int not null check (n < 100), note text, constraint sample_key primary key (tenant_id, n));
    select app.protect('sample');
    create table auth.sample_login (id uuid primary key);
    grant select, insert on auth.sample_login to quittance_system;
  `)
})
afterAll(async () => { await db.close() })
beforeEach(() => {
  mine = { tenantId: uuidv7() as TenantId, userId: uuidv7() as UserId }
  theirs = { tenantId: uuidv7() as TenantId, userId: null }
})

const INSERT = 'insert into app.sample (tenant_id, n, note) values ($1, $2, $3)'
async function add(scope: TenantScope, n: number): Promise<void> {
  await db.tenant(scope, (tx) => tx.query(INSERT, [scope.tenantId, n, 'x']))
}
async function count(scope: TenantScope): Promise<number> {
  return (await db.tenant(scope, (tx) => tx.query('select n from app.sample'))).rowCount
}
async function settings(): Promise<Record<string, unknown> | undefined> {
  return (await db.query('select current_user::text as role, current_setting(\'app.tenant_id\', true) as tenant, current_setting(\'app.user_id\', true) as "user"')).rows[0]
}

describe('a tenant\'s transaction', () => {
  test('acts as the tenant role, for the tenant and the user it names', async () => {
    const inside = await db.tenant(mine, () => settings())
    expect(inside).toEqual({ role: 'quittance_tenant', tenant: mine.tenantId, user: mine.userId })
  })

  test('sees its own rows and none of another tenant', async () => {
    await add(mine, 1)
    await add(theirs, 1)
    expect(await count(mine)).toBe(1)
    expect((await db.tenant(theirs, (tx) => tx.query('update app.sample set note = $1', ['y']))).rowCount).toBe(1)
    await expect(db.tenant(mine, (tx) => tx.query(INSERT, [theirs.tenantId, 2, 'x']))).rejects.toMatchObject({ code: '42501' })
  })

  test('leaves neither role nor tenant behind, after a commit as after a rollback', async () => {
    await add(mine, 1)
    await expect(db.tenant(mine, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    for (let i = 0; i < 10; i++) {
      const after = await settings()
      expect(after?.['role']).not.toMatch(/^quittance_(tenant|system)$/)
      expect(after?.['tenant']).toBe('')
    }
  })

  test('without a tenant a query on a tenant\'s table fails and shows nothing', async () => {
    const query = 'select n from app.sample where tenant_id = current_setting(\'app.tenant_id\')::uuid'
    await expect(db.query(query)).rejects.toMatchObject({ code: '22P02' })
    await add(mine, 1)
    await expect(db.query(query)).rejects.toMatchObject({ code: '22P02' })
    await expect(db.query('select app.current_tenant()')).rejects.toMatchObject({ code: '22P02' })
  })

  test('joins: a nested call and a plain query are part of it, and all of it is undone together', async () => {
    await expect(db.tenant(mine, async (tx) => {
      await tx.query(INSERT, [mine.tenantId, 1, 'x'])
      await add(mine, 2)
      await db.query(INSERT, [mine.tenantId, 3, 'x'])
      expect(await count(mine)).toBe(3)
      throw new Error('undo')
    })).rejects.toThrow('undo')
    expect(await count(mine)).toBe(0)
  })

  test('a second tenant inside the first is refused, and so is the system', async () => {
    await expect(db.tenant(mine, () => db.tenant(theirs, () => Promise.resolve()))).rejects.toThrow('second tenant')
    await expect(db.tenant(mine, () => db.system(() => Promise.resolve()))).rejects.toThrow('system call')
    await expect(db.tenant(mine, () => db.tenant({ ...mine, userId: uuidv7() as UserId }, () => Promise.resolve()))).rejects.toThrow('second user')
  })

  test('the product\'s own work joins the user\'s transaction and keeps the user\'s name', async () => {
    expect(await db.tenant(mine, () => db.tenant({ ...mine, userId: null }, () => settings()))).toMatchObject({ user: mine.userId })
  })

  test('an id that is not a uuid never reaches the database', async () => {
    const bad = { tenantId: 'x\'; drop table app.sample; --' as TenantId, userId: null }
    await expect(db.tenant(bad, () => Promise.resolve())).rejects.toThrow('not a uuid')
  })

  test('a refusal of the database names its code and its constraint', async () => {
    await add(mine, 1)
    await expect(add(mine, 1)).rejects.toMatchObject({ code: '23505', constraint: 'sample_key', table: 'sample', schema: 'app' })
    await expect(add(mine, 100)).rejects.toMatchObject({ code: '23514', constraint: 'sample_n_check' })
    await expect(db.query('select nonsense')).rejects.toMatchObject({ code: '42703' })
  })

  test('a failed query that the code swallows still aborts the whole', async () => {
    await expect(db.tenant(mine, async (tx) => {
      await tx.query(INSERT, [mine.tenantId, 1, 'x'])
      await tx.query(INSERT, [mine.tenantId, 1, 'x']).catch(() => undefined)
    })).rejects.toMatchObject({ code: '23505' })
    expect(await count(mine)).toBe(0)
  })

  test('a nested part that fails aborts the whole even when its error is swallowed', async () => {
    await expect(db.tenant(mine, async () => {
      await add(mine, 1)
      await db.tenant(mine, () => Promise.reject(new Error('the part failed'))).catch(() => undefined)
    })).rejects.toThrow('the part failed')
    expect(await count(mine)).toBe(0)
  })

  test('a statement that comes after the end is refused instead of running alone', async () => {
    let late: Promise<unknown> = Promise.resolve()
    await db.tenant(mine, async (tx) => { late = wait(30).then(() => tx.query('select 1')); late.catch(() => undefined); await tx.query('select 1') })
    await expect(late).rejects.toThrow('has ended')
  })

  test('statements asked together run one after the other', async () => {
    await db.tenant(mine, async (tx) => { await Promise.all([1, 2, 3, 4].map((n) => tx.query(INSERT, [mine.tenantId, n, 'x']))) })
    expect(await count(mine)).toBe(4)
  })

  test('twenty tenants at the same moment keep to themselves', async () => {
    const scopes = Array.from({ length: 20 }, () => ({ tenantId: uuidv7() as TenantId, userId: null }))
    await Promise.all(scopes.map(async (scope) => { await add(scope, 1); await add(scope, 2) }))
    expect(await Promise.all(scopes.map(count))).toEqual(scopes.map(() => 2))
  })
})

describe('the system\'s transaction', () => {
  test('reads and writes sign-in data and has no right on a tenant\'s table', async () => {
    const id = uuidv7()
    await db.system((tx) => tx.query('insert into auth.sample_login values ($1)', [id]))
    expect((await db.system((tx) => tx.query('select id from auth.sample_login where id = $1', [id]))).rowCount).toBe(1)
    await expect(db.system((tx) => tx.query('select n from app.sample'))).rejects.toMatchObject({ code: '42501' })
    await expect(db.tenant(mine, (tx) => tx.query('select id from auth.sample_login'))).rejects.toMatchObject({ code: '42501' })
  })
})

describe('a transaction for both', () => {
  test('commits the tenant\'s part with the system\'s part, each under its own role', async () => {
    const id = uuidv7()
    const roles: unknown[] = []
    await db.transaction(async () => {
      await db.system((tx) => tx.query('insert into auth.sample_login values ($1)', [id]))
      await db.tenant(mine, async () => { roles.push(await settings()); await add(mine, 1) })
      roles.push(await settings())
      await db.tenant(theirs, () => add(theirs, 1))
    })
    expect(roles).toMatchObject([{ role: 'quittance_tenant', tenant: mine.tenantId }, { role: 'quittance_system', tenant: '', user: '' }])
    expect([await count(mine), await count(theirs)]).toEqual([1, 1])
  })

  test('a failure at the end undoes both', async () => {
    const id = uuidv7()
    await expect(db.transaction(async () => {
      await db.system((tx) => tx.query('insert into auth.sample_login values ($1)', [id]))
      await add(mine, 1)
      throw new Error('late')
    })).rejects.toThrow('late')
    expect(await count(mine)).toBe(0)
    expect((await db.system((tx) => tx.query('select id from auth.sample_login where id = $1', [id]))).rowCount).toBe(0)
  })

  test('a failed tenant part aborts it even when its error is swallowed', async () => {
    await expect(db.transaction(async () => {
      await add(mine, 1)
      await add(mine, 1).catch(() => undefined)
    })).rejects.toMatchObject({ code: '23505' })
    expect(await count(mine)).toBe(0)
  })

  test('two tenants\' parts started together follow each other', async () => {
    await db.transaction(async () => { await Promise.all([add(mine, 1), add(theirs, 1)]) })
    expect([await count(mine), await count(theirs)]).toEqual([1, 1])
  })

  test('a system statement slipped in while a tenant is at work is refused, never run with the tenant\'s role', async () => {
    await expect(db.transaction(async () => {
      let part: Promise<void> = Promise.resolve()
      await new Promise<void>((entered) => { part = db.tenant(mine, async () => { entered(); await wait(20) }) })
      const slipped = db.query('select 1')
      await Promise.allSettled([part, slipped])
      await slipped
    })).rejects.toThrow('at work')
  })

  test('a statement that comes while the role is being handed over never runs under the other\'s role', async () => {
    const role = async () => (await db.query<{ role: string }>('select current_user::text as role')).rows[0]?.role
    for (let turns = 0; turns < 12; turns++) {
      const seen: (string | undefined)[] = []
      await db.transaction(async () => {
        const part = db.tenant(mine, () => wait(5))
        for (let turn = 0; turn < turns; turn++) await Promise.resolve()
        await Promise.allSettled([part, role().then((name) => { seen.push(name) })])
      })
      expect(seen.every((name) => name === 'quittance_system')).toBe(true)
    }
  })
})

describe('notifications', () => {
  test('are heard once, after the commit, and not after a rollback; stopping stops them', async () => {
    const heard: string[] = []
    const stop = await db.listen('sample_heard', (payload) => { heard.push(payload) })
    await db.tenant(mine, async (tx) => {
      await tx.query('select pg_notify(\'sample_heard\', $1)', ['one'])
      await wait(30)
      expect(heard).toEqual([])
    })
    await db.tenant(mine, async (tx) => { await tx.query('select pg_notify(\'sample_heard\', \'undone\')'); throw new Error('undo') }).catch(() => undefined)
    await expect.poll(() => heard).toEqual(['one'])
    await stop()
    await db.query('select pg_notify(\'sample_heard\', \'two\')')
    await wait(50)
    expect(heard).toEqual(['one'])
  })

  test('two listeners of one channel both hear, and one may leave; a channel may have any name', async () => {
    const heard: string[] = []
    const stopFirst = await db.listen('Sample:"quoted"', (payload) => { heard.push(`first ${payload}`) })
    const stopSecond = await db.listen('Sample:"quoted"', (payload) => { heard.push(`second ${payload}`) })
    await db.query('select pg_notify(\'Sample:"quoted"\', \'1\')')
    await expect.poll(() => heard).toEqual(['first 1', 'second 1'])
    await stopFirst()
    await db.query('select pg_notify(\'Sample:"quoted"\', \'2\')')
    await expect.poll(() => heard).toEqual(['first 1', 'second 1', 'second 2'])
    await stopSecond()
  })
})

describe('outside of a transaction', () => {
  test('a text that fails between its own begin and commit leaves the session clean', async () => {
    await expect(db.exec('begin; select 1; select nonsense; commit')).rejects.toMatchObject({ code: '42703' })
    for (let i = 0; i < 10; i++) expect((await db.query('select 1 as n')).rows).toEqual([{ n: 1 }])
  })
})

describe('kysely', () => {
  type Schema = { 'app.sample': { tenant_id: string; n: number; note: string | null } }

  test('joins the tenant\'s transaction and sees one tenant', async () => {
    const kysely = makeKysely<Schema>(db)
    await add(theirs, 7)
    await db.tenant(mine, async () => {
      await kysely.insertInto('app.sample').values([1, 2].map((n) => ({ tenant_id: mine.tenantId, n, note: null }))).execute()
      const rows = await kysely.selectFrom('app.sample').select(['n', 'note']).where('n', '<', 10).orderBy('n').execute()
      expect(rows).toEqual([{ n: 1, note: null }, { n: 2, note: null }])
    })
    const deleted = await db.tenant(mine, () => kysely.deleteFrom('app.sample').executeTakeFirst())
    expect(deleted.numDeletedRows).toBe(2n)
  })

  test('answers a library with the Dates it expects, and our code with texts', async () => {
    const { sql } = await import('kysely')
    const instant = sql<{ at: unknown }>`select '2026-11-20 10:00:00+00'::timestamptz as at`
    expect((await instant.execute(makeKysely<Schema>(db, { for: 'library' }))).rows).toEqual([{ at: new Date('2026-11-20T10:00:00Z') }])
    expect((await instant.execute(makeKysely<Schema>(db))).rows).toEqual([{ at: '2026-11-20T10:00:00.000000Z' }])
  })

  test('opens no transaction of its own', async () => {
    await expect(makeKysely<Schema>(db).transaction().execute(() => Promise.resolve())).rejects.toThrow('db.tenant')
  })
})
