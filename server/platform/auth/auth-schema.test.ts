import { getMigrations } from 'better-auth/db/migration'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDb, type TestDb } from '../../../tests/support/database.ts'
import { authOptions } from './options.ts'

let db: TestDb
beforeAll(async () => { db = await testDb() })
afterAll(async () => { await db.close() })

const settings = { publicUrl: 'http://127.0.0.1:3000', secret: 'a secret of the tests, long enough to be one' }

test('the tables of our migration are exactly what the sign-in library asks for', async () => {
  const { toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems, unsafeChanges } = await getMigrations(authOptions(db.owner, settings), { throwOnUnsafe: false })
  expect({ toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems, unsafeChanges }).toEqual({ toBeCreated: [], toBeAdded: [], toBeAddedIndexes: [], schemaProblems: [], unsafeChanges: [] })
})

test('every id of these tables is a uuid', async () => {
  const { rows } = await db.owner.query<{ name: string }>(`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'auth' and column_name ~ '(^id|Id)$' and data_type <> 'uuid' and table_name <> 'idempotency_key' order by 1`)
  // How another provider names its account, such as an e-mail: never one of our ids.
  expect(rows.map(({ name }) => name)).toEqual(['account.accountId', 'account.providerId'])
})

test('the role of a company sees nothing of them', async () => {
  const scope = { tenantId: '01890000-0000-7000-8000-000000000001', userId: null } as Parameters<TestDb['tenant']>[0]
  await expect(db.tenant(scope, (tx) => tx.query('select 1 from auth."user"'))).rejects.toMatchObject({ code: '42501' })
})
