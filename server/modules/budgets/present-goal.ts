import type { Contribution, Goal, GoalDetail } from '../../../contract/goals.ts'
import type { GoalAlert } from '../../../core/goal/figures.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import { formatAmount, money, toJson } from '../../../core/kernel/money.ts'
import type { Context } from '../../platform/access/context.ts'
import type { GoalDetailView } from './goals.ts'
import type { GoalView } from './goal-figures.ts'
import { moneyWords } from './present.ts'

type Reader = Pick<Context, 'currency' | 'locale'>

function alertText(kind: GoalAlert, view: GoalView, { currency, locale }: Reader): string {
  const words = (minor: bigint) => moneyWords(minor, currency, locale)
  const left = words(view.figures.left)
  const texts: Record<GoalAlert, () => Text> = {
    reached: () => ({ fr: `L'objectif « ${view.name} » est atteint : ${words(view.figures.saved)} mis de côté.`, en: `The goal "${view.name}" is reached: ${words(view.figures.saved)} put aside.` }),
    past_date: () => ({ fr: `La date de l'objectif « ${view.name} » est passée ; il manque ${left}.`, en: `The date of the goal "${view.name}" is past; ${left} is missing.` }),
    late: () => ({
      fr: `Au rythme actuel, l'objectif « ${view.name} » ne sera pas atteint à temps : il manque ${left}, soit ${words(view.figures.monthlyEffort ?? view.figures.left)} par mois.`,
      en: `At the present pace the goal "${view.name}" will not be reached in time: ${left} is missing, which is ${words(view.figures.monthlyEffort ?? view.figures.left)} a month.`,
    }),
    no_progress: () => ({ fr: `Rien n'a été mis de côté pour l'objectif « ${view.name} » depuis plus d'un mois.`, en: `Nothing has been put aside for the goal "${view.name}" for over a month.` }),
  }
  return texts[kind]()[locale]
}

export function presentGoal(view: GoalView, reader: Reader): Goal {
  const amount = (minor: bigint) => toJson(money(minor, reader.currency))
  const maybe = (minor: bigint | null) => (minor === null ? null : amount(minor))
  const { id, name, targetOn, note, reachedOn, version, createdAt, figures } = view
  return {
    id, name, target: amount(view.target), targetOn, note, accounts: view.accounts.map((account) => ({ id: account.id, name: account.name, balance: amount(account.balance) })),
    contributed: amount(view.contributed), saved: amount(figures.saved), left: amount(figures.left), percent: figures.percent, monthlyEffort: maybe(figures.monthlyEffort), monthlyPace: maybe(figures.monthlyPace),
    projectedOn: figures.projectedOn, reachedOn, state: figures.state, alerts: figures.alerts.map((kind) => ({ kind, text: alertText(kind, view, reader) })), version, createdAt,
  }
}

export function presentGoalDetail({ goal, contributions }: GoalDetailView, reader: Reader): GoalDetail {
  return {
    ...presentGoal(goal, reader), currency: reader.currency,
    history: goal.history.map(({ on, saved }) => ({ on, saved: formatAmount(saved, reader.currency) })),
    contributions: contributions.map(({ id, amount, on, note, by, createdAt }): Contribution => ({ id, amount: toJson(money(amount, reader.currency)), on, note, by, createdAt })),
  }
}
