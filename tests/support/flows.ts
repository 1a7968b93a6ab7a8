import type { TenantTx } from '../../server/platform/db/types.ts'
import { uuidv7 } from '../../server/platform/id/uuid.ts'
import type { TestApp, TestCompany } from './server.ts'

/** A booked line: day, cents, label, and the category it is filed in, if any. */
export type Flow = readonly [bookedOn: string, cents: number, label: string, categoryId?: string | null]
export type FlowAccount = { readonly id: string; readonly lineIds: readonly string[] }

let accounts = 0

async function insertAccount(tx: TenantTx, { currency, name }: { readonly currency: string; readonly name: string }): Promise<{ account: string; file: string }> {
  accounts += 1
  const [account, file] = [uuidv7(), uuidv7()]
  const [ledger, suspense] = [`5129${accounts}`, `4719${accounts}`]
  await tx.query('insert into app.ledger_account (tenant_id, number, label) values ($1, $2, $2), ($1, $3, $3)', [tx.tenantId, ledger, suspense])
  await tx.query('insert into app.bank_account (tenant_id, id, name, currency, ledger_account, suspense_account) values ($1, $2, $3, $4, $5, $6)', [tx.tenantId, account, name, currency, ledger, suspense])
  await tx.query(`insert into app.bank_import (tenant_id, id, status, file_name, sha256, content, format, bank_account_id) values ($1, $2, 'committed', 'releve.csv', ''::bytea, ''::bytea, 'csv', $3)`, [tx.tenantId, file, account])
  return { account, file }
}

/** Puts lines in a new account without reading a file, so that a test says the days and the amounts it is about. */
export async function storeFlows(t: TestApp, company: TestCompany, flows: readonly Flow[], { currency = 'EUR', name = 'Compte courant' }: { readonly currency?: string; readonly name?: string } = {}): Promise<FlowAccount> {
  return t.app.db.tenant(company.ctx, async (tx) => {
    const { account, file } = await insertAccount(tx, { currency, name })
    const lineIds = flows.map(() => uuidv7())
    await tx.query(`
      insert into app.bank_line (tenant_id, id, bank_account_id, import_id, position, booked_on, amount, currency, label)
      select $1, u.id, $2, $3, u.rank, u.day, u.cents, $4, u.label from unnest($5::uuid[], $6::date[], $7::bigint[], $8::text[]) with ordinality u(id, day, cents, label, rank)`,
    [tx.tenantId, account, file, currency, lineIds, flows.map(([day]) => day), flows.map(([, cents]) => cents), flows.map(([, , label]) => label)])
    await tx.query(`
      insert into app.bank_day (tenant_id, bank_account_id, day, moved_in, moved_out, line_count)
      select tenant_id, bank_account_id, booked_on, coalesce(sum(amount) filter (where amount > 0), 0), coalesce(sum(amount) filter (where amount < 0), 0), count(*) from app.bank_line
      where tenant_id = $1 and bank_account_id = $2 group by tenant_id, bank_account_id, booked_on`, [tx.tenantId, account])
    const filed = flows.flatMap(([, , , categoryId], index) => (categoryId ? [{ lineId: lineIds[index]!, categoryId }] : []))
    await fileLines(tx, filed)
    return { id: account, lineIds }
  })
}

/** Files lines in categories, as a person does. */
export async function fileLines(tx: TenantTx, filed: readonly { readonly lineId: string; readonly categoryId: string }[]): Promise<void> {
  await tx.query(`
    insert into app.line_category (tenant_id, line_id, category_id, source) select $1, u.*, 'manual' from unnest($2::uuid[], $3::uuid[]) u
    on conflict (tenant_id, line_id) do update set category_id = excluded.category_id`, [tx.tenantId, filed.map(({ lineId }) => lineId), filed.map(({ categoryId }) => categoryId)])
}

/** A category of the company's own. */
export async function storeCategory(t: TestApp, company: TestCompany, { name, kind = 'expense', parentId = null }: { readonly name: string; readonly kind?: 'expense' | 'income' | 'transfer'; readonly parentId?: string | null }): Promise<string> {
  const id = uuidv7()
  await t.app.db.tenant(company.ctx, (tx) => tx.query(`
    insert into app.category (tenant_id, id, parent_id, name, kind, account, vat_rate, position) values ($1, $2, $3, $4, $5, '606100', 'none', 900)`, [tx.tenantId, id, parentId, name, kind]))
  return id
}
