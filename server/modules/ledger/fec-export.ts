import { fecOfBlock } from '../../../formats/ledger/fec/block.ts'
import { FEC_COLUMNS } from '../../../formats/ledger/fec/columns.ts'
import { fecFileName } from '../../../formats/ledger/fec/file-name.ts'
import { fecNotice, noticeFileName } from '../../../formats/ledger/fec/notice.ts'
import { encodeFec } from '../../../formats/ledger/fec/writer.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { recordAudit } from '../audit/index.ts'
import type { FiscalYearRow } from './books-store.ts'
import { countEntries, findCompany, findExportBlock, findJournalsOfYear, findLastSeq } from './fec-store.ts'
import { pickFiscalYear } from './fiscal-years.ts'

/** Entries read at a time: what an export holds in memory, two megabytes or so. */
const PAGE_ENTRIES = 4_000

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

/** Blocks of lines, in transactions of their own: a slow reader never keeps one open. What is posted meanwhile is left out. */
async function* blocks(app: App, ctx: Context, scope: { readonly fiscalYearId: string; readonly until: bigint }): AsyncGenerator<string> {
  for (const isOpening of [true, false]) {
    let seq = 0n
    for (;;) {
      const after = { isOpening, seq }
      const found = await app.db.tenant(ctx, (tx) => findExportBlock(tx, { ...scope, after, limit: PAGE_ENTRIES }))
      if (!found) break
      yield found.block
      seq = found.last
    }
  }
}

async function* write(found: AsyncIterable<string>, options: ReturnType<typeof optionsOf>): AsyncGenerator<Uint8Array> {
  yield encodeFec(`${FEC_COLUMNS.join(options.separator)}\r\n`, options.encoding)
  for await (const block of found) yield encodeFec(fecOfBlock(block, options), options.encoding)
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
  return { fileName: fecFileName(siren, year.endsOn), encoding: options.encoding, chunks: write(blocks(app, ctx, { fiscalYearId: year.id, until }), options) }
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
