import type { NewCategoryRule, RuleCondition } from '../../../contract/categories.ts'
import { readAmount } from '../../lib/amounts.ts'

export type Field = RuleCondition['field']
export type Operator = NonNullable<RuleCondition['operator']>
export const FIELDS = ['label', 'counterparty', 'reference', 'merchant', 'amount', 'sign', 'account', 'day'] as const satisfies readonly Field[]
export const OPERATORS = ['contains', 'equals', 'starts', 'ends', 'regex'] as const satisfies readonly Operator[]

/** A condition as it is being written: every box is kept, so that going back to a field gives it back. */
export type ConditionDraft = { readonly key: number; readonly field: Field; readonly operator: Operator; readonly value: string; readonly min: string; readonly max: string }
export type ShareDraft = { readonly key: number; readonly categoryId: string; readonly percent: string }
export type RuleDraft = {
  readonly name: string; readonly isActive: boolean; readonly match: 'all' | 'any'; readonly conditions: readonly ConditionDraft[]
  /** Several categories by shares, instead of one. */
  readonly isSplit: boolean; readonly categoryId: string; readonly shares: readonly ShareDraft[]; readonly note: string; readonly merchantId: string
}
export type Fault = 'VALUE_MISSING' | 'RANGE_MISSING' | 'RANGE_WRONG' | 'DAY_WRONG' | 'AMOUNT_WRONG'
export type ActionFault = 'ACTION_MISSING' | 'SHARES_WRONG' | 'SHARE_CATEGORY_MISSING'

const WHOLE = 10_000
let lastKey = 0
const nextKey = () => ++lastKey

export function emptyCondition(field: Field = 'label', value = ''): ConditionDraft {
  return { key: nextKey(), field, operator: 'contains', value, min: '', max: '' }
}

export function emptyShare(percent = ''): ShareDraft {
  return { key: nextKey(), categoryId: '', percent }
}

export function emptyRule(first: { readonly label?: string | undefined; readonly categoryId?: string | undefined } = {}): RuleDraft {
  return { name: '', isActive: true, match: 'all', conditions: [emptyCondition('label', first.label ?? '')], isSplit: false, categoryId: first.categoryId ?? '', shares: [emptyShare('50'), emptyShare('50')], note: '', merchantId: '' }
}

const percentText = (share: number) => String(share / 100)

/** A rule kept, or one that was drafted from a line. */
export function draftOf(rule: NewCategoryRule): RuleDraft {
  const { categoryId, split, note, merchantId } = rule.actions
  return {
    name: rule.name, isActive: rule.isActive, match: rule.match,
    conditions: rule.conditions.map(({ field, operator, value, min, max }) => ({ key: nextKey(), field, operator: operator ?? 'contains', value: value ?? '', min: min ?? '', max: max ?? '' })),
    isSplit: Boolean(split), categoryId: categoryId ?? '', shares: split ? split.map((one) => ({ key: nextKey(), categoryId: one.categoryId, percent: percentText(one.share) })) : [emptyShare('50'), emptyShare('50')],
    note: note ?? '', merchantId: merchantId ?? '',
  }
}

/** A share as typed ("33,33") in hundredths of a percent, or undefined when it is none. */
export function readShare(text: string): number | undefined {
  const match = /^(\d{1,2})(?:[.,](\d{1,2}))?$/.exec(text.trim())
  if (!match) return undefined
  const share = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return share > 0 ? share : undefined
}

/** What is wrong with a condition, before it is tried. */
export function faultOf({ field, value, min, max }: ConditionDraft, currency: string): Fault | undefined {
  if (field === 'amount') {
    if (min.trim() === '' && max.trim() === '') return 'RANGE_MISSING'
    const [low, high] = [min, max].map((text) => (text.trim() === '' ? null : readAmount(text, currency)))
    if (low === undefined || high === undefined || low?.startsWith('-') || high?.startsWith('-')) return 'AMOUNT_WRONG'
    return low && high && Number(low) > Number(high) ? 'RANGE_WRONG' : undefined
  }
  if (field === 'day') {
    if (min.trim() === '' && max.trim() === '') return 'RANGE_MISSING'
    if ([min, max].some((text) => text.trim() !== '' && !/^([1-9]|[12]\d|3[01])$/.test(text.trim()))) return 'DAY_WRONG'
    return min.trim() && max.trim() && Number(min) > Number(max) ? 'RANGE_WRONG' : undefined
  }
  return value.trim() === '' ? 'VALUE_MISSING' : undefined
}

export function actionFaultOf(draft: RuleDraft): ActionFault | undefined {
  if (!draft.isSplit) return draft.categoryId || draft.note.trim() || draft.merchantId ? undefined : 'ACTION_MISSING'
  if (draft.shares.some(({ categoryId }) => categoryId === '')) return 'SHARE_CATEGORY_MISSING'
  return draft.shares.reduce((sum, { percent }) => sum + (readShare(percent) ?? Number.NaN), 0) === WHOLE ? undefined : 'SHARES_WRONG'
}

function conditionOf({ field, operator, value, min, max }: ConditionDraft, currency: string): RuleCondition {
  const bound = (text: string) => (text.trim() === '' ? undefined : field === 'amount' ? readAmount(text, currency) : text.trim())
  const [low, high] = [bound(min), bound(max)]
  if (field === 'amount' || field === 'day') return { field, ...(low ? { min: low } : {}), ...(high ? { max: high } : {}) }
  return field === 'label' || field === 'counterparty' || field === 'reference' ? { field, operator, value: value.trim() } : { field, value }
}

/** The rule as the API takes it, or undefined while something is missing. `name` stands for a name nobody gave. */
export function ruleOf(draft: RuleDraft, currency: string, name: string): NewCategoryRule | undefined {
  if (draft.conditions.length === 0 || draft.conditions.some((condition) => faultOf(condition, currency)) || actionFaultOf(draft)) return undefined
  const note = draft.note.trim()
  return {
    name: draft.name.trim() || name, isActive: draft.isActive, match: draft.match, conditions: draft.conditions.map((condition) => conditionOf(condition, currency)),
    actions: {
      ...(draft.isSplit ? { split: draft.shares.map(({ categoryId, percent }) => ({ categoryId, share: readShare(percent)! })) } : draft.categoryId ? { categoryId: draft.categoryId } : {}),
      ...(note ? { note } : {}), ...(draft.merchantId ? { merchantId: draft.merchantId } : {}),
    },
  }
}
