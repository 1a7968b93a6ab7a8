import type { BankAccountPatch, BankAccountPut, NewBankAccount } from '../../../../contract/banking.ts'
import { accountKey, parseIban } from '../../../../core/bank/account-name.ts'
import { isCash, placeOf } from '../../../../core/bank/account-type.ts'
import type { AccountName } from '../../../../core/bank/statement.ts'
import { type Currency, parseCurrency } from '../../../../core/kernel/currency.ts'
import type { BankAccountId } from '../../../../core/kernel/id.ts'
import { parseDate } from '../../../../core/kernel/local-date.ts'
import { parseAmount } from '../../../../core/kernel/money.ts'
import { problem } from '../../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { ensureAccount, nextSubAccount } from '../../ledger/index.ts'
import { accountViews, deleteAccount, insertAccount, isUsed, listAccounts, lockAccounts, updateAccount } from './account-store.ts'
import { institutionFor } from './institutions.ts'
import { requeueUnposted } from '../jobs.ts'
import { seeingRemoved } from '../landing/landing-store.ts'
import type { Account, AccountView } from '../types.ts'

/**
 * Bank accounts with their figures: those in use, those put away, or all. Lines that wait for an entry although their day is open are
 * given to the posting job again: a fiscal year may have been created, a period opened, or a job lost.
 */
export async function browseAccounts(app: App, ctx: Context, archived: 'no' | 'yes' | 'all' = 'no'): Promise<AccountView[]> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, async (tx) => {
    await requeueUnposted(app, tx)
    return (await accountViews(tx, null)).filter((account) => archived === 'all' || (account.archivedOn !== null) === (archived === 'yes'))
  })
}

/** The accounts that hold the company's cash in the currency of its books. */
export async function cashAccounts(tx: TenantTx): Promise<AccountView[]> {
  return (await accountViews(tx, null)).filter((account) => account.postsEntries && isCash(account.type))
}

/** One bank account. Refuses NOT_FOUND. */
export async function readAccount(app: App, ctx: Context, id: string): Promise<AccountView> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, (tx) => viewOf(tx, id))
}

/** Adds a bank account with its two ledger accounts, 512 and 471. Refuses IBAN_INVALID and BANK_ACCOUNT_EXISTS. */
export async function createAccount(app: App, ctx: Context, input: NewBankAccount): Promise<AccountView> {
  authorize(ctx, 'bank.manage')
  return app.db.tenant(ctx, async (tx) => {
    const account = await openAccount(tx, ctx, input)
    await recordAudit(tx, ctx, { action: 'bank-account.create', subjectKind: 'bank-account', subjectId: account.id, before: null, after: auditOf(account) })
    return viewOf(tx, account.id)
  })
}

/** Changes an account; its type, its currency and its ledger accounts stay. Refuses NOT_FOUND, IBAN_INVALID, BANK_ACCOUNT_EXISTS. */
export async function changeAccount(app: App, ctx: Context, change: { readonly id: string; readonly patch: BankAccountPatch }): Promise<AccountView> {
  authorize(ctx, 'bank.manage')
  return app.db.tenant(ctx, async (tx) => {
    const accounts = await lockAccounts(tx)
    const before = accounts.find((account) => account.id === change.id)
    if (!before) throw new Refusal('NOT_FOUND')
    const { patch } = change
    const { name = before.name, iban = before.iban, bankWriting = before.bankWriting, archived } = patch
    const names = readNames({ name, iban, bankWriting })
    refuseKnown(accounts.filter((account) => account.id !== before.id), { ...names, currency: before.currency })
    const institutionId = patch.institutionId === undefined ? before.institutionId ?? await institutionFor(tx, names, undefined) : await institutionFor(tx, names, patch.institutionId)
    const opening = patch.opening === undefined ? { openingOn: before.openingOn, opening: before.opening } : readOpening(patch.opening, before.currency)
    const archivedOn = archived === undefined ? before.archivedOn : archived ? before.archivedOn ?? ctx.today : null
    const after = { ...before, ...names, ...opening, institutionId, archivedOn, manual: patch.manual ?? before.manual }
    await updateAccount(tx, after)
    await recordAudit(tx, ctx, { action: 'bank-account.update', subjectKind: 'bank-account', subjectId: before.id, before: auditOf(before), after: auditOf(after) })
    return viewOf(tx, before.id)
  })
}

/** Says all of an account again: what is left out is emptied. Refuses NOT_FOUND, IBAN_INVALID, BANK_ACCOUNT_EXISTS. */
export async function replaceAccount(app: App, ctx: Context, change: { readonly id: string; readonly account: BankAccountPut }): Promise<AccountView> {
  authorize(ctx, 'bank.manage')
  const { name, iban = null, bankWriting = null, institutionId, manual = false, opening = null } = change.account
  return changeAccount(app, ctx, { id: change.id, patch: { name, iban, bankWriting, manual, opening, ...(institutionId === undefined ? {} : { institutionId }) } })
}

/** Takes an account away: for good when it holds nothing, else it is put away with its lines. Refuses NOT_FOUND. */
export async function removeAccount(app: App, ctx: Context, id: string): Promise<'deleted' | 'archived'> {
  authorize(ctx, 'bank.manage')
  return app.db.tenant(ctx, async (tx) => {
    const account = (await lockAccounts(tx)).find((one) => one.id === id)
    if (!account) throw new Refusal('NOT_FOUND')
    const used = await seeingRemoved(tx, () => isUsed(tx, id))
    if (used) await updateAccount(tx, { ...account, archivedOn: account.archivedOn ?? ctx.today })
    else await deleteAccount(tx, id)
    const outcome = used ? 'archived' : 'deleted'
    await recordAudit(tx, ctx, { action: `bank-account.${used ? 'archive' : 'delete'}`, subjectKind: 'bank-account', subjectId: id, before: auditOf(account), after: null })
    return outcome
  })
}

/** Opens a bank account within the caller's transaction. */
export async function openAccount(tx: TenantTx, ctx: Context, input: NewBankAccount): Promise<Account> {
  const names = readNames(input)
  const type = input.type ?? 'current'
  const place = placeOf(type)
  const currency = input.currency === undefined ? ctx.currency : currencyOf(input.currency)
  const ledgerAccount = await nextSubAccount(tx, place.root)
  // Read after the ledger's lock: two people adding the same account at once see one another.
  refuseKnown(await listAccounts(tx), { ...names, currency })
  await ensureAccount(tx, ledgerAccount, `${place.label} - ${names.name}`)
  const suspenseAccount = await nextSubAccount(tx, '471')
  await ensureAccount(tx, suspenseAccount, `Compte d'attente - ${names.name}`)
  const account: Account = {
    id: uuidv7() as BankAccountId, ...names, currency, ledgerAccount, suspenseAccount, version: 1, type, manual: input.manual ?? place.manual, archivedOn: null,
    institutionId: await institutionFor(tx, names, input.institutionId), ...readOpening(input.opening ?? null, currency),
    // Entries are in the currency of the books, and no dated rate is kept yet.
    postsEntries: currency === ctx.currency,
  }
  await insertAccount(tx, account)
  return account
}

/** An account for the audit log, which keeps amounts as text. */
export function auditOf({ opening, ...account }: Account): Record<string, unknown> {
  return { ...account, opening: opening?.toString() ?? null }
}

function currencyOf(text: string): Currency {
  return parseCurrency(text)!
}

function readOpening(opening: BankAccountPatch['opening'] | null, currency: Currency): Pick<Account, 'openingOn' | 'opening'> {
  if (!opening) return { openingOn: null, opening: null }
  const amount = parseAmount(opening.amount, currency, { field: 'opening.amount' })
  const openingOn = parseDate(opening.on)
  const problems = [...(amount.ok ? [] : [amount.problem]), ...(openingOn ? [] : [problem('DATE_INVALID', { fr: 'Ce jour n\'existe pas.', en: 'This day does not exist.' }, { field: 'opening.on' })])]
  if (!amount.ok || !openingOn) throw new Refusal('REQUEST_INVALID', {}, problems)
  return { openingOn, opening: amount.value }
}

/** The account a statement names, whatever the format it was written in; undefined when none of ours goes by that name. */
export function accountNamed<T extends Pick<Account, 'iban' | 'bankWriting'>>(accounts: readonly T[], name: AccountName): T | undefined {
  const keys = keysOf({ iban: name.iban, bankWriting: name.id })
  return accounts.find((account) => keysOf(account).some((key) => keys.includes(key)))
}

/** The account of ours a part of a file goes to: by name, and by currency where a bank keeps several under one number. */
export function accountOf<T extends Pick<Account, 'iban' | 'bankWriting' | 'currency'>>(accounts: readonly T[], group: { readonly account: AccountName; readonly currency: string }): T | undefined {
  return accountNamed(accounts.filter((account) => account.currency === group.currency), group.account) ?? accountNamed(accounts, group.account)
}

function keysOf({ iban, bankWriting }: { readonly iban: string | null; readonly bankWriting: string | null }): string[] {
  return [accountKey({ iban, id: null }), accountKey({ iban: null, id: bankWriting })].filter((key) => key !== null)
}

function readNames(input: NewBankAccount): { name: string; iban: string | null; bankWriting: string | null } {
  const given = input.iban?.trim() || null
  const iban = given === null ? null : parseIban(given)
  if (iban === undefined) throw new Refusal('IBAN_INVALID', { iban: given ?? '' })
  return { name: input.name.trim() || 'Compte bancaire', iban, bankWriting: input.bankWriting?.trim() || null }
}

function refuseKnown(accounts: readonly Account[], names: { readonly iban: string | null; readonly bankWriting: string | null; readonly currency: string }): void {
  if (accountNamed(accounts.filter((account) => account.currency === names.currency), { iban: names.iban, id: names.bankWriting })) throw new Refusal('BANK_ACCOUNT_EXISTS')
}

async function viewOf(tx: TenantTx, id: string): Promise<AccountView> {
  const [account] = await accountViews(tx, id)
  if (!account) throw new Refusal('NOT_FOUND')
  return account
}
