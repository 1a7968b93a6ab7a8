import { Type } from 'typebox'
import type { BudgetQuery, NewBudget } from '../../../contract/budgets.ts'
import { Uuid } from '../../../contract/common.ts'
import { amountOn } from '../../../core/budget/carry.ts'
import { firstDay, periodAt } from '../../../core/budget/period.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import { parseDate } from '../../../core/kernel/local-date.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import { problem } from '../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { decodeCursor, PAGE_LIMIT } from '../../platform/http/cursor.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { raiseAlerts } from './alerts.ts'
import { type BudgetChoice, BUDGETS_MAX, countBudgets, deleteBudget, dropAmountsAfter, findBudget, insertBudget, listBudgets, lockBudgets, setAmount, updateBudget } from './budget-store.ts'
import { categoryNodes } from './flow-store.ts'
import { budgetViews } from './standing.ts'
import type { Budget, BudgetView } from './types.ts'

const Key = Type.Tuple([Type.String({ maxLength: 120 }), Uuid])

type Decided = { readonly choice: BudgetChoice; readonly amount: bigint }

/** Refuses REQUEST_INVALID for a day that is none. */
export function dayGiven(text: string | null | undefined, field: string) {
  if (text === null || text === undefined) return null
  const day = parseDate(text)
  if (!day) throw new Refusal('REQUEST_INVALID', {}, [problem('DATE_INVALID', { fr: `Le calendrier n'a pas de ${text}.`, en: `The calendar has no ${text}.` }, { field })])
  return day
}

/** Refuses REQUEST_INVALID for an amount that cannot be read, that is too precise, or that is not one the field takes. */
export function amountGiven(text: string, currency: Currency, { field, isEnough }: { readonly field: string; readonly isEnough: (minor: bigint) => boolean }): bigint {
  const amount = parseAmount(text, currency, { field })
  if (!amount.ok) throw new Refusal('REQUEST_INVALID', {}, [amount.problem])
  if (!isEnough(amount.value)) throw new Refusal('REQUEST_INVALID', {}, [problem('AMOUNT_REFUSED', { fr: `Ce montant (${text}) ne convient pas ici.`, en: `This amount (${text}) does not suit here.` }, { field })])
  return amount.value
}

/** What was asked, checked. Refuses REQUEST_INVALID, BUDGET_DATES, BUDGET_CATEGORY. */
async function decide(tx: TenantTx, ctx: Context, input: NewBudget): Promise<Decided> {
  const startsOn = dayGiven(input.startsOn, 'startsOn')
  const endsOn = dayGiven(input.endsOn, 'endsOn')
  const isCustom = input.period === 'custom'
  if (isCustom && (startsOn === null || endsOn === null)) throw new Refusal('BUDGET_DATES')
  const start = startsOn ?? ctx.today
  if (endsOn !== null && endsOn < start) throw new Refusal('BUDGET_DATES')
  if (input.categoryId !== null) {
    const node = (await categoryNodes(tx)).find(({ id }) => id === input.categoryId)
    if (!node) throw new Refusal('NOT_FOUND')
    if (node.kind !== 'expense') throw new Refusal('BUDGET_CATEGORY', { name: node.name })
  }
  return {
    choice: { name: input.name.trim() || 'Budget', categoryId: input.categoryId, period: input.period, startsOn: start, endsOn, carryOver: input.carryOver ?? 'none' },
    amount: amountGiven(input.amount, ctx.currency, { field: 'amount', isEnough: (minor) => minor >= 0n }),
  }
}

async function viewOf(tx: TenantTx, ctx: Context, id: string): Promise<BudgetView> {
  const budget = await findBudget(tx, id)
  if (!budget) throw new Refusal('NOT_FOUND')
  return (await budgetViews(tx, ctx, { budgets: [budget], on: ctx.today }))[0]!
}

/** What the log keeps of a budget. */
function trace(budget: Budget, amount: bigint) {
  const { name, categoryId, period, startsOn, endsOn, carryOver } = budget
  return { name, categoryId, period, startsOn, endsOn, carryOver, amount: String(amount) }
}

/** Budgets by name, each with its present period. One row more than asked for says that there is a next page. */
export async function browseBudgets(app: App, ctx: Context, query: BudgetQuery): Promise<BudgetView[]> {
  authorize(ctx, 'budget.read')
  const key = decodeCursor(query.cursor, Key)
  return app.db.tenant(ctx, async (tx) => {
    const budgets = await listBudgets(tx, { categoryId: query.categoryId ?? null, period: query.period ?? null, after: key && { name: key[0], id: key[1] }, limit: (query.limit ?? PAGE_LIMIT) + 1 })
    return budgetViews(tx, ctx, { budgets, on: ctx.today })
  })
}

/** One budget with its present period. Refuses NOT_FOUND. */
export async function readBudget(app: App, ctx: Context, id: string): Promise<BudgetView> {
  authorize(ctx, 'budget.read')
  return app.db.tenant(ctx, (tx) => viewOf(tx, ctx, id))
}

/** Sets a budget. What it already exceeds is told at once. Refuses NOT_FOUND, REQUEST_INVALID, BUDGET_DATES, BUDGET_CATEGORY, BUDGETS_TOO_MANY. */
export async function createBudget(app: App, ctx: Context, input: NewBudget): Promise<BudgetView> {
  authorize(ctx, 'budget.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockBudgets(tx)
    if (await countBudgets(tx) >= BUDGETS_MAX) throw new Refusal('BUDGETS_TOO_MANY', { limit: String(BUDGETS_MAX) })
    const { choice, amount } = await decide(tx, ctx, input)
    const id = uuidv7()
    await insertBudget(tx, { id, choice, by: ctx.userId })
    await setAmount(tx, id, { from: firstDay(choice), amount })
    const budget = (await findBudget(tx, id))!
    await raiseAlerts(app, tx, { ctx, only: budget })
    await appendEvent(tx, ctx, { kind: 'budget.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'budget.create', subjectKind: 'budget', subjectId: id, after: trace(budget, amount) })
    return viewOf(tx, ctx, id)
  })
}

/**
 * Replaces what was decided of a budget. Another amount holds from its present period on; those that are past keep theirs.
 * Refuses NOT_FOUND, REQUEST_INVALID, BUDGET_DATES, BUDGET_CATEGORY.
 */
export async function changeBudget(app: App, ctx: Context, { id, input }: { readonly id: string; readonly input: NewBudget }): Promise<BudgetView> {
  authorize(ctx, 'budget.write')
  return app.db.tenant(ctx, async (tx) => {
    await lockBudgets(tx)
    const before = await findBudget(tx, id)
    if (!before) throw new Refusal('NOT_FOUND')
    const { choice, amount } = await decide(tx, ctx, { ...input, startsOn: input.startsOn ?? before.startsOn })
    await updateBudget(tx, id, choice)
    const from = periodAt(choice, ctx.today)?.from ?? firstDay(choice)
    const was = amountOn(before.amounts, from)
    if (was !== amount) {
      await dropAmountsAfter(tx, id, from)
      await setAmount(tx, id, { from, amount })
    }
    const after = (await findBudget(tx, id))!
    await raiseAlerts(app, tx, { ctx, only: after })
    await appendEvent(tx, ctx, { kind: 'budget.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'budget.change', subjectKind: 'budget', subjectId: id, before: trace(before, was), after: trace(after, amount) })
    return viewOf(tx, ctx, id)
  })
}

/** Removes a budget with its alerts. Refuses NOT_FOUND. */
export async function removeBudget(app: App, ctx: Context, id: string): Promise<void> {
  authorize(ctx, 'budget.write')
  await app.db.tenant(ctx, async (tx) => {
    await lockBudgets(tx)
    const before = await findBudget(tx, id)
    if (!before) throw new Refusal('NOT_FOUND')
    await deleteBudget(tx, id)
    await appendEvent(tx, ctx, { kind: 'budget.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'budget.delete', subjectKind: 'budget', subjectId: id, before: trace(before, amountOn(before.amounts, ctx.today)) })
  })
}
