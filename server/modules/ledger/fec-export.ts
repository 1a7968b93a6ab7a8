import { formatAmount } from '../../../core/kernel/money.ts'
import { currency } from '../../../core/kernel/currency.ts'
import { FEC_COLUMNS } from '../../../formats/ledger/fec/columns.ts'
import { fecFileName } from '../../../formats/ledger/fec/file-name.ts'
import { fecNotice, noticeFileName } from '../../../formats/ledger/fec/notice.ts'
import { encodeFec, type FecOutputLine, writeFec } from '../../../formats/ledger/fec/writer.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { recordAudit } from '../audit/index.ts'
import type { FiscalYearRow } from './books-store.ts'
import { countEntries, type ExportRow, findCompany, findExportPage, findJournalsOfYear, findLastSeq } from './fec-store.ts'
import { pickFiscalYear } from './fiscal-years.ts'

/** Entries read at a time: what an export holds in memory. */
const PAGE_ENTRIES = 500

export type FecQuery = { readonly fiscalYearId?: string; readonly separator?: 'pipe' | 'tab'; readonly encoding?: 'utf-8' | 'iso-8859-15' }

function optionsOf(query: FecQuery) {
  return { separator: query.separator === 'tab' ? '\t' as const : '|' as const, encoding: query.encoding ?? 'utf-8' as const }
}

/** The day this tool writes a FEC for is the year's last; its name needs the SIREN. */
async function prepare(tx: TenantTx, ctx: Context, query: FecQuery): Promise<{ year: FiscalYearRow; siren: string; name: string }> {
  const year = await pickFiscalYear(tx, ctx, query.fiscalYearId)
  const { siren, name } = await findCompany(tx)
  if (siren === null) throw new Refusal('SIREN_REQUIRED')
  return { year, siren, name }
}

function outputLine(row: ExportRow): FecOutputLine {
  const { seq: _seq, foreignMinor, foreignCurrency, ...line } = row
  const isForeign = foreignMinor !== null && foreignCurrency !== null
  return { ...line, montantDevise: isForeign ? formatAmount(foreignMinor, currency(foreignCurrency)).replace('.', ',') : '', idevise: isForeign ? foreignCurrency : '' }
}

/** Pages in transactions of their own: a slow reader never keeps one open. What is posted meanwhile is left out. */
async function* pages(app: App, ctx: Context, scope: { readonly fiscalYearId: string; readonly until: bigint }): AsyncGenerator<ExportRow[]> {
  for (const isOpening of [true, false]) {
    let seq = 0n
    for (;;) {
      const after = { isOpening, seq }
      const rows = await app.db.tenant(ctx, (tx) => findExportPage(tx, { ...scope, after, limit: PAGE_ENTRIES }))
      const last = rows.at(-1)
      if (!last) break
      yield rows
      seq = last.seq
    }
  }
}

async function* write(rows: AsyncIterable<readonly ExportRow[]>, options: ReturnType<typeof optionsOf>): AsyncGenerator<Uint8Array> {
  const header = encodeFec(`${FEC_COLUMNS.join(options.separator)}\r\n`, options.encoding)
  yield header
  for await (const page of rows) {
    let skip = header.length
    for (const chunk of writeFec(page.map(outputLine), options)) {
      // Every call writes the line of names; the file has it once.
      yield skip > 0 ? chunk.subarray(skip) : chunk
      skip = 0
    }
  }
}

export type FecExport = { readonly fileName: string; readonly encoding: 'utf-8' | 'iso-8859-15'; readonly chunks: AsyncIterable<Uint8Array> }

/** The FEC of a year, as bytes that come page by page: opening entries, then entries in the order of validation. Refuses SIREN_REQUIRED, NOT_FOUND. */
export async function exportFec(app: App, ctx: Context, query: FecQuery): Promise<FecExport> {
  authorize(ctx, 'ledger.export')
  const options = optionsOf(query)
  const { year, siren, until } = await app.db.tenant(ctx, async (tx) => {
    const prepared = await prepare(tx, ctx, query)
    await recordAudit(tx, ctx, { action: 'fec.export', subjectKind: 'fiscal-year', subjectId: prepared.year.id, after: options })
    return { ...prepared, until: await findLastSeq(tx) }
  })
  return { fileName: fecFileName(siren, year.endsOn), encoding: options.encoding, chunks: write(pages(app, ctx, { fiscalYearId: year.id, until }), options) }
}

/** The description that goes with the FEC of a year. Refuses SIREN_REQUIRED, NOT_FOUND. */
export async function describeFec(app: App, ctx: Context, query: FecQuery): Promise<{ fileName: string; text: string }> {
  authorize(ctx, 'ledger.export')
  return app.db.tenant(ctx, async (tx) => {
    const { year, siren, name } = await prepare(tx, ctx, query)
    const { entries, lines, imported } = await countEntries(tx, year.id)
    const text = fecNotice({
      ...optionsOf(query), companyName: name, siren, from: year.startsOn, closingOn: year.endsOn, entries, lines, journals: await findJournalsOfYear(tx, year.id),
      numbering: imported > 0 ? `${imported} écritures reprises d'un autre logiciel gardent le numéro et la date de validation qu'il leur avait donnés.` : '',
    })
    return { fileName: noticeFileName(siren, year.endsOn), text }
  })
}
