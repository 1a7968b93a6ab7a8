import type { BankLineQuery } from '../../../../contract/banking.ts'
import { currency } from '../../../../core/kernel/currency.ts'
import { formatAmount } from '../../../../core/kernel/money.ts'
import { problem, type Text } from '../../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import { type Cell, csvLine, CSV_MARK, figure, type Row, SHEET_TYPES, workbook } from '../../../platform/documents/sheet.ts'
import { recordAudit } from '../../audit/index.ts'
import { listAccounts } from '../accounts/account-store.ts'
import { listLines, type LineFilter, type Page } from './list-store.ts'
import { stateOf } from './present.ts'
import { filterOf, type LineView } from './views.ts'

/** Lines read at a time: what an export holds in memory. */
const PAGE_ROWS = 1_000
/** A sheet is made in memory: beyond this many lines, one takes the CSV file or a shorter time. */
const SHEET_ROWS_MAX = 50_000

export type LineFile = { readonly fileName: string; readonly type: string; readonly chunks: AsyncIterable<string> | readonly Uint8Array[] }

const HEADINGS: readonly Text[] = [
  { fr: 'Date', en: 'Date' }, { fr: 'Date de valeur', en: 'Value date' }, { fr: 'Compte', en: 'Account' }, { fr: 'Libellé', en: 'Label' }, { fr: 'Tiers', en: 'Counterparty' }, { fr: 'Marchand', en: 'Merchant' },
  { fr: 'Référence', en: 'Reference' }, { fr: 'Montant', en: 'Amount' }, { fr: 'Devise', en: 'Currency' }, { fr: 'Catégorie', en: 'Category' }, { fr: 'Note', en: 'Note' }, { fr: 'Statut', en: 'Status' }, { fr: 'État', en: 'State' },
]
const STATUSES: Readonly<Record<LineView['status'], Text>> = { booked: { fr: 'comptabilisée', en: 'booked' }, pending: { fr: 'en attente', en: 'pending' } }
const STATES: Readonly<Record<ReturnType<typeof stateOf>, Text>> = {
  posting: { fr: 'en écriture', en: 'being posted' }, to_treat: { fr: 'à traiter', en: 'to treat' }, part_treated: { fr: 'traitée en partie', en: 'partly treated' }, treated: { fr: 'traitée', en: 'treated' }, not_posted: { fr: 'sans écriture', en: 'not posted' },
}

function cellsOf(line: LineView, { accounts, ctx }: { readonly accounts: ReadonlyMap<string, string>; readonly ctx: Context }): Cell[] {
  return [
    line.bookedOn, line.valueOn, accounts.get(line.accountId) ?? '', line.label, line.counterpartyName, line.merchant?.name ?? null, line.reference,
    figure(formatAmount(line.amount, currency(line.currency))), line.currency, line.category?.name ?? null, line.note, STATUSES[line.status][ctx.locale], STATES[stateOf(line)][ctx.locale],
  ]
}

/** Pages in transactions of their own: a slow reader never keeps one open. */
async function* pages(app: App, ctx: Context, filter: LineFilter): AsyncGenerator<readonly Row[]> {
  const accounts = new Map((await app.db.tenant(ctx, listAccounts)).map((account): [string, string] => [account.id, account.name]))
  for (let after: Page['after'] = null; ;) {
    const from: Page['after'] = after
    const lines: readonly LineView[] = await app.db.tenant(ctx, (tx) => listLines(tx, filter, { after: from, limit: PAGE_ROWS }))
    const last = lines.at(-1)
    if (!last) return
    yield lines.map((line) => cellsOf(line, { accounts, ctx }))
    after = { bookedOn: last.bookedOn, id: last.id }
  }
}

async function* csvOf(rows: AsyncIterable<readonly Row[]>, heading: Row): AsyncGenerator<string> {
  yield `${CSV_MARK}${csvLine(heading)}`
  for await (const page of rows) yield page.map(csvLine).join('')
}

async function xlsxOf(rows: AsyncIterable<readonly Row[]>, heading: Row): Promise<Uint8Array> {
  const all: Row[] = [heading]
  for await (const page of rows) {
    all.push(...page)
    if (all.length > SHEET_ROWS_MAX) throw tooLong()
  }
  return await workbook('Transactions', all)
}

function tooLong(): Refusal {
  return new Refusal('REQUEST_INVALID', {}, [problem('EXPORT_TOO_LONG', {
    fr: `Un classeur compte au plus ${SHEET_ROWS_MAX} opérations. Prenez le CSV, ou une période plus courte.`, en: `A sheet holds at most ${SHEET_ROWS_MAX} lines. Take the CSV file, or a shorter time.`,
  }, { field: 'format' })])
}

/** The bank lines one asks for, latest first, as a CSV file that comes page by page or as a sheet. Reading them away is in the log. Refuses REQUEST_INVALID. */
export async function exportTransactions(app: App, ctx: Context, { format = 'csv', ...query }: Omit<BankLineQuery, 'cursor' | 'limit'> & { readonly format?: 'csv' | 'xlsx' | undefined }): Promise<LineFile> {
  authorize(ctx, 'bank.read')
  await app.db.tenant(ctx, (tx) => recordAudit(tx, ctx, { action: 'bank-line.export', subjectKind: 'company', subjectId: ctx.tenantId, before: null, after: { format, ...query } }))
  const heading = HEADINGS.map((one) => one[ctx.locale])
  const rows = pages(app, ctx, filterOf(ctx, query))
  const fileName = `transactions-${ctx.today}.${format}`
  return { fileName, type: SHEET_TYPES[format], chunks: format === 'csv' ? csvOf(rows, heading) : [await xlsxOf(rows, heading)] }
}
