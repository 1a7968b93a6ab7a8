import type { BankLine } from '../../../contract/banking.ts'
import type { NewCategoryRule, RuleCondition } from '../../../contract/categories.ts'
import { cleanLabel } from '../../../core/category/clean-label.ts'
import { fold } from '../../../core/matching/normalise.ts'
import { isIncoming } from './line-filters.ts'

/** A rule as it is first proposed from a line: what it looks for, and what it does. */
export type RuleDraft = { readonly name: string; readonly by: 'label' | 'merchant'; readonly words: string; readonly sameSign: boolean; readonly categoryId: string | null }

const WORDS_MAX = 3

/** From the first telling word of a label to the third, as they stand in it and without numbers: what a later label of the same kind will hold too. */
export function tellingWords(label: string): string {
  const telling = new Set(cleanLabel(label).words)
  const all = fold(label).split(/\s+/)
  const first = all.findIndex((word) => telling.has(word))
  if (first < 0) return label.trim()
  let last = first
  for (let at = first, found = 0; at < all.length && found < WORDS_MAX && !/\d/.test(all[at]!); at += 1) if (telling.has(all[at]!)) { found += 1; last = at }
  return all.slice(first, last + 1).join(' ')
}

export function draftFrom(line: BankLine): RuleDraft {
  const words = tellingWords(line.label)
  return { name: line.merchant?.name ?? words, by: line.merchant ? 'merchant' : 'label', words, sameSign: true, categoryId: line.category?.id ?? null }
}

/** The rule to try or to save; undefined while it lacks its words, its name or its category. */
export function ruleOf(draft: RuleDraft, line: BankLine): NewCategoryRule | undefined {
  const words = draft.words.trim()
  const name = draft.name.trim()
  const what: RuleCondition | undefined = draft.by === 'merchant' && line.merchant ? { field: 'merchant', value: line.merchant.id } : words ? { field: 'label', operator: 'contains', value: words } : undefined
  if (!what || !name || draft.categoryId === null) return undefined
  const sign: RuleCondition = { field: 'sign', value: isIncoming(line) ? 'in' : 'out' }
  return { name: name.slice(0, 120), isActive: true, match: 'all', conditions: draft.sameSign ? [what, sign] : [what], actions: { categoryId: draft.categoryId } }
}
