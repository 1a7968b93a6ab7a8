import { commitImport, previewImport } from '../../server/modules/banking/index.ts'
import type { Bench, Company } from '../database.ts'
import { type BankData, bankOf } from '../data/bank.ts'
import { csvStatement } from '../data/files.ts'
import { expectThat, measure, type Result } from '../measure.ts'
import type { RunCase, Setting } from './context.ts'

type Counts = { readonly first: number; readonly again: number }

const TABLES = `
  drop table if exists public.plain_bank, public.plain_staging;
  create table public.plain_bank (account text not null, booked_on date not null, amount bigint not null, label text not null, bank_ref text, fingerprint text not null, occurrence int not null, unique (account, fingerprint, occurrence));
  create table public.plain_staging (n int, account text, booked_on date, amount bigint, label text, bank_ref text)`
const DEDUP = `insert into public.plain_bank
  select account, booked_on, amount, label, bank_ref, f, row_number() over (partition by account, f order by n)
  from (select *, coalesce(nullif(bank_ref, ''), md5(booked_on::text || '|' || amount || '|' || upper(label))) as f from public.plain_staging) s
  on conflict do nothing`

async function copyAndDedup({ bare }: Bench, deliveries: readonly string[]): Promise<Counts> {
  await bare.query(TABLES)
  const counts: number[] = []
  for (const csv of deliveries) {
    // The yardstick also starts from the file: a plain split, no quoting, no check.
    const rows = csv.split('\r\n').slice(1, -1).map((row, n) => {
      const [date, , label, amount, , ref] = row.split(';')
      return `${n}\tA\t${date!.slice(6)}-${date!.slice(3, 5)}-${date!.slice(0, 2)}\t${amount!.replace(',', '')}\t${label}\t${ref}\n`
    })
    await bare.query('truncate public.plain_staging')
    await bare.copyIn('copy public.plain_staging from stdin', rows.join(''))
    await bare.query(DEDUP)
    counts.push(Number((await bare.query('select count(*) as n from public.plain_bank'))[0]!['n']))
  }
  return { first: counts[0]!, again: counts[1]! - counts[0]! }
}

async function deliver({ app }: Bench, { ctx }: Company, deliveries: readonly string[]): Promise<Counts> {
  const counts: number[] = []
  let accountId: string | null = null
  for (const csv of deliveries) {
    const { row } = await previewImport(app, ctx, { fileName: 'bank.csv', bytes: Buffer.from(csv) })
    const done = await commitImport(app, ctx, { id: row.id, choice: accountId === null ? { newAccount: { name: 'Banque' } } : { accountId } })
    accountId = done.row.accountId
    counts.push(done.row.linesNew)
  }
  return { first: counts[0]!, again: counts[1]! }
}

function deliveriesOf({ lines, redelivery }: BankData): string[] {
  return [csvStatement(lines), csvStatement(redelivery)]
}

async function imports(bench: Bench, { entries, seed, rounds }: Setting): Promise<Result[]> {
  const data = bankOf(Math.round(entries * 0.57), seed)
  const deliveries = deliveriesOf(data)
  const fresh = data.redelivery.filter((line) => line.repeats === null).length
  const companies = await Promise.all(Array.from({ length: rounds + 1 }, () => bench.company()))
  const check = ({ first, again }: Counts) => { expectThat(first === data.lines.length && again === fresh, `lines kept: ${first} and ${again}, not ${data.lines.length} and ${fresh}`) }
  const work = data.lines.length + data.redelivery.length
  return measure<Counts>({
    title: `(c) bank import, ${work} lines in two deliveries, ${bench.engine}`, unit: 'lines', work, rounds,
    reference: { name: 'plain split, COPY, one set-based dedup', run: () => copyAndDedup(bench, deliveries), check },
    contenders: [{
      name: 'preview and commit (reader, dedup with reasons)',
      run: (round) => deliver(bench, companies[round]!, deliveries),
      check,
    }],
  })
}

/** A CSV statement taken twice, the second time with lines already known, against COPY and one statement that drops what is known. */
export const bankImportCase: RunCase = async (setting) => {
  const results: Result[] = []
  for (const bench of await setting.benches()) results.push(...await imports(bench, setting))
  return results
}
