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

/** What a person said of the lines of a file, by their positions. What is not said of a suspicious line waits in the pile. */
export type LineDecisions = { readonly taken: ReadonlySet<number>; readonly refused: ReadonlySet<number>; readonly takenAgain: ReadonlySet<number>; readonly allAgain: boolean; readonly onProblems: 'readable' | 'nothing' }
export const NO_DECISION: LineDecisions = { taken: new Set(), refused: new Set(), takenAgain: new Set(), allAgain: false, onProblems: 'readable' }

/** Whether the balances of a PDF do not prove its lines: someone compares them before they are taken. */
export function needsReview(file: Pick<BankImport, 'problems'>): boolean {
  return file.problems.some(({ code }) => code === 'PDF_TO_REVIEW')
}

/** What is sent to take the lines; undefined while the account is not said. */
export function commitOf(file: Pick<BankImport, 'account' | 'problems'>, choice: AccountChoice, { taken, refused, takenAgain, allAgain, onProblems }: LineDecisions): CommitImport | undefined {
  const list = (positions: ReadonlySet<number>) => [...positions].sort((a, b) => a - b)
  const decided: CommitImport = {
    ...(taken.size > 0 ? { acceptSuspicious: list(taken) } : {}), ...(refused.size > 0 ? { refuseSuspicious: list(refused) } : {}), ...(allAgain ? { takeAllRemoved: true } : takenAgain.size > 0 ? { takeRemoved: list(takenAgain) } : {}),
    ...(onProblems === 'nothing' || needsReview(file) ? { onProblems } : {}),
  }
  if (accountCase(file) !== 'ask') return decided
  if (choice.accountId !== NEW_ACCOUNT) return choice.accountId ? { ...decided, accountId: choice.accountId } : undefined
  const name = choice.name.trim()
  const iban = choice.iban.replace(/\s/g, '')
  return name ? { ...decided, newAccount: { name, ...(iban ? { iban } : {}) } } : undefined
}

/** Whether a file among several can be stored without being looked at: its account is known, its balances do not say otherwise, every line was read and none is in doubt. */
export function isPlain(file: BankImport): boolean {
  return file.status === 'previewed' && accountCase(file) === 'known' && file.counts.new + file.counts.updated > 0 && file.counts.suspicious === 0
    && wholeContinuity(file.statements) !== 'broken' && file.problems.every(({ severity }) => severity !== 'error')
}

/** Sums up the statements of a file: one that is broken is broken whatever the others are. */
export function wholeContinuity(statements: BankImport['statements']): BankImport['statements'][number]['continuity'] {
  if (statements.some(({ continuity }) => continuity === 'broken')) return 'broken'
  return statements.length > 0 && statements.every(({ continuity }) => continuity === 'proven') ? 'proven' : 'unknown'
}
