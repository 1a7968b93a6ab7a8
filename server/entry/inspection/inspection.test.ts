import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../platform/clock/clock.ts'
import { createInvoice, issueInvoice } from '../../modules/invoicing/index.ts'
import { createCustomer } from '../../modules/party/index.ts'
import { startTestApp, type TestApp, type TestCompany } from '../../../tests/support/server.ts'
import { inspectBooks } from './books.ts'
import type { Finding } from './finding.ts'
import { checkBackups, checkDisk, checkSecret, checkSettings, inspectInstallation } from './installation.ts'

let t: TestApp
beforeAll(async () => { t = await startTestApp() }, 120_000)
afterAll(async () => { await t.close() })

async function trading(): Promise<TestCompany> {
  const company = await t.company()
  const customer = await createCustomer(t.app, company.ctx, { name: 'Maison Vermeil' })
  for (let n = 0; n < 3; n += 1) {
    const id = await createInvoice(t.app, company.ctx, { customerId: customer.id, lines: [{ description: 'Étude', quantity: '1', unitPrice: '100', vatRate: '20', nature: 'services' }] })
    await issueInvoice(t.app, company.ctx, { id })
  }
  return company
}

/** Someone with the rights of an owner changes rows behind the product's back. */
async function tamper(company: TestCompany, table: string, sql: string): Promise<void> {
  await t.db.owner.exec(`begin; alter table app.${table} disable trigger user; ${sql.replaceAll('$tenant', `'${company.tenantId}'`)}; alter table app.${table} enable trigger user; commit`)
}

async function faultsOf(company: TestCompany): Promise<Pick<Finding, 'check' | 'say' | 'mend'>[]> {
  return (await inspectBooks(t.app)).filter((finding) => finding.level !== 'ok' && finding.company === company.company.name)
}

describe('the books of a company', () => {
  test('that nobody touched have nothing wrong', async () => {
    expect(await faultsOf(await trading())).toEqual([])
  })

  test('with an entry changed afterwards are told, with the number of that entry and what to do', async () => {
    const company = await trading()
    await tamper(company, 'entry', 'update app.entry set label = \'autre\' where tenant_id = $tenant and seq = 2')
    const [found, ...more] = await faultsOf(company)
    expect(more).toEqual([])
    expect(found).toMatchObject({ check: 'ledger-chain' })
    expect(found?.say.en).toContain('entry 000003 (rank 2)')
    expect(found?.mend?.fr).toContain('restaurez')
  })

  test('with an amount changed on both sides break the chain and the monthly balances', async () => {
    const company = await trading()
    await tamper(company, 'entry_line', 'update app.entry_line set debit = debit * 2, credit = credit * 2 where tenant_id = $tenant and seq = 3')
    expect((await faultsOf(company)).map(({ check }) => check)).toEqual(['ledger-chain', 'ledger-balances'])
  })

  test('with a monthly balance changed name the account', async () => {
    const company = await trading()
    await tamper(company, 'account_balance', 'update app.account_balance set debit = debit + 1 where tenant_id = $tenant and account = \'411000\'')
    const [found, ...more] = await faultsOf(company)
    expect(more).toEqual([])
    expect(found).toMatchObject({ check: 'ledger-balances' })
    expect(found?.say.en).toContain('411000')
  })

  test('with a row of the audit log changed say which row', async () => {
    const company = await trading()
    await tamper(company, 'audit_log', 'update app.audit_log set actor = \'autre\' where tenant_id = $tenant and seq = 2')
    const [found, ...more] = await faultsOf(company)
    expect(more).toEqual([])
    expect(found).toMatchObject({ check: 'audit-chain' })
    expect(found?.say.en).toContain('row 2 of the audit log')
  })

  test('with an invoice taken out say in which series', async () => {
    const company = await trading()
    await tamper(company, 'invoice_series', 'update app.invoice_series set next_number = next_number + 1 where tenant_id = $tenant')
    const [found] = await faultsOf(company)
    expect(found).toMatchObject({ check: 'sequences' })
    expect(found?.say.en).toContain('(3 / 4)')
  })
})

describe('the installation', () => {
  // A clock that runs and a secret nobody can guess: those of the tests are neither.
  const wellSet = () => ({ ...t.app, clock: systemClock, config: { ...t.app.config, secret: randomBytes(48).toString('base64') } })
  const faults = async () => (await inspectInstallation(wellSet(), {})).filter(({ level }) => level !== 'ok').map(({ check }) => check)

  test('as the migrations leave it has nothing wrong but a backup to make', async () => {
    expect(await faults()).toEqual(['backup'])
  })

  test('with row-level security no longer forced names the table, and says how to force it', async () => {
    await t.db.owner.exec('alter table app.entry no force row level security')
    const found = (await inspectInstallation(t.app, {})).find(({ check }) => check === 'row-security')
    await t.db.owner.exec('alter table app.entry force row level security')
    expect(found).toMatchObject({ level: 'failure' })
    expect(found?.say.fr).toContain('entry')
    expect(found?.mend?.en).toContain('force row level security')
  })

  test('with a right too many names it', async () => {
    await t.db.owner.exec('grant delete on app.entry to quittance_tenant')
    const found = (await inspectInstallation(t.app, {})).find(({ check }) => check === 'roles')
    await t.db.owner.exec('revoke delete on app.entry from quittance_tenant')
    expect(found).toMatchObject({ level: 'failure' })
    expect(found?.say.en).toContain('delete entry')
  })

  test('with a migration missing says to run it', async () => {
    const { rows } = await t.db.owner.query<{ name: string; sha256: string }>('delete from app_meta.schema_migrations where name = (select max(name) from app_meta.schema_migrations) returning name, sha256')
    const found = (await inspectInstallation(t.app, {})).find(({ check }) => check === 'migrations')
    await t.db.owner.query('insert into app_meta.schema_migrations (name, sha256, at) values ($1, $2, now())', [rows[0]?.name, rows[0]?.sha256])
    expect(found).toMatchObject({ level: 'failure', say: { en: 'Migrations to apply: 1.' } })
  })

  test('tells a secret that can be guessed, a setting nobody reads, and a disk that fills up', async () => {
    expect(checkSecret('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').level).toBe('warning')
    expect(checkSecret('kZ8w3Yq1Lr5Tn7Vb2Xc9Mf4Hd6Js0Pg+').level).toBe('ok')
    expect(checkSettings({ DB_POOL_SIZE: '4' })[0]).toMatchObject({ level: 'warning' })
    expect((await checkDisk('.', async () => ({ free: 1_000 * 1_048_576, total: 1e12 }))).level).toBe('warning')
    expect((await checkDisk('.', async () => ({ free: 10 * 1_048_576, total: 1e12 }))).level).toBe('failure')
    expect((await checkBackups(t.app)).mend?.fr).toContain('quittance backup')
  })

  test('has each of its findings in both languages, with a mend for whatever is wrong', async () => {
    for (const finding of await inspectInstallation(t.app, { DB_POOL_SIZE: '4' })) {
      expect(finding.say.fr).not.toBe('')
      expect(finding.say.en).not.toBe(finding.say.fr === finding.say.en && finding.check !== 'versions' ? finding.say.fr : '')
      expect(finding.level === 'ok').toBe(finding.mend === null)
    }
  })
})
