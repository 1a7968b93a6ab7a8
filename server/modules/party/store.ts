import type { CustomerId } from '../../../core/kernel/id.ts'
import { sortName } from '../../../core/party/sort-name.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'

/** What is known of a customer. `code` is its auxiliary under 411; `externalId` its identifier in the tool it came from. */
export type CustomerFields = {
  readonly name: string
  readonly siren: string | null
  readonly vatNumber: string | null
  readonly email: string | null
  readonly iban: string | null
  readonly address: string | null
  readonly postalCode: string | null
  readonly city: string | null
  readonly country: string
  readonly paymentDays: number
  readonly language: 'fr' | 'en'
}
export type Customer = CustomerFields & { readonly id: CustomerId; readonly code: string; readonly externalId: string | null; readonly version: number }
/** A customer and what it owes in the company's currency, minor units; `overdue` is the part past its day. */
export type CustomerWithDebt = Customer & { readonly open: bigint; readonly overdue: bigint }

const COLUMNS = `c.id, c.code, c.name, c.siren, c.vat_number as "vatNumber", c.email, c.iban, c.address, c.postal_code as "postalCode", c.city, c.country,
  c.payment_days as "paymentDays", c.language, c.external_id as "externalId", c.version`

const DEBT = `left join lateral (
  select coalesce(sum(o.open), 0)::bigint as open, coalesce(sum(o.open) filter (where o.due_on < $2), 0)::bigint as overdue
  from app.open_invoice o where o.tenant_id = c.tenant_id and o.customer_id = c.id
) debt on true`

/** Customers by name; the page starts after `after`. */
export async function listCustomers(tx: TenantTx, filter: { today: LocalDate; search: string | null; after: { name: string; id: string } | null; limit: number }): Promise<CustomerWithDebt[]> {
  const { rows } = await tx.query<CustomerWithDebt>(`
    select ${COLUMNS}, debt.open, debt.overdue
    from app.customer c ${DEBT}
    where c.tenant_id = $1
      and ($3::text is null or c.name ilike '%' || $3 || '%' or c.code ilike $3 || '%' or c.siren = $3)
      and ($4::text is null or (c.sort_name, c.id) > ($4, $5::uuid))
    order by c.sort_name, c.id
    limit $6`,
  [tx.tenantId, filter.today, filter.search === null ? null : escapeLike(filter.search), filter.after === null ? null : sortName(filter.after.name), filter.after?.id ?? null, filter.limit])
  return rows
}

export async function findCustomer(tx: TenantTx, id: string, today: LocalDate): Promise<CustomerWithDebt | undefined> {
  const { rows } = await tx.query<CustomerWithDebt>(`select ${COLUMNS}, debt.open, debt.overdue from app.customer c ${DEBT} where c.tenant_id = $1 and c.id = $3`, [tx.tenantId, today, id])
  return rows[0]
}

/** Customers by id, in no order; unknown ids are absent. */
export async function customersById(tx: TenantTx, ids: readonly string[]): Promise<Customer[]> {
  const { rows } = await tx.query<Customer>(`select ${COLUMNS} from app.customer c where c.tenant_id = $1 and c.id = any($2::uuid[])`, [tx.tenantId, ids])
  return rows
}

export async function customersByExternalId(tx: TenantTx, ids: readonly string[]): Promise<Customer[]> {
  const { rows } = await tx.query<Customer>(`select ${COLUMNS} from app.customer c where c.tenant_id = $1 and c.external_id = any($2::text[])`, [tx.tenantId, ids])
  return rows
}

/** Every customer of the tenant with what tells it apart in a bank label; matching reads it. */
export async function customerNames(tx: TenantTx, limit: number): Promise<{ id: CustomerId; code: string; name: string; iban: string | null }[]> {
  const { rows } = await tx.query<{ id: CustomerId; code: string; name: string; iban: string | null }>(
    'select id, code, name, iban from app.customer where tenant_id = $1 order by id limit $2', [tx.tenantId, limit])
  return rows
}

/** Parties whose SIREN is known, with what tells them in a bank line. */
export async function partySirens(tx: TenantTx, limit: number): Promise<{ name: string; siren: string; iban: string | null }[]> {
  const { rows } = await tx.query<{ name: string; siren: string; iban: string | null }>('select name, siren, iban from app.customer where tenant_id = $1 and siren is not null order by id limit $2', [tx.tenantId, limit])
  return rows
}

export async function codeExists(tx: TenantTx, code: string): Promise<boolean> {
  const { rowCount } = await tx.query('select 1 from app.customer where tenant_id = $1 and code = $2', [tx.tenantId, code])
  return rowCount > 0
}

/** Which of these codes a customer has already. */
export async function takenCodes(tx: TenantTx, codes: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ code: string }>('select code from app.customer where tenant_id = $1 and code = any($2::text[])', [tx.tenantId, codes])
  return new Set(rows.map((row) => row.code))
}

/** Reserves `count` numbers and answers the first. */
export async function takeCodes(tx: TenantTx, count: number): Promise<number> {
  const { rows } = await tx.query<{ next: number }>(`
    insert into app.customer_counter (tenant_id, next_number) values ($1, 1 + $2)
    on conflict (tenant_id) do update set next_number = app.customer_counter.next_number + $2
    returning next_number as next`, [tx.tenantId, count])
  return rows[0]!.next - count
}

export async function insertCustomers(tx: TenantTx, customers: readonly Omit<Customer, 'version'>[]): Promise<void> {
  const column = <K extends keyof Customer>(key: K) => customers.map((customer) => (customer as Customer)[key])
  await tx.query(`
    insert into app.customer (tenant_id, id, code, name, sort_name, siren, vat_number, email, iban, address, postal_code, city, country, payment_days, language, external_id)
    select $1, u.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::int[], $15::text[], $16::text[]) u`,
  [tx.tenantId, column('id'), column('code'), column('name'), column('name').map(sortName), column('siren'), column('vatNumber'), column('email'), column('iban'), column('address'), column('postalCode'), column('city'),
    column('country'), column('paymentDays'), column('language'), column('externalId')])
}

export async function updateCustomer(tx: TenantTx, customer: Customer): Promise<void> {
  await tx.query(`
    update app.customer set name = $3, siren = $4, vat_number = $5, email = $6, iban = $7, address = $8, postal_code = $9, city = $10, country = $11,
      payment_days = $12, language = $13, sort_name = $14, version = version + 1
    where tenant_id = $1 and id = $2`,
  [tx.tenantId, customer.id, customer.name, customer.siren, customer.vatNumber, customer.email, customer.iban, customer.address, customer.postalCode, customer.city, customer.country, customer.paymentDays, customer.language, sortName(customer.name)])
}

/** A search term in which % and _ are ordinary characters. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (char) => `\\${char}`)
}
