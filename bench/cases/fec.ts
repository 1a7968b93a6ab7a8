import { exportFec } from '../../server/modules/ledger/fec-export.ts'
import type { Bench } from '../database.ts'
import { journalOf } from '../data/journal.ts'
import { expectThat, measure, type Result } from '../measure.ts'
import type { RunCase, Setting } from './context.ts'
import { postAll } from './ledger.ts'

const amount = (column: string) => `replace((${column} / 100.0)::numeric(20, 2)::text, '.', ',')`
const day = (column: string) => `to_char(${column}, 'YYYYMMDD')`
const COLUMNS = (tenantId: string) => `copy (
  select e.journal_code, j.label, e.number, ${day('l.entry_date')}, l.account, a.label, coalesce(l.aux_code, ''), coalesce(l.aux_label, ''), coalesce(l.piece_ref, e.piece_ref), ${day('coalesce(l.piece_date, e.piece_date)')},
    l.label, ${amount('l.debit')}, ${amount('l.credit')}, coalesce(l.lettering, ''), coalesce(${day('l.lettered_on')}, ''), ${day('e.validated_on')}, '', ''
  from app.entry e
  join app.entry_line l on l.tenant_id = e.tenant_id and l.entry_id = e.id
  join app.journal j on j.tenant_id = e.tenant_id and j.code = e.journal_code
  join app.ledger_account a on a.tenant_id = e.tenant_id and a.number = l.account
  where e.tenant_id = '${tenantId}' order by e.seq, l.n) to stdout with (delimiter '|')`

async function fec(bench: Bench, { entries, seed, rounds }: Setting): Promise<Result[]> {
  const drafts = journalOf(entries, seed)
  const lines = drafts.reduce((count, draft) => count + draft.lines.length, 0)
  const company = await bench.company()
  await postAll(bench, company, drafts)
  const bare = await bench.bareNow()
  await bare.query('analyze')
  let expected: Buffer = Buffer.alloc(0)
  return measure<Buffer>({
    title: `(e) FEC export, ${lines} lines, ${bench.engine}`, unit: 'lines', work: lines, rounds,
    reference: {
      name: 'COPY of the 18 columns', run: () => bare.copyOut(COLUMNS(company.ctx.tenantId)),
      check: (bytes) => { expectThat(bytes.toString('latin1').split('\n').length - 1 === lines, 'lines copied'); expected = bytes },
    },
    contenders: [{
      name: 'exportFec, streamed',
      run: async () => {
        const chunks: Uint8Array[] = []
        for await (const chunk of (await exportFec(bench.app, company.ctx, {})).chunks) chunks.push(chunk)
        return Buffer.concat(chunks)
      },
      check: (bytes) => {
        // Below the line of names, the file is that of COPY byte for byte but for its line ends.
        const text = bytes.toString('utf8').replaceAll('\r\n', '\n')
        expectThat(text.slice(text.indexOf('\n') + 1) === expected.toString('utf8'), 'content of the FEC')
      },
    }],
  })
}

/** The FEC of a year against COPY of the same columns. */
export const fecCase: RunCase = async (setting) => {
  const results: Result[] = []
  for (const bench of await setting.benches()) results.push(...await fec(bench, setting))
  return results
}
