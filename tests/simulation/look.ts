import type { LocalDate } from '../../core/kernel/local-date.ts'
import type { TenantTx } from '../../server/platform/db/types.ts'
import type { World } from './world.ts'

// What the test looks up to choose its next step. It reads the tables themselves: the product's own lists are under test.

async function ask<T>({ app, ctx }: World, sql: string): Promise<T[]> {
  return await app.db.tenant(ctx, async (tx: TenantTx) => (await tx.query<T>(sql, [tx.tenantId])).rows)
}

async function oneOf<T>(world: World, sql: string): Promise<T | undefined> {
  const rows = await ask<T>(world, sql)
  return rows.length === 0 ? undefined : world.random.pick(rows)
}

export async function lastInvoiceDay(world: World): Promise<{ last: LocalDate | null }> {
  const [row] = await ask<{ last: LocalDate | null }>(world, `select max(issued_on) as last from app.invoice where tenant_id = $1 and kind = 'invoice' and origin = 'quittance' and status <> 'draft'`)
  return row!
}

export async function someInvoice(world: World): Promise<{ id: string } | undefined> {
  return await oneOf(world, `select id from app.invoice where tenant_id = $1 and kind = 'invoice' order by id`)
}

export type OpenInvoice = { readonly id: string; readonly number: string; readonly customer: string; readonly open: bigint }

export async function openInvoices(world: World): Promise<OpenInvoice[]> {
  return await ask(world, `
    select i.id, i.number, c.name as customer, i.gross - i.settled as open from app.invoice i join app.customer c on c.tenant_id = i.tenant_id and c.id = i.customer_id
    where i.tenant_id = $1 and i.status in ('issued', 'part_paid') order by i.id`)
}

export async function someLineToTreat(world: World): Promise<{ id: string; left: bigint } | undefined> {
  return await oneOf(world, 'select id, amount - treated as left from app.bank_line where tenant_id = $1 and treated <> amount order by id')
}

export async function someMatch(world: World): Promise<string | undefined> {
  return (await oneOf<{ id: string }>(world, `select id from app.match where tenant_id = $1 and status = 'active' order by id`))?.id
}

export async function someManualEntry(world: World): Promise<string | undefined> {
  return (await oneOf<{ id: string }>(world, `select id from app.entry where tenant_id = $1 and source = 'manual' order by seq`))?.id
}
