import { createHash } from 'node:crypto'
import type { TryMapping } from '../../../../contract/banking.ts'
import type { CsvProfile } from '../../../../core/bank/mapping.ts'
import type { Currency } from '../../../../core/kernel/currency.ts'
import type { ImportId } from '../../../../core/kernel/id.ts'
import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import { type Problem, type Text, warning } from '../../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { listAccounts } from '../accounts/account-store.ts'
import { accountOf } from '../accounts/accounts.ts'
import { findImport, importContent, importReading, insertImport, listImports, lockImport, saveCounts, saveReading, statementsOf } from './import-store.ts'
import { closedDays, linesOfImport } from '../lines/line-store.ts'
import { isTable, type Mapping, mappingOf } from './mapping.ts'
import { chosenProfile } from './profiles.ts'
import { type BankFile, readBankFile } from './read-file.ts'
import { readingFromJson, readingToJson } from './reading-json.ts'
import { countsOf, recognise, type Recognised } from './recognise.ts'
import type { Account, ImportRow, Incoming, StatementRow } from '../types.ts'
import { undoVerdict, type UndoVerdict } from './undo-verdict.ts'

/** A line of an import and why it is taken or not. */
export type ImportLine = { readonly position: number; readonly bookedOn: LocalDate; readonly amount: bigint; readonly currency: Currency; readonly label: string; readonly status: 'booked' | 'pending'; readonly removed: boolean; readonly verdict: 'new' | 'known' | 'suspicious'; readonly because: Text; readonly evidence?: Incoming['evidence'] }
/** The account of an import: ours when it is known, else what the file says. Null when the file holds several. */
export type ImportAccount = { readonly id: string | null; readonly name: string | null; readonly iban: string | null; readonly bankWriting: string | null; readonly currency: Currency | null }
export type ImportView = { readonly row: ImportRow; readonly account: ImportAccount; readonly currency: Currency; readonly statements: readonly StatementRow[]; readonly problems: readonly Problem[]; readonly lines: readonly ImportLine[]; /** Made when it is asked for: it looks at the file again. */ readonly mapping: () => Mapping | null; readonly undo: UndoVerdict | null }

/** Lines shown of an import. */
const LINES_SHOWN_MAX = 500

/**
 * Keeps a file and tells what it holds: nothing of it is taken before it is committed. Refuses FILE_UNREADABLE, with nothing
 * stored.
 */
export async function previewImport(app: App, ctx: Context, upload: { readonly fileName: string; readonly bytes: Uint8Array }): Promise<ImportView> {
  authorize(ctx, 'bank.import')
  const file = await readBankFile({ ...upload, currency: ctx.currency })
  return app.db.tenant(ctx, async (tx) => {
    const id = uuidv7() as ImportId
    const sha256 = createHash('sha256').update(upload.bytes).digest()
    await insertImport(tx, { id, fileName: upload.fileName, sha256, content: upload.bytes, format: file.format, problems: file.problems, uploadedBy: ctx.userId, reading: readingToJson(file) })
    const preview = await previewOf(tx, ctx, file)
    await saveCounts(tx, id, preview.counts)
    await recordAudit(tx, ctx, { action: 'import.preview', subjectKind: 'import', subjectId: id, before: null, after: { file: upload.fileName, format: file.format, sha256: sha256.toString('hex'), ...preview.counts } })
    return { row: (await findImport(tx, id))!, mapping: () => mappingOf(file.format, { bytes: upload.bytes, profile: null }), undo: null, ...preview }
  })
}

/** One import; a preview is decided again, against the lines that are known by now. Refuses NOT_FOUND. */
export async function readImport(app: App, ctx: Context, id: string): Promise<ImportView> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, async (tx) => {
    const row = await findImport(tx, id)
    if (!row) throw new Refusal('NOT_FOUND')
    return row.status === 'previewed' ? previewView(tx, ctx, { row, file: await waitingFile(tx, ctx, row) }) : committedView(tx, ctx, id)
  })
}

/** Reads a waiting file again, with a profile of columns or as it speaks for itself. Refuses NOT_FOUND, IMPORT_ALREADY_COMMITTED, PROFILE_INVALID, FILE_UNREADABLE. */
export async function tryMapping(app: App, ctx: Context, { id, choice }: { readonly id: string; readonly choice: TryMapping }): Promise<ImportView> {
  authorize(ctx, 'bank.import')
  const { row, content, profile } = await app.db.tenant(ctx, async (tx) => {
    const found = await findImport(tx, id)
    if (!found) throw new Refusal('NOT_FOUND')
    return { row: found, content: (await importContent(tx, id)).content, profile: await chosenProfile(tx, choice) }
  })
  // Read outside of the transaction that writes: a large file takes seconds, and others work meanwhile.
  const file = await readBankFile({ bytes: content, fileName: row.fileName, currency: ctx.currency, profile })
  return app.db.tenant(ctx, async (tx) => {
    if (await lockImport(tx, id) !== 'previewed') throw new Refusal('IMPORT_ALREADY_COMMITTED')
    await saveReading(tx, id, { reading: readingToJson(file), mapping: profile, problems: file.problems })
    const view = await previewView(tx, ctx, { row: (await findImport(tx, id))!, file: { file, profile } })
    await saveCounts(tx, id, view.counts)
    return view
  })
}

/** A waiting file, as it was understood when it came, and the profile it was read with. */
export async function waitingFile(tx: TenantTx, ctx: Context, row: Pick<ImportRow, 'id' | 'fileName'>): Promise<{ readonly file: BankFile; readonly profile: CsvProfile | null }> {
  const { reading, mapping } = await importReading(tx, row.id)
  if (reading !== null) return { file: readingFromJson(reading), profile: mapping }
  const { content } = await importContent(tx, row.id)
  return { file: await readBankFile({ bytes: content, fileName: row.fileName, currency: ctx.currency, profile: mapping }), profile: mapping }
}

async function previewView(tx: TenantTx, ctx: Context, { row, file: { file, profile } }: { readonly row: ImportRow; readonly file: { readonly file: BankFile; readonly profile: CsvProfile | null } }) {
  const { counts, ...rest } = await previewOf(tx, ctx, file)
  const bytes = isTable(file.format) ? (await importContent(tx, row.id)).content : null
  return {
    counts, ...rest, mapping: () => (bytes === null ? null : mappingOf(file.format, { bytes, profile })), undo: null,
    row: { ...row, linesNew: counts.new, linesKnown: counts.known, linesSuspicious: counts.suspicious, linesPending: counts.pending, linesUpdated: counts.updated },
  }
}

/** Imports, latest first. */
export async function browseImports(app: App, ctx: Context, page: { readonly after: { readonly uploadedAt: string; readonly id: string } | null; readonly limit: number }): Promise<ImportRow[]> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, (tx) => listImports(tx, page))
}

async function previewOf(tx: TenantTx, ctx: Context, file: BankFile): Promise<Omit<ImportView, 'row' | 'mapping' | 'undo'> & { counts: ReturnType<typeof countsOf> }> {
  const accounts = await listAccounts(tx)
  const recognised: Recognised[] = []
  const problems: Problem[] = [...file.problems]
  for (const group of file.groups) {
    const account = accountOf(accounts, group)
    for (const one of (await recognise(tx, { lines: group.lines, source: null }, account ?? null)).lines) recognised.push(one)
    if (group.currency !== (account?.currency ?? ctx.currency)) problems.push(currencyProblem(group.currency, account?.currency ?? ctx.currency, account !== undefined))
  }
  recognised.sort((a, b) => a.line.position - b.line.position)
  const counts = countsOf(recognised)
  const only = file.groups.length === 1 ? file.groups[0]! : null
  const account = only && (accountOf(accounts, only) ?? null)
  if (file.groups.length > 1) problems.push(severalProblem(file, accounts))
  return {
    counts, problems, currency: only?.currency ?? ctx.currency,
    account: account ?? { id: null, name: null, iban: only?.account.iban ?? null, bankWriting: only?.account.id ?? null, currency: only?.currency ?? null },
    statements: file.groups.flatMap((group) => group.statements),
    lines: recognised.slice(0, LINES_SHOWN_MAX).map(({ line, action, because, removed }) => ({ position: line.position, bookedOn: line.bookedOn, amount: line.minor, currency: line.currency, label: line.label, status: line.status, verdict: action, removed, because, ...(line.evidence ? { evidence: line.evidence } : {}) })),
  }
}

function currencyProblem(found: Currency, expected: Currency, isKnown: boolean): Problem {
  if (isKnown) {
    return warning('BANK_CURRENCY_DIFFERS', { fr: `Le relevé est en ${found}, le compte en ${expected} : il ne pourra pas être enregistré.`, en: `The statement is in ${found} and the account in ${expected}: it cannot be stored.` })
  }
  return warning('BANK_CURRENCY_FOREIGN', {
    fr: `Le relevé est en ${found}, la société tient ses comptes en ${expected} : créez un compte en ${found}. Ses opérations seront enregistrées et montrées, sans écriture tant qu'aucun cours n'est connu.`,
    en: `The statement is in ${found} and the company keeps its books in ${expected}: create an account in ${found}. Its lines are stored and shown, without entries while no rate is known.`,
  })
}

function severalProblem(file: BankFile, accounts: readonly Account[]): Problem {
  const names = file.groups.map((group) => {
    const known = accountOf(accounts, group)
    return known?.name ?? group.account.iban ?? group.account.id ?? '?'
  })
  return warning('SEVERAL_ACCOUNTS', {
    fr: `Le fichier contient plusieurs comptes (${names.join(', ')}). Chaque opération ira à son compte ; créez d'abord ceux qui manquent.`,
    en: `The file holds several accounts (${names.join(', ')}). Each movement goes to its own; create those that are missing first.`,
  })
}

const STORED: Text = { fr: 'opération enregistrée', en: 'movement stored' }

/** An import as it was taken. Its problems say which lines wait for a fiscal year. */
export async function committedView(tx: TenantTx, ctx: Context, id: string): Promise<ImportView> {
  const row = await findImport(tx, id)
  if (!row) throw new Refusal('NOT_FOUND')
  const account = (await listAccounts(tx)).find((one) => one.id === row.accountId)
  const waiting = await closedDays(tx, id)
  return {
    row, mapping: () => null, undo: row.status === 'committed' ? await undoVerdict(tx, row) : null, currency: account?.currency ?? ctx.currency, account: account ?? { id: null, name: null, iban: null, bankWriting: null, currency: null }, statements: await statementsOf(tx, id),
    problems: waiting.count === 0 ? row.problems : [...row.problems, waitingProblem({ count: waiting.count, from: waiting.from!, to: waiting.to! })],
    lines: (await linesOfImport(tx, id, LINES_SHOWN_MAX)).map((line) => ({ position: line.position, bookedOn: line.bookedOn, amount: line.amount, currency: line.currency, label: line.label, status: line.status, verdict: 'new', removed: false, because: STORED })),
  }
}

function waitingProblem({ count, from, to }: { count: number; from: LocalDate; to: LocalDate }): Problem {
  const many = count > 1
  return warning('LINES_WITHOUT_PERIOD', {
    fr: `${count} opération${many ? 's' : ''} du ${from} au ${to} ${many ? 'attendent leur' : 'attend son'} écriture : aucune période ouverte ne contient ${many ? 'ces jours' : 'ce jour'}. Créez l'exercice dans Réglages, Exercices, ou rouvrez la période.`,
    en: `${count} line${many ? 's' : ''} from ${from} to ${to} ${many ? 'wait for their entries' : 'waits for its entry'}: no open period holds ${many ? 'those days' : 'that day'}. Create the fiscal year under Settings, Fiscal years, or open the period.`,
  })
}
