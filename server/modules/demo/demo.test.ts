import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { currency } from '../../../core/kernel/currency.ts'
import type { Context } from '../../platform/access/context.ts'
import { startTestApp, type TestApp } from '../../../tests/support/server.ts'
import { checkAudit } from '../audit/read-audit.ts'
import { accessesOf } from '../identity/index.ts'
import { checkLedger } from '../ledger/check-ledger.ts'
import { readSummary } from '../reporting/index.ts'
import { DEMO_PEOPLE, DEMO_SIGN_IN, seedDemo } from './index.ts'

let t: TestApp
let made: boolean
beforeAll(async () => {
  t = await startTestApp()
  made = await seedDemo(t.app)
}, 180_000)
afterAll(async () => { await t.close() })

async function contextOf(name: string, who: keyof typeof DEMO_PEOPLE = 'owner'): Promise<Context> {
  const { person } = await t.app.auth.signIn({ email: DEMO_PEOPLE[who].email, password: DEMO_SIGN_IN.password }, 'test')
  const access = (await accessesOf(t.app, person.id)).find((one) => one.name === name)!
  return { tenantId: access.tenantId as Context['tenantId'], userId: person.id, actor: person.name, role: access.role, locale: 'fr', today: '2026-11-20' as Context['today'], currency: currency(access.currency), address: null }
}

async function ask<T>(ctx: Context, sql: string): Promise<T[]> {
  return await t.app.db.tenant(ctx, async (tx) => (await tx.query<T>(sql, [tx.tenantId])).rows)
}

test('the demonstration is made once: a second call finds it and does nothing', async () => {
  expect(made).toBe(true)
  expect(await seedDemo(t.app)).toBe(false)
  expect((await t.db.owner.query('select 1 from app.company where is_demo')).rowCount).toBe(3)
})

test('the owner opens both companies, the firm opens them with the accountant\'s rights, the assistant prepares', async () => {
  const open = async (who: keyof typeof DEMO_PEOPLE) => {
    const { person } = await t.app.auth.signIn({ email: DEMO_PEOPLE[who].email, password: DEMO_SIGN_IN.password }, 'test')
    return (await accessesOf(t.app, person.id)).map((one) => `${one.name}: ${one.role}`).sort()
  }
  expect(await open('owner')).toEqual(['Atelier Lumen SARL: owner', 'Boréal Conseil inc.: owner'])
  expect(await open('assistant')).toEqual(['Atelier Lumen SARL: assistant', 'Boréal Conseil inc.: assistant'])
  expect(await open('accountant')).toEqual(['Atelier Lumen SARL: accountant', 'Boréal Conseil inc.: accountant', 'Cabinet Rivage: owner'])
})

describe.each(['Atelier Lumen SARL', 'Boréal Conseil inc.'])('the books of %s', (name) => {
  test('are intact, and what waits on 471 is what is left to treat, all of it recent', async () => {
    const ctx = await contextOf(name)
    expect(await checkLedger(t.app, ctx)).toMatchObject({ brokenAt: null, accountsAtFault: [] })
    expect(await checkAudit(t.app, ctx)).toMatchObject({ intact: true })
    const [state] = await ask<Record<string, unknown>>(ctx, `
      select (select coalesce(sum(credit - debit), 0) from app.entry_line where tenant_id = $1 and account like '471%' and entry_id in (select id from app.entry where tenant_id = $1 and not is_opening))
        = (select sum(amount - treated) from app.bank_line where tenant_id = $1) as agrees,
      (select min(booked_on) from app.bank_line where tenant_id = $1 and treated <> amount) >= '2026-10-10' as recent,
      (select count(*) from app.bank_line where tenant_id = $1 and entry_id is null) as unposted`)
    expect(state).toEqual({ agrees: true, recent: true, unposted: 0n })
  })

  test('agree with the bank: each statement is proven and the ledger holds its last balance', async () => {
    const ctx = await contextOf(name)
    const [row] = await ask<Record<string, unknown>>(ctx, `
      select (select bool_and(continuity = 'proven') from app.bank_statement where tenant_id = $1) as proven,
      (select sum(debit - credit)::bigint from app.account_balance b where tenant_id = $1 and account = '512001' and fiscal_year_id = (select id from app.fiscal_year where tenant_id = $1 order by starts_on desc limit 1))
        = (select closing from app.bank_statement where tenant_id = $1 order by closing_on desc limit 1) as agrees,
      (select min(balance) > 0 from (select (select opening from app.bank_statement where tenant_id = $1 order by opening_on limit 1) + sum(amount) over (order by booked_on, id) as balance from app.bank_line where tenant_id = $1) b) as positive`)
    expect(row).toEqual({ proven: true, agrees: true, positive: true })
  })
})

test('Atelier Lumen shows a day of work: lines with proposals, late customers, drafts, TVA to set aside', async () => {
  const summary = await readSummary(t.app, await contextOf('Atelier Lumen SARL'))
  const toDo = new Map(summary.toDo.map((task) => [task.kind, task.count]))
  expect(summary.cash.total).toBeGreaterThan(500_000n)
  expect(summary.vatToSetAside).toBeGreaterThan(0n)
  expect(toDo.get('bank_lines')).toBeGreaterThanOrEqual(15)
  expect(toDo.get('bank_lines')).toBeLessThanOrEqual(45)
  expect(toDo.get('suggestions')).toBeGreaterThanOrEqual(4)
  expect(toDo.get('late_invoices')).toBeGreaterThanOrEqual(3)
  expect(toDo.get('draft_invoices')).toBe(2)
})

test('Atelier Lumen steers by its bank: rules, a budget that is overspent, goals, and two questions to the assistant', async () => {
  const ctx = await contextOf('Atelier Lumen SARL')
  const toDo = new Map((await readSummary(t.app, ctx)).toDo.map((task) => [task.kind, task.count]))
  expect([toDo.get('held_lines'), toDo.get('budget_overruns')]).toEqual([2, 1])
  const [counts] = await ask<Record<string, bigint>>(ctx, `
    select (select count(*) from app.category_rule where tenant_id = $1) as rules, (select count(*) from app.budget where tenant_id = $1) as budgets, (select count(*) from app.goal where tenant_id = $1) as goals,
      (select count(*) from app.bank_hold where tenant_id = $1 and asked_of_name = '${DEMO_PEOPLE.assistant.name}') as asked`)
  expect(counts).toEqual({ rules: 5n, budgets: 4n, goals: 2n, asked: 2n })
})

test('Atelier Lumen has declared the TVA of its past months to the cent, and closed what each waiting account owed', async () => {
  const ctx = await contextOf('Atelier Lumen SARL')
  const rows = await ask<{ account: string; balance: bigint }>(ctx, `
    select account, sum(debit - credit)::bigint as balance from app.account_balance b join app.fiscal_year y on y.tenant_id = b.tenant_id and y.id = b.fiscal_year_id
    where b.tenant_id = $1 and y.starts_on = '2026-01-01' and month <= '2026-09-01' and (account like '44571%' or account like '44566%' or account like '471%') group by account having sum(debit - credit) <> 0`)
  expect(rows).toEqual([])
})

test('a demonstration that fails on the way leaves nothing behind, accounts of people included', async () => {
  const other = await startTestApp()
  try {
    const failing = { ...other.app, auth: { ...other.app.auth, accessChanged: async () => { throw new Error('the power went off') } } }
    await expect(seedDemo(failing)).rejects.toThrow('the power went off')
    const left = await other.db.owner.query('select 1 from app.company union all select 1 from auth."user"')
    expect(left.rowCount).toBe(0)
  } finally {
    await other.close()
  }
})
