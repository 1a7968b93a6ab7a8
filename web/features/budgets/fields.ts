import type { Budget, NewBudget } from '../../../contract/budgets.ts'
import { isNegative, isZero } from '../../lib/amounts.ts'

/** A budget as it is being typed. `categoryId` is '' for all spending, `amount` null while it cannot be read. */
export type BudgetFields = {
  readonly name: string; readonly categoryId: string; readonly period: Budget['period']; readonly amount: string | null
  readonly startsOn: string; readonly endsOn: string; readonly carryOver: Budget['carryOver']
}
export type Fault = 'AMOUNT_MISSING' | 'AMOUNT_WRONG' | 'START_MISSING' | 'END_MISSING' | 'END_BEFORE_START'

export const PERIODS = ['month', 'quarter', 'year', 'custom'] as const satisfies readonly Budget['period'][]
export const CARRY_OVERS = ['none', 'left', 'overspent', 'both'] as const satisfies readonly Budget['carryOver'][]

export function emptyFields(categoryId = ''): BudgetFields {
  return { name: '', categoryId, period: 'month', amount: '', startsOn: '', endsOn: '', carryOver: 'none' }
}

export function fieldsOf({ name, categoryId, period, amount, startsOn, endsOn, carryOver }: Budget): BudgetFields {
  return { name, categoryId: categoryId ?? '', period, amount: amount.amount, startsOn, endsOn: endsOn ?? '', carryOver }
}

/** What is wrong, by field, said before anything is sent. A name nobody gave is that of the category. */
export function faultsOf(fields: BudgetFields): Partial<Record<keyof BudgetFields, Fault>> {
  const found: Partial<Record<keyof BudgetFields, Fault>> = {}
  if (fields.amount === '') found.amount = 'AMOUNT_MISSING'
  else if (fields.amount === null || isZero(fields.amount) || isNegative(fields.amount)) found.amount = 'AMOUNT_WRONG'
  if (fields.period === 'custom' && !fields.startsOn) found.startsOn = 'START_MISSING'
  if (fields.period === 'custom' && !fields.endsOn) found.endsOn = 'END_MISSING'
  else if (fields.startsOn && fields.endsOn && fields.endsOn < fields.startsOn) found.endsOn = 'END_BEFORE_START'
  return found
}

/** The fields as the API takes them. Only call it when `faultsOf` finds nothing. */
export function budgetOf(fields: BudgetFields, proposedName: string): NewBudget {
  const { period, startsOn, endsOn } = fields
  return {
    name: fields.name.trim() || proposedName, categoryId: fields.categoryId || null, period, amount: fields.amount ?? '',
    // Once has nothing to hand over.
    carryOver: period === 'custom' ? 'none' : fields.carryOver,
    ...(startsOn ? { startsOn } : {}), endsOn: endsOn || null,
  }
}

/** The budgets whose period is now, as the overview orders them, then those whose period is not. */
export function allBudgets(current: readonly Budget[], every: readonly Budget[]): readonly Budget[] {
  const known = new Set(current.map(({ id }) => id))
  return [...current, ...every.filter(({ id }) => !known.has(id))]
}
