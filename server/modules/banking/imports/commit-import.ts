import type { CommitImport } from '../../../../contract/banking.ts'
import { parseIban } from '../../../../core/bank/account-name.ts'
import type { ImportId } from '../../../../core/kernel/id.ts'
import { hasErrors, type Problem, warning } from '../../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { appendEvent } from '../../../platform/events/index.ts'
import { recordAudit } from '../../audit/index.ts'
import { lockAccounts, updateAccount } from '../accounts/account-store.ts'
import { accountOf, auditOf, openAccount } from '../accounts/accounts.ts'
import { findImport, insertStatements, lockImport, markCommitted } from './import-store.ts'
import { committedView, type ImportView, waitingFile } from './imports.ts'
import { queuePosting } from '../jobs.ts'
import { land, type LandingChoices } from '../landing/land.ts'
import type { BankFile, FileGroup } from './read-file.ts'
import type { Account } from '../types.ts'

/** A part of a file and the account of ours it goes to. */
type Target = { readonly group: FileGroup; readonly account: Account }

/**
 * Takes the lines of a previewed file that are new, with its statements, and asks for their entries: all of it or nothing.
 * What is new is decided again here, while nobody else imports into the same accounts. Suspicious lines are left out unless
 * their position is accepted, and wait on the pile. Refuses NOT_FOUND, IMPORT_ALREADY_COMMITTED, IMPORT_HAS_ERRORS (asked for all or nothing), IMPORT_TO_REVIEW, BANK_ACCOUNT_NEEDED, BANK_ACCOUNTS_SEVERAL,
 * BANK_ACCOUNT_DIFFERS, BANK_CURRENCY_DIFFERS, BANK_ACCOUNT_EXISTS, IBAN_INVALID.
 */
export async function commitImport(app: App, ctx: Context, input: { readonly id: string; readonly choice: CommitImport }): Promise<ImportView> {
  authorize(ctx, 'bank.import')
  if (input.choice.newAccount) authorize(ctx, 'bank.manage')
  return app.db.tenant(ctx, async (tx) => {
    const status = await lockImport(tx, input.id)
    if (status === undefined) throw new Refusal('NOT_FOUND')
    if (status !== 'previewed') throw new Refusal('IMPORT_ALREADY_COMMITTED')
    const row = (await findImport(tx, input.id))!
    // A file understood at its preview is not read again.
    const { file } = await waitingFile(tx, ctx, row)
    refuseProblems(file.problems, input.choice.onProblems)
    await take(app, tx, { ctx, id: row.id, file, choice: input.choice, fileName: row.fileName })
    return committedView(tx, ctx, input.id)
  })
}

/** All or nothing; and a statement that its own balances do not prove waits for a person to say that its lines are right. */
function refuseProblems(problems: readonly Problem[], choice: CommitImport['onProblems']): void {
  if (choice === 'nothing' && hasErrors(problems)) throw new Refusal('IMPORT_HAS_ERRORS', { count: String(problems.filter((one) => one.severity === 'error').length) }, problems)
  if (choice === undefined && problems.some(({ code }) => code === 'PDF_TO_REVIEW')) throw new Refusal('IMPORT_TO_REVIEW', {}, problems)
}

async function take(app: App, tx: TenantTx, work: { readonly ctx: Context; readonly id: ImportId; readonly file: BankFile; readonly choice: CommitImport; readonly fileName: string }): Promise<void> {
  const { ctx, id, file, choice } = work
  const targets = await targetsOf(tx, ctx, { file, choice })
  const choices: LandingChoices = { accept: new Set(choice.acceptSuspicious ?? []), refuse: new Set(choice.refuseSuspicious ?? []), retake: choice.takeAllRemoved ? 'all' : new Set(choice.takeRemoved ?? []) }
  const counts = { new: 0, known: 0, suspicious: 0, pending: 0, updated: 0 }
  let postable = 0
  for (const { group, account } of targets) {
    if (account.archivedOn !== null) throw new Refusal('BANK_ACCOUNT_ARCHIVED', { account: account.name })
    if (group.currency !== account.currency) throw new Refusal('BANK_CURRENCY_DIFFERS', { currency: group.currency, base: account.currency })
    const landed = await land(tx, { account, importId: id, delivery: { lines: group.lines, source: null }, choices, by: ctx.userId })
    for (const key of ['new', 'known', 'suspicious', 'pending', 'updated'] as const) counts[key] += landed[key]
    if (account.postsEntries) postable += landed.new + landed.updated
  }
  await insertStatements(tx, id, targets.flatMap(({ group, account }) => group.statements.map((statement) => ({ ...statement, accountId: account.id }))))
  await markCommitted(tx, id, { counts, accountId: targets.length === 1 ? targets[0]!.account.id : null })
  if (postable > 0) await queuePosting(app, tx, id)
  await appendEvent(tx, ctx, { kind: 'import.committed', subject: id, data: { new: counts.new + counts.updated, known: counts.known, suspicious: counts.suspicious } })
  await recordAudit(tx, ctx, { action: 'import.commit', subjectKind: 'import', subjectId: id, before: null, after: { file: work.fileName, accounts: targets.map(({ account }) => account.ledgerAccount), ...counts } })
}

/** Gives each part of the file its account. The choice of a person is for the one part whose account is not known. */
async function targetsOf(tx: TenantTx, ctx: Context, { file, choice }: { readonly file: BankFile; readonly choice: CommitImport }): Promise<Target[]> {
  const accounts = await lockAccounts(tx)
  const found = file.groups.map((group) => ({ group, account: accountOf(accounts, group) }))
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
  const account = await openAccount(tx, ctx, { ...choice, iban: choice.iban ?? named, bankWriting: choice.bankWriting ?? group.account.id, currency: choice.currency ?? group.currency })
  await recordAudit(tx, ctx, { action: 'bank-account.create', subjectKind: 'bank-account', subjectId: account.id, before: null, after: auditOf(account) })
  return account
}
