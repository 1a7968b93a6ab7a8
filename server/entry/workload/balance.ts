import { EUR } from '../../../core/kernel/currency.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { listFiscalYears } from '../../modules/ledger/books-store.ts'
import { trialBalanceOf } from '../../modules/ledger/trial-balance.ts'
import { contextOf, type Loaded, openPlace } from './place.ts'

/** The trial balance over every year of the company that was loaded: `<account> <debit> <credit>`, one account a line. */
export async function balance(folder: string, loaded: Loaded): Promise<string> {
  const db = await openPlace(folder)
  const ctx = contextOf(loaded)
  const totals = new Map<string, { debit: bigint; credit: bigint }>()
  try {
    await db.tenant(ctx, async (tx) => {
      for (const { id } of await listFiscalYears(tx)) {
        for (const { account, debit, credit } of (await trialBalanceOf(tx, ctx, { fiscalYearId: id })).balance.accounts) {
          const total = totals.get(account) ?? { debit: 0n, credit: 0n }
          totals.set(account, { debit: total.debit + debit, credit: total.credit + credit })
        }
      }
    })
  } finally {
    await db.close()
  }
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([account, { debit, credit }]) => `${account} ${formatAmount(debit, EUR)} ${formatAmount(credit, EUR)}\n`).join('')
}
