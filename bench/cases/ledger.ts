import type { PostingDraft } from '../../server/modules/ledger/index.ts'
import { post } from '../../server/modules/ledger/index.ts'
import { readTrialBalance } from '../../server/modules/ledger/trial-balance.ts'
import type { Bench, Company } from '../database.ts'
import { journalOf, totalsOf } from '../data/journal.ts'
import { expectThat, measure, type Result } from '../measure.ts'
import type { RunCase, Setting } from './context.ts'

/** Entries one call posts, as a bank import or a month's invoices would. */
const CALL_ENTRIES = 2_000

/** Posts a whole journal, transaction by transaction. */
export async function postAll({ app }: Bench, { ctx }: Company, drafts: readonly PostingDraft[]): Promise<number> {
  let posted = 0
  for (let at = 0; at < drafts.length; at += CALL_ENTRIES) {
    posted += (await app.db.tenant(ctx, (tx) => post(tx, ctx, drafts.slice(at, at + CALL_ENTRIES)))).length
  }
  return posted
}

const PLAIN_TABLES = `
  create table if not exists public.plain_entry (tenant_id uuid not null, seq bigint not null, journal text not null, entry_date date not null, piece_ref text not null, label text not null, hash text not null);
  create table if not exists public.plain_line (tenant_id uuid not null, seq bigint not null, n int not null, account text not null, aux_code text, label text not null, debit bigint not null, credit bigint not null);
  truncate public.plain_entry, public.plain_line`

/** The same rows as text for COPY, without index, check, chain or roll-up. */
function copyText(drafts: readonly PostingDraft[], tenantId: string): { entries: string; lines: string } {
  const hash = '0'.repeat(64)
  const entries = drafts.map((draft, at) => `${tenantId}\t${at + 1}\t${draft.journal}\t${draft.date}\t${draft.pieceRef}\t${draft.label}\t${hash}\n`)
  const lines = drafts.flatMap((draft, at) => draft.lines.map((line, n) => `${tenantId}\t${at + 1}\t${n + 1}\t${line.account}\t${line.auxiliary?.code ?? '\\N'}\t${line.label}\t${line.debit}\t${line.credit}\n`))
  return { entries: entries.join(''), lines: lines.join('') }
}

async function posting(bench: Bench, { entries, seed, rounds }: Setting): Promise<Result[]> {
  const drafts = journalOf(Math.min(entries, 5_000), seed)
  // Each round posts into books of its own, so that every round meets the same empty tables.
  const companies = await Promise.all(Array.from({ length: rounds + 1 }, () => bench.company()))
  return measure<number>({
    title: `(b) posting, ${drafts.length} entries, ${bench.engine}`, unit: 'entries', work: drafts.length, rounds,
    reference: {
      name: 'COPY into plain tables',
      run: async () => {
        const text = copyText(drafts, companies[0]!.ctx.tenantId)
        await bench.bare.query(PLAIN_TABLES)
        await bench.bare.copyIn('copy public.plain_entry from stdin', text.entries)
        await bench.bare.copyIn('copy public.plain_line from stdin', text.lines)
        return drafts.length
      },
      check: async (count) => { expectThat(Number((await bench.bare.query('select count(*) as n from public.plain_entry'))[0]!['n']) === count, 'rows copied') },
    },
    contenders: [{
      name: 'ledger.post (checks, numbers, hash chain, roll-up)',
      run: (round) => postAll(bench, companies[round]!, drafts),
      check: (count) => { expectThat(count === drafts.length, 'entries posted') },
    }],
  })
}

/** Entries per second against COPY of the same rows. */
export const postingCase: RunCase = async (setting) => {
  const results: Result[] = []
  for (const bench of await setting.benches()) results.push(...await posting(bench, setting))
  return results
}

const ROLL_UP = `select b.account, a.label, b.is_opening as opening, sum(b.debit)::bigint as debit, sum(b.credit)::bigint as credit
  from app.account_balance b join app.ledger_account a on a.tenant_id = b.tenant_id and a.number = b.account where b.tenant_id = $1 group by b.account, a.label, b.is_opening order by b.account`
const LINES = `select l.account, a.label, sum(l.debit)::bigint as debit, sum(l.credit)::bigint as credit
  from app.entry_line l join app.ledger_account a on a.tenant_id = l.tenant_id and a.number = l.account where l.tenant_id = $1 group by l.account, a.label order by l.account`
/** Balances read in one sample: one alone is over before the clock has moved. */
const READS = 20

type Row = { readonly account: string; readonly debit: bigint; readonly credit: bigint }

async function balances(bench: Bench, { entries, seed, rounds }: Setting): Promise<Result[]> {
  const drafts = journalOf(entries, seed)
  const small = journalOf(Math.max(100, entries / 10), seed)
  const [company, smaller] = [await bench.company(), await bench.company()]
  await postAll(bench, company, drafts)
  await postAll(bench, smaller, small)
  const { db } = bench.app
  await db.exec('select 1')
  const check = (expected: ReturnType<typeof totalsOf>) => (rows: readonly Row[]) => {
    expectThat(rows.length === expected.size, 'number of accounts')
    for (const row of rows) expectThat(expected.get(row.account)?.debit === BigInt(row.debit) && expected.get(row.account)?.credit === BigInt(row.credit), `totals of ${row.account}`)
  }
  const bare = await bench.bareNow()
  await bare.query('analyze')
  const repeated = (once: () => Promise<readonly Row[]>) => async () => {
    let rows: readonly Row[] = []
    for (let read = 0; read < READS; read += 1) rows = await once()
    return rows
  }
  const stored = (of: Company) => repeated(async () => (await readTrialBalance(bench.app, of.ctx, {})).balance.accounts.map((row) => ({ account: row.account, debit: row.debit, credit: row.credit })))
  const sql = (statement: string) => repeated(async () => await bare.query(statement, [company.ctx.tenantId]) as Row[])
  return measure<readonly Row[]>({
    title: `(a) trial balance, ${drafts.length} entries, ${bench.engine}`, unit: 'reads', work: READS, rounds,
    reference: { name: 'SQL over the roll-up', run: sql(ROLL_UP), check: check(totalsOf(drafts)) },
    contenders: [
      { name: 'stored ledger (use-case, tenant, RLS)', run: stored(company), check: check(totalsOf(drafts)) },
      { name: `stored ledger, ${small.length} entries`, run: stored(smaller), check: check(totalsOf(small)) },
      { name: 'SQL summing the lines', run: sql(LINES), check: check(totalsOf(drafts)) },
    ],
  })
}

/** The trial balance from the stored ledger, against its SQL alone and against summing every line. */
export const trialBalanceCase: RunCase = async (setting) => {
  const results: Result[] = []
  for (const bench of await setting.benches()) results.push(...await balances(bench, setting))
  return results
}
