import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../support/server.ts'
import { JOBS } from './table/jobs.ts'

let t: TestApp
let ours: TestCompany
let theirs: TestCompany

beforeAll(async () => {
  t = await startTestApp()
  ours = await t.company('company', { name: 'La nôtre' })
  theirs = await t.company('company', { name: 'La leur' })
})
afterAll(async () => { await t.close() })

/** What follows a company's own events some seconds later, whatever this test does. */
const FOLLOWS = ['portfolio_row', 'recurring_search']

/** Everything the tables of the companies hold for one of them, table by table, as a fingerprint. */
async function rowsOf(company: TestCompany): Promise<Record<string, string>> {
  const { rows: tables } = await t.db.owner.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_namespace s on s.oid = c.relnamespace where s.nspname = 'app' and c.relkind in ('r', 'p') order by 1`)
  const held: Record<string, string> = {}
  // The owner of the tables is not their reader: row-level security is forced on it too.
  await t.db.tenant(company.ctx, async (tx) => {
    for (const { name } of tables) {
      if (FOLLOWS.includes(name)) continue
      const { rows: may } = await tx.query<{ may: boolean }>('select has_table_privilege(current_user, $1, \'select\') as may', [`app.${name}`])
      if (!may[0]?.may) continue
      const { rows } = await tx.query<{ seen: string }>(`select count(*) || ' ' || coalesce(md5(string_agg(x::text, '|' order by x::text)), '') as seen from app.${name} x where tenant_id = $1`, [company.tenantId])
      held[name] = rows[0]?.seen ?? ''
    }
  })
  return held
}

test('every queue of the product is in the table of this test', () => {
  expect(t.app.jobs.queues().map(({ name }) => name).filter((name) => JOBS[name] === undefined), 'add these queues to tests/tenancy/table/jobs.ts').toEqual([])
})

test.each(Object.entries(JOBS).filter(([, row]) => row !== 'installation').map(([name]) => name))('a job of %s that names things of another company changes nothing of it', async (name) => {
  const row = JOBS[name]
  if (row === undefined || row === 'installation') return
  const data = await row(t, { ours, theirs })
  await t.settle()
  const before = await rowsOf(theirs)
  expect(Object.keys(before).length).toBeGreaterThan(20)
  expect(await t.app.jobs.enqueue(name, data), 'the queue took the job').not.toBeNull()
  // A refused job waits for its next try; nothing more of it is awaited.
  await t.app.jobs.idle({ timeoutMs: 4_000 }).catch(() => undefined)
  expect(await rowsOf(theirs)).toEqual(before)
})
