import { createHash } from 'node:crypto'
import type { Currency } from '../../../core/kernel/currency.ts'
import type { ImportId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { type Problem, type Text, warning } from '../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { listAccounts } from './account-store.ts'
import { accountNamed } from './accounts.ts'
import { findImport, importContent, insertImport, listImports, saveCounts, statementsOf } from './import-store.ts'
import { closedDays, linesOfImport } from './line-store.ts'
import { type BankFile, readBankFile } from './read-file.ts'
import { countsOf, recognise, type Recognised } from './recognise.ts'
import type { Account, ImportRow, StatementRow } from './types.ts'

/** A line of an import and why it is taken or not. */
export type ImportLine = { readonly position: number; readonly bookedOn: LocalDate; readonly amount: bigint; readonly currency: Currency; readonly label: string; readonly verdict: 'new' | 'known' | 'suspicious'; readonly because: Text }
/** The account of an import: ours when it is known, else what the file says. Null when the file holds several. */
export type ImportAccount = { readonly id: string | null; readonly name: string | null; readonly iban: string | null; readonly bankWriting: string | null; readonly currency: Currency | null }
export type ImportView = { readonly row: ImportRow; readonly account: ImportAccount; readonly currency: Currency; readonly statements: readonly StatementRow[]; readonly problems: readonly Problem[]; readonly lines: readonly ImportLine[] }

/** Lines shown of an import. */
const LINES_SHOWN_MAX = 500

/**
 * Keeps a file and tells what it holds: nothing of it is taken before it is committed. Refuses FILE_UNREADABLE, with nothing
 * stored.
 */
export async function previewImport(app: App, ctx: Context, upload: { readonly fileName: string; readonly bytes: Uint8Array }): Promise<ImportView> {
  authorize(ctx, 'bank.import')
  const file = readBankFile({ ...upload, currency: ctx.currency })
  return app.db.tenant(ctx, async (tx) => {
    const id = uuidv7() as ImportId
    const sha256 = createHash('sha256').update(upload.bytes).digest()
    await insertImport(tx, { id, fileName: upload.fileName, sha256, content: upload.bytes, format: file.format, problems: file.problems, uploadedBy: ctx.userId })
    const preview = await previewOf(tx, ctx, file)
    await saveCounts(tx, id, preview.counts)
    await recordAudit(tx, ctx, { action: 'import.preview', subjectKind: 'import', subjectId: id, before: null, after: { file: upload.fileName, format: file.format, sha256: sha256.toString('hex'), ...preview.counts } })
    return { row: (await findImport(tx, id))!, ...preview }
  })
}

/** One import; a preview is decided again, against the lines that are known by now. Refuses NOT_FOUND. */
export async function readImport(app: App, ctx: Context, id: string): Promise<ImportView> {
  authorize(ctx, 'bank.read')
  const preview = await app.db.tenant(ctx, async (tx) => {
    const row = await findImport(tx, id)
    if (!row) throw new Refusal('NOT_FOUND')
    return row.status === 'previewed' ? { row, bytes: await importContent(tx, id) } : null
  })
  if (!preview) return app.db.tenant(ctx, (tx) => committedView(tx, ctx, id))
  const file = readBankFile({ bytes: preview.bytes, fileName: preview.row.fileName, currency: ctx.currency })
  return app.db.tenant(ctx, async (tx) => {
    const { counts, ...rest } = await previewOf(tx, ctx, file)
    return { row: { ...preview.row, linesNew: counts.new, linesKnown: counts.known, linesSuspicious: counts.suspicious }, ...rest }
  })
}

/** Imports, latest first. */
export async function browseImports(app: App, ctx: Context, page: { readonly after: { readonly uploadedAt: string; readonly id: string } | null; readonly limit: number }): Promise<ImportRow[]> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, (tx) => listImports(tx, page))
}

async function previewOf(tx: TenantTx, ctx: Context, file: BankFile): Promise<Omit<ImportView, 'row'> & { counts: ReturnType<typeof countsOf> }> {
  const accounts = await listAccounts(tx)
  const recognised: Recognised[] = []
  const problems: Problem[] = [...file.problems]
  for (const group of file.groups) {
    const account = accountNamed(accounts, group.account) ?? null
    recognised.push(...await recognise(tx, group, account))
    if (group.currency !== ctx.currency) problems.push(currencyProblem(group.currency, ctx.currency))
  }
  recognised.sort((a, b) => a.line.position - b.line.position)
  const counts = countsOf(recognised)
  const only = file.groups.length === 1 ? file.groups[0]! : null
  const account = only && (accountNamed(accounts, only.account) ?? null)
  if (!only) problems.push(severalProblem(file, accounts))
  return {
    counts, problems, currency: only?.currency ?? ctx.currency,
    account: account ?? { id: null, name: null, iban: only?.account.iban ?? null, bankWriting: only?.account.id ?? null, currency: only?.currency ?? null },
    statements: file.groups.flatMap((group) => group.statements),
    lines: recognised.slice(0, LINES_SHOWN_MAX).map(({ line, decision }) => ({ position: line.position, bookedOn: line.bookedOn, amount: line.minor, currency: line.currency, label: line.label, verdict: decision.action, because: decision.because })),
  }
}

function currencyProblem(found: Currency, base: Currency): Problem {
  return warning('BANK_CURRENCY_DIFFERS', {
    fr: `Le relevé est en ${found}, la société tient ses comptes en ${base} : il ne pourra pas être enregistré.`, en: `The statement is in ${found} and the company keeps its books in ${base}: it cannot be stored.`,
  })
}

function severalProblem(file: BankFile, accounts: readonly Account[]): Problem {
  const names = file.groups.map((group) => {
    const known = accountNamed(accounts, group.account)
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
    row, currency: account?.currency ?? ctx.currency, account: account ?? { id: null, name: null, iban: null, bankWriting: null, currency: null }, statements: await statementsOf(tx, id),
    problems: waiting.count === 0 ? row.problems : [...row.problems, waitingProblem({ count: waiting.count, from: waiting.from!, to: waiting.to! })],
    lines: (await linesOfImport(tx, id, LINES_SHOWN_MAX)).map((line) => ({ position: line.position, bookedOn: line.bookedOn, amount: line.amount, currency: line.currency, label: line.label, verdict: 'new', because: STORED })),
  }
}

function waitingProblem({ count, from, to }: { count: number; from: LocalDate; to: LocalDate }): Problem {
  const many = count > 1
  return warning('LINES_WITHOUT_PERIOD', {
    fr: `${count} opération${many ? 's' : ''} du ${from} au ${to} ${many ? 'attendent leur' : 'attend son'} écriture : aucune période ouverte ne contient ${many ? 'ces jours' : 'ce jour'}. Créez l'exercice dans Réglages, Exercices, ou rouvrez la période.`,
    en: `${count} line${many ? 's' : ''} from ${from} to ${to} ${many ? 'wait for their entries' : 'waits for its entry'}: no open period holds ${many ? 'those days' : 'that day'}. Create the fiscal year under Settings, Fiscal years, or open the period.`,
  })
}
