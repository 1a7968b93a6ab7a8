import { addDays, type LocalDate } from '../../../core/kernel/local-date.ts'
import { sum } from '../../../core/kernel/money.ts'
import { goalFigures, type GoalFigures, PACE_DAYS, type SavedOn } from '../../../core/goal/figures.ts'
import type { Context } from '../../platform/access/context.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { accountViews, type AccountView } from '../banking/index.ts'
import { contributedByDay, type GoalRow, movesSince } from './goal-store.ts'

export type GoalView = GoalRow & { readonly accounts: readonly Pick<AccountView, 'id' | 'name' | 'balance'>[]; readonly contributed: bigint; readonly figures: GoalFigures; readonly history: readonly SavedOn[] }

const HISTORY_WEEKS = 52
const WEEK = 7

type Ground = {
  readonly today: LocalDate
  readonly accounts: ReadonlyMap<string, AccountView>
  readonly moves: readonly { readonly accountId: string; readonly on: LocalDate; readonly moved: bigint }[]
  readonly given: readonly { readonly goalId: string; readonly on: LocalDate; readonly amount: bigint }[]
}

/** What was saved at the end of a day: the balances of today less what moved since, and what was given by hand until then. */
function savedOn(goal: GoalRow, day: LocalDate, { accounts, moves, given }: Ground): bigint {
  const balances = sum(goal.accountIds.map((id) => accounts.get(id)?.balance ?? 0n))
  const since = sum(moves.filter(({ accountId, on }) => on > day && goal.accountIds.includes(accountId)).map(({ moved }) => moved))
  return balances - since + sum(given.filter(({ goalId, on }) => goalId === goal.id && on <= day).map(({ amount }) => amount))
}

function viewOf(goal: GoalRow, ground: Ground): GoalView {
  const { today } = ground
  const history = Array.from({ length: HISTORY_WEEKS + 1 }, (_, index) => { const on = addDays(today, (index - HISTORY_WEEKS) * WEEK); return { on, saved: savedOn(goal, on, ground) } })
  // The days the pace is judged from are not always the end of a week.
  const since = [goal.startedOn, addDays(today, -PACE_DAYS)].filter((on) => on <= today).map((on) => ({ on, saved: savedOn(goal, on, ground) }))
  const known = [...history.filter(({ on }) => since.every((one) => one.on !== on)), ...since].toSorted((a, b) => (a.on < b.on ? -1 : 1))
  return {
    ...goal, history, figures: goalFigures({ target: goal.target, targetOn: goal.targetOn, startedOn: goal.startedOn, history: known, today }),
    accounts: goal.accountIds.flatMap((id) => ground.accounts.get(id) ?? []).map(({ id, name, balance }) => ({ id, name, balance })),
    contributed: sum(ground.given.filter(({ goalId }) => goalId === goal.id).map(({ amount }) => amount)),
  }
}

/** Goals with their figures of today. */
export async function goalViews(tx: TenantTx, ctx: Context, goals: readonly GoalRow[]): Promise<GoalView[]> {
  if (goals.length === 0) return []
  const ids = [...new Set(goals.flatMap(({ accountIds }) => accountIds))]
  const since = addDays(ctx.today, -(HISTORY_WEEKS * WEEK))
  const accounts = ids.length === 0 ? [] : await accountViews(tx, null)
  const first = goals.reduce((day, { startedOn }) => (startedOn < day ? startedOn : day), since)
  const ground: Ground = {
    today: ctx.today, accounts: new Map(accounts.map((account) => [account.id, account])),
    moves: ids.length === 0 ? [] : await movesSince(tx, ids, first), given: await contributedByDay(tx, goals.map(({ id }) => id)),
  }
  return goals.map((goal) => viewOf(goal, ground))
}
