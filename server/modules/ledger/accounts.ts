import { subAccount } from '../../../core/ledger/accounts.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import { findAccountNumbers, findBalance } from './account-store.ts'
import { insertAccounts, lockChain } from './posting-store.ts'

const SUB_ACCOUNTS_MAX = 999

/** Opens a ledger account under this label; one that exists keeps its own. */
export async function ensureAccount(tx: TenantTx, number: string, label: string): Promise<void> {
  await insertAccounts(tx, [{ number, label }])
}

/** The first free sub-account of a root of three digits, such as the banks (512001) or the waiting accounts (471001). Nobody else takes it before the transaction ends. */
export async function nextSubAccount(tx: TenantTx, root: string): Promise<string> {
  await lockChain(tx)
  const taken = new Set(await findAccountNumbers(tx, root))
  for (let index = 1; index <= SUB_ACCOUNTS_MAX; index += 1) {
    const number = subAccount(root, index)
    if (!taken.has(number)) return number
  }
  throw new Refusal('ENTRY_INVALID')
}

/**
 * Balance (debit minus credit, minor units) of the accounts that begin with a prefix, at the end of a day or of everything.
 * Balance-sheet accounts count from the last opening entry; charges and income (6 and 7) from the start of their year.
 */
export async function balanceOf(tx: TenantTx, accountPrefix: string, to?: LocalDate): Promise<bigint> {
  return await findBalance(tx, accountPrefix, to ?? null)
}
