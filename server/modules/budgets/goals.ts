import { Type } from 'typebox'
import type { GoalQuery, NewContribution, NewGoal } from '../../../contract/goals.ts'
import { Instant, Uuid } from '../../../contract/common.ts'
import { money, toJson } from '../../../core/kernel/money.ts'
import { problem } from '../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { decodeCursor, PAGE_LIMIT } from '../../platform/http/cursor.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { accountViews } from '../banking/index.ts'
import { amountGiven, dayGiven } from './budgets.ts'
import { type GoalView, goalViews } from './goal-figures.ts'
import { type ContributionRow, contributionsOf, countGoals, deleteContribution, deleteGoal, findGoal, type GoalChoice, GOALS_MAX, type GoalRow, insertContribution, insertGoal, listGoals, lockGoals, markReached, updateGoal } from './goal-store.ts'

const Key = Type.Tuple([Instant, Uuid])
const CONTRIBUTIONS_SHOWN = 100

/** What was asked, checked. Refuses NOT_FOUND for an account, GOAL_ACCOUNT_CURRENCY, REQUEST_INVALID. */
async function decide(tx: TenantTx, ctx: Context, input: NewGoal): Promise<GoalChoice> {
  const accountIds = [...new Set(input.accountIds ?? [])]
  const accounts = accountIds.length === 0 ? [] : await accountViews(tx, null)
  for (const id of accountIds) {
    const account = accounts.find((one) => one.id === id)
    if (!account) throw new Refusal('NOT_FOUND')
    if (account.currency !== ctx.currency) throw new Refusal('GOAL_ACCOUNT_CURRENCY', { name: account.name, currency: account.currency })
  }
  return {
    name: input.name.trim() || 'Objectif', target: amountGiven(input.target, ctx.currency, { field: 'target', isEnough: (minor) => minor > 0n }),
    targetOn: dayGiven(input.targetOn, 'targetOn'), note: (input.note ?? '').trim(), accountIds,
  }
}

function trace({ name, target, targetOn, note, accountIds }: GoalChoice) {
  return { name, target: String(target), targetOn, note, accountIds }
}

async function viewOf(tx: TenantTx, ctx: Context, id: string): Promise<GoalView> {
  const goal = await findGoal(tx, id)
  if (!goal) throw new Refusal('NOT_FOUND')
  return (await goalViews(tx, ctx, [goal]))[0]!
}

/**
 * Notes which goals are reached, once, and tells it. A goal whose target was raised is open again; one that is spent after it was
 * reached keeps its day. Answers how many were told.
 */
export async function noteReached(tx: TenantTx, ctx: Context, goals: readonly GoalRow[]): Promise<number> {
  let told = 0
  for (const view of await goalViews(tx, ctx, goals)) {
    if (view.figures.state !== 'reached' || view.reachedOn !== null) continue
    await markReached(tx, view.id, ctx.today)
    const amount = (minor: bigint) => toJson(money(minor, ctx.currency))
    await appendEvent(tx, ctx, { kind: 'goal.reached', subject: view.id, data: { target: amount(view.target), saved: amount(view.figures.saved) } })
    told += 1
  }
  return told
}

/** Goals with their figures, oldest first. One row more than asked for says that there is a next page. */
export async function browseGoals(app: App, ctx: Context, query: GoalQuery): Promise<GoalView[]> {
  authorize(ctx, 'budget.read')
  const key = decodeCursor(query.cursor, Key)
  return app.db.tenant(ctx, async (tx) => goalViews(tx, ctx, await listGoals(tx, { state: query.state ?? 'all', after: key && { createdAt: key[0], id: key[1] }, limit: (query.limit ?? PAGE_LIMIT) + 1 })))
}

export type GoalDetailView = { readonly goal: GoalView; readonly contributions: readonly ContributionRow[] }

async function detailOf(tx: TenantTx, ctx: Context, id: string): Promise<GoalDetailView> {
  const goal = await viewOf(tx, ctx, id)
  return { goal, contributions: await contributionsOf(tx, [id], CONTRIBUTIONS_SHOWN) }
}

/** One goal with its road. Refuses NOT_FOUND. */
export async function readGoal(app: App, ctx: Context, id: string): Promise<GoalDetailView> {
  authorize(ctx, 'budget.read')
  return app.db.tenant(ctx, (tx) => detailOf(tx, ctx, id))
}

/** Sets a goal. Refuses NOT_FOUND, GOAL_ACCOUNT_CURRENCY, REQUEST_INVALID, GOALS_TOO_MANY. */
export async function createGoal(app: App, ctx: Context, input: NewGoal): Promise<GoalView> {
  authorize(ctx, 'budget.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockGoals(tx)
    if (await countGoals(tx) >= GOALS_MAX) throw new Refusal('GOALS_TOO_MANY', { limit: String(GOALS_MAX) })
    const choice = await decide(tx, ctx, input)
    const id = uuidv7()
    await insertGoal(tx, { id, choice, startedOn: ctx.today, by: ctx.userId })
    await afterChange(tx, ctx, id)
    await recordAudit(tx, ctx, { action: 'goal.create', subjectKind: 'goal', subjectId: id, after: trace(choice) })
    return viewOf(tx, ctx, id)
  })
}

/** Tells the change and whether it makes the goal reached. */
async function afterChange(tx: TenantTx, ctx: Context, id: string): Promise<void> {
  await appendEvent(tx, ctx, { kind: 'goal.changed', subject: id, data: {} })
  await noteReached(tx, ctx, [(await findGoal(tx, id))!])
}

/** Replaces what was decided of a goal. Refuses NOT_FOUND, GOAL_ACCOUNT_CURRENCY, REQUEST_INVALID. */
export async function changeGoal(app: App, ctx: Context, { id, input }: { readonly id: string; readonly input: NewGoal }): Promise<GoalView> {
  authorize(ctx, 'budget.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockGoals(tx)
    const before = await findGoal(tx, id)
    if (!before) throw new Refusal('NOT_FOUND')
    const choice = await decide(tx, ctx, input)
    await updateGoal(tx, id, choice)
    if (choice.target > before.target) await markReached(tx, id, null)
    await afterChange(tx, ctx, id)
    await recordAudit(tx, ctx, { action: 'goal.change', subjectKind: 'goal', subjectId: id, before: trace(before), after: trace(choice) })
    return viewOf(tx, ctx, id)
  })
}

/** Removes a goal with its contributions; no account is touched. Refuses NOT_FOUND. */
export async function removeGoal(app: App, ctx: Context, id: string): Promise<void> {
  authorize(ctx, 'budget.write')
  await app.db.tenant(ctx, async (tx) => {
    const before = await findGoal(tx, id)
    if (!before) throw new Refusal('NOT_FOUND')
    await deleteGoal(tx, id)
    await appendEvent(tx, ctx, { kind: 'goal.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'goal.delete', subjectKind: 'goal', subjectId: id, before: trace(before) })
  })
}

/** Writes what was put aside, or taken back, by hand. Refuses NOT_FOUND, REQUEST_INVALID. */
export async function contribute(app: App, ctx: Context, { id, input }: { readonly id: string; readonly input: NewContribution }): Promise<GoalDetailView> {
  authorize(ctx, 'budget.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockGoals(tx)
    if (!await findGoal(tx, id)) throw new Refusal('NOT_FOUND')
    const on = dayGiven(input.on, 'on') ?? ctx.today
    if (on > ctx.today) throw new Refusal('REQUEST_INVALID', {}, [problem('DATE_AHEAD', { fr: `Le ${on} n'est pas encore là. Inscrivez ce qui est déjà mis de côté.`, en: `${on} has not come yet. Write down what is already put aside.` }, { field: 'on' })])
    const contribution = { id: uuidv7(), amount: amountGiven(input.amount, ctx.currency, { field: 'amount', isEnough: (minor) => minor !== 0n }), on, note: (input.note ?? '').trim() }
    await insertContribution(tx, { goalId: id, contribution, by: { id: ctx.userId, name: ctx.actor } })
    await afterChange(tx, ctx, id)
    await recordAudit(tx, ctx, { action: 'goal.contribute', subjectKind: 'goal', subjectId: id, after: { ...contribution, amount: String(contribution.amount) } })
    return detailOf(tx, ctx, id)
  })
}

/** Takes a contribution away that was written by mistake. Refuses NOT_FOUND. */
export async function removeContribution(app: App, ctx: Context, { id, contributionId }: { readonly id: string; readonly contributionId: string }): Promise<GoalDetailView> {
  authorize(ctx, 'budget.write')
  return app.db.tenant(ctx, async (tx) => {
    if (!await findGoal(tx, id) || !await deleteContribution(tx, id, contributionId)) throw new Refusal('NOT_FOUND')
    await appendEvent(tx, ctx, { kind: 'goal.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'goal.remove-contribution', subjectKind: 'goal', subjectId: id, before: { contribution: contributionId } })
    return detailOf(tx, ctx, id)
  })
}
