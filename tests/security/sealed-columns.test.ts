import { afterAll, beforeAll, expect, test } from 'vitest'
import { MODULES } from '../../server/entry/modules.ts'
import { testDb, type TestDb } from '../support/database.ts'

let db: TestDb
beforeAll(async () => { db = await testDb() })
afterAll(async () => { await db.close() })

const columns = MODULES.flatMap((module) => [...(module.sealed ?? [])])

test('there are sealed columns, and each is named once', () => {
  expect(columns.length).toBeGreaterThan(0)
  expect(new Set(columns.map(({ schema, table, column }) => `${schema}.${table}.${column}`)).size).toBe(columns.length)
})

test.each(columns)('$schema.$table.$column is a text beside a uuid named id, and who rotates secrets may change it', async ({ schema, table, column }) => {
  const { rows } = await db.owner.query<{ name: string; type: string; writable: boolean }>(`
    select column_name as name, data_type as type, has_column_privilege($3, format('%I.%I', $1::text, $2::text), column_name, 'update') as writable
    from information_schema.columns where table_schema = $1 and table_name = $2`, [schema, table, schema === 'app' ? 'quittance_tenant' : 'quittance_system'])
  expect(rows.find(({ name }) => name === 'id')).toMatchObject({ type: 'uuid' })
  expect(rows.find(({ name }) => name === column)).toMatchObject({ type: 'text', writable: true })
  if (schema === 'app') expect(rows.map(({ name }) => name)).toContain('tenant_id')
})

test('every column whose name says that it is sealed is among them', async () => {
  const { rows } = await db.owner.query<{ name: string }>('select table_schema || \'.\' || table_name || \'.\' || column_name as name from information_schema.columns where table_schema in (\'app\', \'auth\') and column_name ~ \'sealed\'')
  expect(rows.map(({ name }) => name).filter((name) => !columns.some(({ schema, table, column }) => `${schema}.${table}.${column}` === name))).toEqual([])
})
