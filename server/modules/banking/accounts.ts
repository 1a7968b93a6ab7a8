import type { BankAccountPatch, NewBankAccount } from '../../../contract/banking.ts'
import { accountKey, parseIban } from '../../../core/bank/account-name.ts'
import type { AccountName } from '../../../core/bank/statement.ts'
import type { BankAccountId } from '../../../core/kernel/id.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { ensureAccount, nextSubAccount } from '../ledger/index.ts'
import { accountViews, insertAccount, listAccounts, lockAccounts, updateAccount } from './account-store.ts'
import { requeueUnposted } from './jobs.ts'
import type { Account, AccountView } from './types.ts'

/**
 * Every bank account with its figures. Lines that wait for an entry although their day is open are given to the posting job
 * again: a fiscal year may have been created, a period opened, or a job lost.
 */
export async function browseAccounts(app: App, ctx: Context): Promise<AccountView[]> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, async (tx) => {
    await requeueUnposted(app, tx)
    return accountViews(tx, null)
  })
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
    await recordAudit(tx, ctx, { action: 'bank-account.create', subjectKind: 'bank-account', subjectId: account.id, before: null, after: account })
    return viewOf(tx, account.id)
  })
}

/** Changes the name or the writings of a bank account; its ledger accounts stay. Refuses NOT_FOUND, IBAN_INVALID, BANK_ACCOUNT_EXISTS. */
export async function changeAccount(app: App, ctx: Context, change: { readonly id: string; readonly patch: BankAccountPatch }): Promise<AccountView> {
  authorize(ctx, 'bank.manage')
  return app.db.tenant(ctx, async (tx) => {
    const accounts = await lockAccounts(tx)
    const before = accounts.find((account) => account.id === change.id)
    if (!before) throw new Refusal('NOT_FOUND')
    const { name = before.name, iban = before.iban, bankWriting = before.bankWriting } = change.patch
    const after = { ...before, ...readNames({ name, iban, bankWriting }) }
    refuseKnown(accounts.filter((account) => account.id !== before.id), after)
    await updateAccount(tx, after)
    await recordAudit(tx, ctx, { action: 'bank-account.update', subjectKind: 'bank-account', subjectId: before.id, before, after })
    return viewOf(tx, before.id)
  })
}

/** Opens a bank account within the caller's transaction. */
export async function openAccount(tx: TenantTx, ctx: Context, input: NewBankAccount): Promise<Account> {
  const names = readNames(input)
  const ledgerAccount = await nextSubAccount(tx, '512')
  // Read after the ledger's lock: two people adding the same account at once see one another.
  refuseKnown(await listAccounts(tx), names)
  await ensureAccount(tx, ledgerAccount, `Banque - ${names.name}`)
  const suspenseAccount = await nextSubAccount(tx, '471')
  await ensureAccount(tx, suspenseAccount, `Compte d'attente - ${names.name}`)
  const account: Account = { id: uuidv7() as BankAccountId, ...names, currency: ctx.currency, ledgerAccount, suspenseAccount, version: 1 }
  await insertAccount(tx, account)
  return account
}

/** The account a statement names, whatever the format it was written in; undefined when none of ours goes by that name. */
export function accountNamed<T extends Pick<Account, 'iban' | 'bankWriting'>>(accounts: readonly T[], name: AccountName): T | undefined {
  const keys = keysOf({ iban: name.iban, bankWriting: name.id })
  return accounts.find((account) => keysOf(account).some((key) => keys.includes(key)))
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

function refuseKnown(accounts: readonly Account[], names: { readonly iban: string | null; readonly bankWriting: string | null }): void {
  if (accountNamed(accounts, { iban: names.iban, id: names.bankWriting })) throw new Refusal('BANK_ACCOUNT_EXISTS')
}

async function viewOf(tx: TenantTx, id: string): Promise<AccountView> {
  const [account] = await accountViews(tx, id)
  if (!account) throw new Refusal('NOT_FOUND')
  return account
}
