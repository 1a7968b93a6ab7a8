import { assert } from '../../../core/kernel/assert.ts'
import { addDays, addMonths, endOfMonth, startOfMonth } from '../../../core/kernel/local-date.ts'
import { accountViews, holdTransaction } from '../banking/index.ts'
import { contribute, createBudget, createGoal } from '../budgets/index.ts'
import { allCategories, createRule, ensureCategories } from '../categories/index.ts'
import type { Work } from './fill-sales.ts'
import type { DemoGoal, DemoSteering } from './generator/steering.ts'
import { latestToTreat } from './store.ts'

/** The budget over all spending looks at these months, the present one included. */
const MONTHS_WATCHED = 3

async function fillGoal({ app, tx, ctx }: Work, goal: DemoGoal): Promise<void> {
  const accounts = goal.isBalance ? await accountViews(tx, null) : []
  const { id } = await createGoal(app, ctx, { name: goal.name, target: goal.target, targetOn: endOfMonth(addMonths(ctx.today, goal.months)), accountIds: accounts.map((account) => account.id), note: goal.note })
  for (const { daysAgo, amount } of goal.putAside) await contribute(app, ctx, { id, input: { amount, on: addDays(ctx.today, -daysAgo) } })
}

/**
 * What a company decided to steer by: rules, budgets, goals, within the transaction of `work`. The lines themselves are filed by the job
 * that files any line that arrives, so that the first page does not wait for it.
 */
export async function fillSteering(work: Work, steering: DemoSteering): Promise<void> {
  const { app, tx, ctx } = work
  await ensureCategories(tx)
  const ids = new Map((await allCategories(tx)).map(({ key, id }) => [key, id]))
  const categoryOf = (key: string) => {
    const id = ids.get(key)
    assert(id !== undefined, `every company has the category ${key}`)
    return id
  }
  for (const { category, ...rule } of steering.rules) await createRule(app, ctx, { ...rule, isActive: true, actions: { categoryId: categoryOf(category) } })
  const watched = { period: 'custom', startsOn: addMonths(startOfMonth(ctx.today), 1 - MONTHS_WATCHED), endsOn: endOfMonth(ctx.today) } as const
  for (const { name, category, amount } of steering.budgets) {
    await createBudget(app, ctx, { name, amount, categoryId: category === null ? null : categoryOf(category), ...(category === null ? watched : { period: 'month' as const, carryOver: 'left' as const }) })
  }
  for (const goal of steering.goals) await fillGoal(work, goal)
}

/** Sets the latest lines to treat aside, each with a question to the assistant. Not within a tenant's transaction: who is asked is looked for among the members. */
export async function askQuestions({ app, ctx }: Pick<Work, 'app' | 'ctx'>, { questions, of }: { readonly questions: readonly string[]; readonly of: string }): Promise<void> {
  const lines = await app.db.tenant(ctx, (tx) => latestToTreat(tx, questions.length))
  for (const [index, question] of questions.entries()) await holdTransaction(app, ctx, { id: lines[index]!, hold: { question, askedOf: of } })
}
