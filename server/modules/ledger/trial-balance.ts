import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { createTrialBalance, type TrialBalance } from '../../../core/ledger/trial-balance.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { findMovements } from './account-store.ts'
import { dayOf } from './entries.ts'
import { pickFiscalYear } from './fiscal-years.ts'

export type BooksBalance = { readonly fiscalYearId: string; readonly from: LocalDate; readonly to: LocalDate; readonly balance: TrialBalance }

/** The trial balance of a year up to a day, from the monthly balances; the lines are read for an unfinished last month only. */
export async function trialBalanceOf(tx: TenantTx, ctx: Context, scope: { readonly fiscalYearId?: string | undefined; readonly to?: LocalDate | null }): Promise<BooksBalance> {
  const year = await pickFiscalYear(tx, ctx, scope.fiscalYearId)
  const to = scope.to && scope.to < year.endsOn ? (scope.to < year.startsOn ? year.startsOn : scope.to) : year.endsOn
  const sums = createTrialBalance()
  for (const movement of await findMovements(tx, { fiscalYearId: year.id, to, whole: to === year.endsOn })) sums.add(movement)
  return { fiscalYearId: year.id, from: year.startsOn, to, balance: sums.end() }
}

/** The trial balance of a year: the present one unless another is named. Refuses NOT_FOUND. */
export async function readTrialBalance(app: App, ctx: Context, query: { readonly fiscalYearId?: string; readonly to?: string }): Promise<BooksBalance> {
  authorize(ctx, 'ledger.read')
  const to = dayOf(query.to, 'to')
  return app.db.tenant(ctx, (tx) => trialBalanceOf(tx, ctx, { fiscalYearId: query.fiscalYearId, to }))
}
