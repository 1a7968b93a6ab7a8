// The yardstick of the API: Fastify and the usual driver on the same statement, without sign-in, company or row-level security.
// With DATABASE_URL it serves the page and the balance of one company (BENCH_TENANT); without, it only answers /readyz.
import Fastify from 'fastify'
import pg from 'pg'

const http = Fastify()
const url = process.env['DATABASE_URL']
const tenant = process.env['BENCH_TENANT']

http.get('/readyz', async () => ({ status: 'ready' }))

if (url && tenant) {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  const limit = 51
  http.get('/api/transactions', async () => {
    const { rows } = await pool.query<Record<string, unknown>>(`
      select l.id, l.bank_account_id as "accountId", l.import_id as "importId", l.position, l.booked_on as "bookedOn", l.value_on as "valueOn", l.amount, l.currency, l.label, l.reference,
        l.counterparty_name as "counterpartyName", l.counterparty_iban as "counterpartyIban", l.bank_reference as "bankReference", l.entry_id as "entryId", l.treated
      from app.bank_line l where l.tenant_id = $1 order by l.booked_on desc, l.id desc limit $2`, [tenant, limit])
    return { items: rows.slice(0, limit - 1), next: rows.length === limit ? rows.at(-1) : null }
  })
  http.get('/api/ledger/balance', async () => {
    const { rows } = await pool.query<Record<string, unknown>>(`
      select b.account, a.label, b.is_opening as opening, sum(b.debit)::bigint as debit, sum(b.credit)::bigint as credit
      from app.account_balance b join app.ledger_account a on a.tenant_id = b.tenant_id and a.number = b.account
      where b.tenant_id = $1 group by b.account, a.label, b.is_opening order by b.account, b.is_opening`, [tenant])
    return { accounts: rows }
  })
}

await http.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
process.on('SIGTERM', () => { process.exit(0) })
