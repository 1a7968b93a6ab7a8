import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { currency } from '../../core/kernel/currency.ts'
import { formatAmount } from '../../core/kernel/money.ts'
import { checkLedger } from '../../server/modules/ledger/check-ledger.ts'
import { importFec, trialBalanceOf } from '../../server/modules/ledger/index.ts'
import { describeCorpus } from '../support/corpus.ts'
import { startTestApp, type TestApp } from '../support/server.ts'

type Side = { readonly lines: number; readonly debit: string; readonly credit: string }
type Document = {
  readonly data_lines: number; readonly entries: number; readonly accounts: number; readonly total_debit: string; readonly total_credit: string
  readonly journals: Readonly<Record<string, Side>>
  readonly net_balance_by_class: Readonly<Record<string, string>>; readonly result_of_year_classes_6_7: string
}
type Expected = { readonly files: Readonly<Record<string, { readonly document: Document }>> }

const euros = (cents: bigint): string => formatAmount(cents, currency('EUR'))
/** "40", "0.5" or "-12.30" with two decimals. */
const twoDecimals = (text: string): string => { const [whole, fraction = ''] = text.split('.'); return `${whole}.${fraction.padEnd(2, '0')}` }

describeCorpus('real ledgers imported from their FEC', (corpus) => {
  let server: TestApp
  beforeAll(async () => { server = await startTestApp() })
  afterAll(async () => { await server.close() })

  for (const [file, { document }] of Object.entries((corpus.expected('fec') as Expected).files)) {
    test(`${file} gives the balances its lines give, to the cent`, async () => {
      const company = await server.company('company', { firstYear: { startsOn: '2030-01-01', endsOn: '2030-12-31' } })
      const bytes = readFileSync(corpus.path('fixtures', 'fec', file))
      const result = await importFec(server.app, company.ctx, { fileName: basename(file), bytes, dryRun: false })
      expect([result.committed, result.report.lines, result.report.entries]).toEqual([true, document.data_lines, document.entries])

      const { tenantId, ctx } = company
      const { balance, journals } = await server.app.db.tenant(ctx, async (tx) => {
        const { rows: [year] } = await tx.query<{ id: string }>('select id from app.fiscal_year where tenant_id = $1 order by starts_on limit 1', [tenantId])
        const { rows } = await tx.query<{ code: string; lines: number; debit: bigint; credit: bigint }>(
          `select e.journal_code as code, count(*)::int as lines, sum(l.debit)::bigint as debit, sum(l.credit)::bigint as credit
           from app.entry e join app.entry_line l on l.tenant_id = e.tenant_id and l.entry_id = e.id where e.tenant_id = $1 group by 1`, [tenantId])
        return { ...(await trialBalanceOf(tx, ctx, { fiscalYearId: year!.id })), journals: rows }
      })
      expect([euros(balance.totals.debit), euros(balance.totals.credit), balance.accounts.length]).toEqual([twoDecimals(document.total_debit), twoDecimals(document.total_credit), document.accounts])
      expect(euros(balance.result)).toBe(twoDecimals(document.result_of_year_classes_6_7))
      const classes = Object.fromEntries(Object.entries(document.net_balance_by_class).map(([of, amount]) => [of, twoDecimals(amount)]))
      expect(Object.fromEntries(Object.keys(classes).map((of) => [of, euros(balance.classes[of] ?? 0n)]))).toEqual(classes)
      const sides = Object.fromEntries(Object.entries(document.journals).map(([code, side]) => [code, [side.lines, twoDecimals(side.debit), twoDecimals(side.credit)]]))
      expect(Object.fromEntries(journals.map((row) => [row.code, [row.lines, euros(row.debit), euros(row.credit)]]))).toEqual(sides)
      expect(await checkLedger(server.app, ctx)).toMatchObject({ brokenAt: null, accountsAtFault: [] })
    }, 120_000)
  }
})
