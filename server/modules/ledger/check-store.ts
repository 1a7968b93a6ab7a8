import type { TenantTx } from '../../platform/db/types.ts'
import { ENTRY_COLUMNS, type EntryRow } from './entry-store.ts'

/** Entries in the order of the chain. */
export async function findChainPage(tx: TenantTx, scope: { readonly after: bigint; readonly until: bigint; readonly limit: number }): Promise<EntryRow[]> {
  const { rows } = await tx.query<EntryRow>(
    `select ${ENTRY_COLUMNS} from app.entry e where e.tenant_id = $1 and e.seq > $2 and e.seq <= $3 order by e.seq limit $4`,
    [tx.tenantId, scope.after, scope.until, scope.limit],
  )
  return rows
}

/** The recorded end of the chain and the last rank there is: one statement, so that a posting at this moment does not come between. */
export async function findChainEnd(tx: TenantTx): Promise<{ readonly end: { readonly seq: bigint; readonly hash: Uint8Array } | undefined; readonly last: bigint }> {
  const { rows } = await tx.query<{ seq: bigint | null; hash: Uint8Array | null; last: bigint | null }>(
    `select c.seq, c.hash, l.last from (select max(seq) as last from app.entry where tenant_id = $1) l left join app.ledger_chain c on c.tenant_id = $1`,
    [tx.tenantId],
  )
  const row = rows[0]
  return { end: row && row.seq !== null && row.hash !== null ? { seq: row.seq, hash: row.hash } : undefined, last: row?.last ?? 0n }
}

/** Accounts whose monthly balances differ from their lines, at most a hundred. */
export async function findWrongBalances(tx: TenantTx): Promise<string[]> {
  const { rows } = await tx.query<{ account: string }>(
    `select distinct coalesce(lines.account, months.account) as account
     from (select l.fiscal_year_id, l.account, date_trunc('month', l.entry_date)::date as month, e.is_opening, sum(l.debit) as debit, sum(l.credit) as credit
       from app.entry_line l join app.entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id where l.tenant_id = $1 group by 1, 2, 3, 4) as lines
     full join (select fiscal_year_id, account, month, is_opening, debit, credit from app.account_balance where tenant_id = $1) as months
       using (fiscal_year_id, account, month, is_opening)
     where lines.debit is distinct from months.debit or lines.credit is distinct from months.credit order by 1 limit 100`,
    [tx.tenantId],
  )
  return rows.map((row) => row.account)
}
