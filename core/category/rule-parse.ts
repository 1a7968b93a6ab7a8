import type { Currency } from '../kernel/currency.ts'
import { parseAmount } from '../kernel/money.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { readPattern } from './pattern.ts'
import { type Actions, comparable, type Condition } from './rule.ts'

/** A condition as a person writes it. */
export type ConditionText = {
  readonly field: 'label' | 'counterparty' | 'reference' | 'merchant' | 'amount' | 'sign' | 'account' | 'day'
  readonly operator?: 'contains' | 'equals' | 'starts' | 'ends' | 'regex'
  readonly value?: string
  readonly min?: string
  readonly max?: string
}

/** The shares of a split are in hundredths of a percent. */
const WHOLE = 10_000

function readText(text: ConditionText & { field: 'label' | 'counterparty' | 'reference' }, where: string): Result<Condition> {
  if (text.value === undefined) return fail(missing(`${where}.value`))
  if (text.operator === 'regex') {
    const pattern = readPattern(text.value, `${where}.value`)
    return pattern.ok ? ok({ field: text.field, test: { operator: 'regex', pattern: pattern.value } }) : pattern
  }
  const value = comparable(text.value)
  return value === '' ? fail(missing(`${where}.value`)) : ok({ field: text.field, test: { operator: text.operator ?? 'contains', value } })
}

function readAmounts(text: ConditionText, { currency, where }: { readonly currency: Currency; readonly where: string }): Result<Condition> {
  const read = (bound: 'min' | 'max') => (text[bound] === undefined ? undefined : parseAmount(text[bound], currency, { field: `${where}.${bound}` }))
  const [min, max] = [read('min'), read('max')]
  if (min && !min.ok) return min
  if (max && !max.ok) return max
  if (!min && !max) return fail(missing(`${where}.min`))
  if ((min?.value ?? 0n) < 0n || (max?.value ?? 0n) < 0n || (min && max && min.value > max.value)) {
    return fail(problem('RULE_RANGE', { fr: 'Les montants se donnent sans signe, du plus petit au plus grand.', en: 'Amounts are given without sign, from the smallest to the largest.' }, { field: where }))
  }
  return ok({ field: 'amount', min: min?.value, max: max?.value })
}

function readDays(text: ConditionText, where: string): Result<Condition> {
  const [min, max] = [text.min ?? '1', text.max ?? '31'].map((day) => (/^([1-9]|[12]\d|3[01])$/.test(day) ? Number(day) : undefined))
  if (min === undefined || max === undefined) return fail(problem('RULE_DAY', { fr: 'Un jour du mois va de 1 à 31.', en: 'A day of the month goes from 1 to 31.' }, { field: where }))
  return ok({ field: 'day', min, max })
}

/** Reads one condition of a rule; refuses what cannot be read, naming the field. */
export function parseCondition(text: ConditionText, { currency, where }: { readonly currency: Currency; readonly where: string }): Result<Condition> {
  switch (text.field) {
    case 'label': case 'counterparty': case 'reference': return readText({ ...text, field: text.field }, where)
    case 'merchant': case 'account': return text.value === undefined ? fail(missing(`${where}.value`)) : ok({ field: text.field, id: text.value })
    case 'sign': return text.value === 'in' || text.value === 'out' ? ok({ field: 'sign', isIn: text.value === 'in' }) : fail(missing(`${where}.value`))
    case 'amount': return readAmounts(text, { currency, where })
    case 'day': return readDays(text, where)
  }
}

/** What is wrong with the actions of a rule: it must give a category or a split of it, and the shares must make the whole. */
export function checkActions(actions: Actions): Problem[] {
  const { categoryId, split } = actions
  if (categoryId !== null && split !== null) {
    return [problem('RULE_SPLIT_OR_CATEGORY', { fr: 'Choisissez une catégorie ou un partage, pas les deux.', en: 'Choose a category or a split, not both.' }, { field: 'actions.split' })]
  }
  if (categoryId === null && split === null && actions.note === null && actions.merchantId === null) {
    return [problem('RULE_WITHOUT_ACTION', { fr: 'Dites ce que la règle doit faire.', en: 'Say what the rule must do.' }, { field: 'actions' })]
  }
  const total = split?.reduce((sum, { share }) => sum + share, 0)
  if (total !== undefined && total !== WHOLE) {
    return [problem('RULE_SHARES', { fr: `Les parts font ${total / 100} %, pas 100 %.`, en: `The shares make ${total / 100} %, not 100 %.` }, { field: 'actions.split' })]
  }
  return []
}

function missing(field: string): Problem {
  return problem('RULE_VALUE', { fr: 'Il manque ce que la condition doit chercher.', en: 'What the condition looks for is missing.' }, { field })
}
