import type { CommitImport } from '../../../contract/banking.ts'
import { parseIban } from '../../../core/bank/account-name.ts'
import type { BankAccountId, BankLineId, ImportId } from '../../../core/kernel/id.ts'
import { warning } from '../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { lockAccounts, updateAccount } from './account-store.ts'
import { accountNamed, openAccount } from './accounts.ts'
import { findImport, importContent, insertStatements, lockImport, markCommitted } from './import-store.ts'
import { committedView, type ImportView } from './imports.ts'
import { queuePosting } from './jobs.ts'
import { insertLines } from './line-store.ts'
import { type BankFile, type FileGroup, readBankFile } from './read-file.ts'
import { countsOf, recognise, type Recognised } from './recognise.ts'
import type { Account, Line } from './types.ts'

/** A part of a file and the account of ours it goes to. */
type Target = { readonly group: FileGroup; readonly account: Account }

/**
 * Takes the lines of a previewed file that are new, with its statements, and asks for their entries: all of it or nothing.
 * What is new is decided again here, while nobody else imports into the same accounts. Suspicious lines are left out unless
 * their position is accepted. Refuses NOT_FOUND, IMPORT_ALREADY_COMMITTED, BANK_ACCOUNT_NEEDED, BANK_ACCOUNTS_SEVERAL,
 * BANK_ACCOUNT_DIFFERS, BANK_CURRENCY_DIFFERS, BANK_ACCOUNT_EXISTS, IBAN_INVALID.
 */
export async function commitImport(app: App, ctx: Context, input: { readonly id: string; readonly choice: CommitImport }): Promise<ImportView> {
  authorize(ctx, 'bank.import')
  if (input.choice.newAccount) authorize(ctx, 'bank.manage')
  const kept = await app.db.tenant(ctx, async (tx) => {
    const row = await findImport(tx, input.id)
    if (!row) throw new Refusal('NOT_FOUND')
    if (row.status === 'committed') throw new Refusal('IMPORT_ALREADY_COMMITTED')
    return { row, bytes: await importContent(tx, input.id) }
  })
  // Read outside of the transaction that writes: a large file takes seconds, and others work meanwhile.
  const file = readBankFile({ bytes: kept.bytes, fileName: kept.row.fileName, currency: ctx.currency })
  return app.db.tenant(ctx, async (tx) => {
    if (await lockImport(tx, input.id) !== 'previewed') throw new Refusal('IMPORT_ALREADY_COMMITTED')
    await take(app, tx, { ctx, id: kept.row.id, file, choice: input.choice, fileName: kept.row.fileName })
    return committedView(tx, ctx, input.id)
  })
}

async function take(app: App, tx: TenantTx, work: { readonly ctx: Context; readonly id: ImportId; readonly file: BankFile; readonly choice: CommitImport; readonly fileName: string }): Promise<void> {
  const { ctx, id, file, choice } = work
  const targets = await targetsOf(tx, ctx, { file, choice })
  const accepted = new Set(choice.acceptSuspicious ?? [])
  const counts = { new: 0, known: 0, suspicious: 0 }
  const lines: ReturnType<typeof lineOf>[] = []
  for (const { group, account } of targets) {
    if (group.currency !== account.currency) throw new Refusal('BANK_CURRENCY_DIFFERS', { currency: group.currency, base: account.currency })
    const recognised = (await recognise(tx, group, account)).map((one): Recognised => (
      one.decision.action === 'suspicious' && accepted.has(one.line.position) ? { ...one, decision: { ...one.decision, action: 'new' } } : one))
    const found = countsOf(recognised)
    counts.new += found.new
    counts.known += found.known
    counts.suspicious += found.suspicious
    lines.push(...recognised.filter(({ decision }) => decision.action === 'new').map(({ line }) => lineOf(line, account.id)))
  }
  await insertLines(tx, id, lines)
  await insertStatements(tx, id, targets.flatMap(({ group, account }) => group.statements.map((statement) => ({ ...statement, accountId: account.id }))))
  await markCommitted(tx, id, { counts, accountId: targets.length === 1 ? targets[0]!.account.id : null })
  if (lines.length > 0) await queuePosting(app, tx, id)
  await appendEvent(tx, ctx, { kind: 'import.committed', subject: id, data: counts })
  await recordAudit(tx, ctx, { action: 'import.commit', subjectKind: 'import', subjectId: id, before: null, after: { file: work.fileName, accounts: targets.map(({ account }) => account.ledgerAccount), ...counts } })
}

function lineOf(line: Recognised['line'], accountId: BankAccountId): Omit<Line, 'importId' | 'entryId' | 'treated'> {
  return {
    id: uuidv7() as BankLineId, accountId, position: line.position, bookedOn: line.bookedOn, valueOn: line.valueOn, amount: line.minor, currency: line.currency, label: line.label,
    reference: line.reference, counterpartyName: line.counterparty.name, counterpartyIban: line.counterparty.iban, bankReference: line.bankId,
  }
}

/** Gives each part of the file its account. The choice of a person is for the one part whose account is not known. */
async function targetsOf(tx: TenantTx, ctx: Context, { file, choice }: { readonly file: BankFile; readonly choice: CommitImport }): Promise<Target[]> {
  const accounts = await lockAccounts(tx)
  const found = file.groups.map((group) => ({ group, account: accountNamed(accounts, group.account) }))
  const missing = found.filter(({ account }) => account === undefined)
  const chosen = choice.accountId === undefined ? undefined : accounts.find((account) => account.id === choice.accountId)
  if (choice.accountId !== undefined && !chosen) throw new Refusal('NOT_FOUND')
  if (missing.length === 0) {
    const other = chosen && found.find(({ account }) => account !== chosen)
    if (other && found.length === 1) throw new Refusal('BANK_ACCOUNT_DIFFERS', { named: other.account!.name, chosen: chosen.name })
    if (choice.newAccount) throw new Refusal('BANK_ACCOUNT_EXISTS')
    return found.map(({ group, account }) => ({ group, account: account! }))
  }
  if (missing.length > 1) throw new Refusal('BANK_ACCOUNTS_SEVERAL', {}, missing.map(({ group }) => missingProblem(group)))
  const { group } = missing[0]!
  // The account chosen is already that of another part: two accounts would become one.
  if (chosen && found.some(({ account }) => account === chosen)) throw new Refusal('BANK_ACCOUNT_DIFFERS', { named: group.account.iban ?? group.account.id ?? '?', chosen: chosen.name })
  if (!chosen && !choice.newAccount) throw new Refusal('BANK_ACCOUNT_NEEDED', {}, [missingProblem(group)])
  const account = chosen ? await adopt(tx, chosen, group) : await openNamed(tx, ctx, { choice: choice.newAccount!, group })
  return found.map((one) => ({ group: one.group, account: one.account ?? account }))
}

function missingProblem(group: FileGroup) {
  const name = group.account.iban ?? group.account.id
  return warning('BANK_ACCOUNT_UNKNOWN', name === null
    ? { fr: 'Le fichier ne dit pas de quel compte il est le relevé. Choisissez le compte.', en: 'The file does not say which account it is a statement of. Choose the account.' }
    : { fr: `Le compte ${name} n'est pas connu. Choisissez-en un ou créez-le.`, en: `The account ${name} is not known. Choose one or create it.` })
}

/** The chosen account learns how the file writes it, so that the next file finds it alone. Two different IBANs are two accounts. */
async function adopt(tx: TenantTx, account: Account, group: FileGroup): Promise<Account> {
  const iban = group.account.iban === null ? null : parseIban(group.account.iban) ?? null
  if (iban !== null && account.iban !== null && iban !== account.iban) throw new Refusal('BANK_ACCOUNT_DIFFERS', { named: iban, chosen: account.name })
  const learnt = { ...account, iban: account.iban ?? iban, bankWriting: account.bankWriting ?? group.account.id }
  if (learnt.iban !== account.iban || learnt.bankWriting !== account.bankWriting) await updateAccount(tx, learnt)
  return learnt
}

async function openNamed(tx: TenantTx, ctx: Context, { choice, group }: { readonly choice: NonNullable<CommitImport['newAccount']>; readonly group: FileGroup }): Promise<Account> {
  const named = group.account.iban === null ? null : parseIban(group.account.iban) ?? null
  const given = choice.iban ? parseIban(choice.iban) : null
  if (named && given && named !== given) throw new Refusal('BANK_ACCOUNT_DIFFERS', { named, chosen: given })
  const account = await openAccount(tx, ctx, { name: choice.name, iban: choice.iban ?? named, bankWriting: choice.bankWriting ?? group.account.id })
  await recordAudit(tx, ctx, { action: 'bank-account.create', subjectKind: 'bank-account', subjectId: account.id, before: null, after: account })
  return account
}
