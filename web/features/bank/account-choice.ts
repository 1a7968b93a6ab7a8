import type { BankAccount, BankImport, CommitImport } from '../../../contract/banking.ts'

/** Where the lines of a file go: an account of ours by its id, or a new one by its name and IBAN. */
export type AccountChoice = { readonly accountId: string; readonly name: string; readonly iban: string }
export const NEW_ACCOUNT = 'new'

/** `known`: the file names an account of ours. `ask`: one account, unknown. `several`: each part goes to its own, which must exist. */
export function accountCase({ account }: Pick<BankImport, 'account'>): 'known' | 'ask' | 'several' {
  if (account.id !== null) return 'known'
  return account.currency === null ? 'several' : 'ask'
}

/** A file that names its account is a new account by default; one that names none most likely belongs to the only one there is. */
export function firstChoice({ account }: Pick<BankImport, 'account'>, accounts: readonly BankAccount[], name: string): AccountChoice {
  const isNamed = account.iban !== null || account.bankWriting !== null
  const only = !isNamed && accounts.length === 1 ? accounts[0]!.id : undefined
  return { accountId: only ?? (isNamed || accounts.length === 0 ? NEW_ACCOUNT : ''), name, iban: account.iban ?? '' }
}

/** "Current account", then "Current account 2": two accounts of one name could not be told apart. */
export function freeName(name: string, accounts: readonly Pick<BankAccount, 'name'>[]): string {
  const taken = new Set(accounts.map((account) => account.name))
  let n = 1
  while (taken.has(n === 1 ? name : `${name} ${n}`)) n += 1
  return n === 1 ? name : `${name} ${n}`
}

/** What is sent to take the lines; undefined while the account is not said. */
export function commitOf(file: Pick<BankImport, 'account'>, choice: AccountChoice, accepted: ReadonlySet<number>): CommitImport | undefined {
  const taken = accepted.size > 0 ? { acceptSuspicious: [...accepted].sort((a, b) => a - b) } : {}
  if (accountCase(file) !== 'ask') return taken
  if (choice.accountId !== NEW_ACCOUNT) return choice.accountId ? { ...taken, accountId: choice.accountId } : undefined
  const name = choice.name.trim()
  const iban = choice.iban.replace(/\s/g, '')
  return name ? { ...taken, newAccount: { name, ...(iban ? { iban } : {}) } } : undefined
}

/** Sums up the statements of a file: one that is broken is broken whatever the others are. */
export function wholeContinuity(statements: BankImport['statements']): BankImport['statements'][number]['continuity'] {
  if (statements.some(({ continuity }) => continuity === 'broken')) return 'broken'
  return statements.length > 0 && statements.every(({ continuity }) => continuity === 'proven') ? 'proven' : 'unknown'
}
