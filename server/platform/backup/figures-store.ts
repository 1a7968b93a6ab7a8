import type { QueryResult } from '../db/types.ts'
import type { CompanyFigures, Figures } from './manifest.ts'

/** Runs a statement as a login that row-level security does not limit: a backup is of everyone. */
export type Ask = (sql: string) => Promise<QueryResult<Record<string, unknown>>>

const NOTHING_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

async function exists(ask: Ask, table: string): Promise<boolean> {
  return (await ask(`select to_regclass('${table}') is not null as present`)).rows[0]?.['present'] === true
}

async function migrationsOf(ask: Ask): Promise<Figures['migrations']> {
  if (!await exists(ask, 'app_meta.schema_migrations')) return []
  const { rows } = await ask('select name, sha256 from app_meta.schema_migrations order by name')
  return rows.map((row) => ({ name: String(row['name']), sha256: String(row['sha256']) }))
}

async function tableCounts(ask: Ask): Promise<Record<string, number>> {
  const { rows } = await ask(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('app', 'auth') and c.relkind = 'r' order by 1`)
  const names = rows.map((row) => String(row['name']))
  if (names.length === 0) return {}
  const counted = await ask(names.map((name) => `select '${name}' as name, count(*)::int as rows from ${name}`).join(' union all '))
  return Object.fromEntries(counted.rows.map((row) => [String(row['name']), Number(row['rows'])]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)))
}

async function companyFigures(ask: Ask): Promise<CompanyFigures[]> {
  if (!await exists(ask, 'app.entry_line') || !await exists(ask, 'app.audit_log')) return []
  const { rows } = await ask(`
    select c.tenant_id as id, c.name, c.currency, coalesce(e.entries, 0) as entries, coalesce(l.lines, 0)::int as lines,
      coalesce(l.debit, 0)::text as debit, coalesce(l.credit, 0)::text as credit, coalesce(l.sha256, '${NOTHING_SHA256}') as sha256, coalesce(a.rows, 0) as audit
    from app.company c
    left join (select tenant_id, count(*)::int as entries from app.entry group by 1) e on e.tenant_id = c.tenant_id
    left join (select tenant_id, count(*)::int as rows from app.audit_log group by 1) a on a.tenant_id = c.tenant_id
    left join (
      select tenant_id, sum(lines) as lines, sum(debit) as debit, sum(credit) as credit,
        encode(sha256(convert_to(string_agg(account || ':' || debit || ':' || credit, E'\\n' order by account collate "C"), 'UTF8')), 'hex') as sha256
      from (select tenant_id, account, count(*) as lines, sum(debit) as debit, sum(credit) as credit from app.entry_line group by 1, 2) balance group by 1) l on l.tenant_id = c.tenant_id
    order by c.tenant_id`)
  return rows.map((row) => ({
    id: String(row['id']), name: String(row['name']), currency: String(row['currency']), entries: Number(row['entries']), lines: Number(row['lines']),
    debit: String(row['debit']), credit: String(row['credit']), balanceSha256: String(row['sha256']), auditRows: Number(row['audit']),
  }))
}

/** Reads what a backup promises of its content. */
export async function readFigures(ask: Ask): Promise<Figures> {
  return { migrations: await migrationsOf(ask), tables: await tableCounts(ask), companies: await companyFigures(ask) }
}

export async function engineVersion(ask: Ask): Promise<string> {
  return String((await ask('show server_version')).rows[0]?.['server_version'])
}
