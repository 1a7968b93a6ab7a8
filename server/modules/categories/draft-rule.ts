import type { NewCategoryRule } from '../../../contract/categories.ts'
import { cleanLabel } from '../../../core/category/clean-label.ts'
import type { FilingLine } from './types.ts'

/** Words of a label that make a rule: the first ones, which name who is paid. */
const WORDS_MAX = 3

/** A rule that would match a line and those like it: the words that tell, side by side in the label, and the direction. */
export function ruleFromLine(line: FilingLine): NewCategoryRule {
  const words = cleanLabel(line.label).words.slice(0, WORDS_MAX)
  const isTogether = line.label.toUpperCase().includes(words.join(' '))
  const texts = words.length === 0 ? [line.label.trim() || '?'] : isTogether ? [words.join(' ')] : words
  return {
    name: (words.join(' ') || line.label.trim() || '?').slice(0, 120), isActive: true, match: 'all',
    conditions: [...texts.map((value) => ({ field: 'label' as const, operator: 'contains' as const, value: value.slice(0, 200) })), { field: 'sign', value: line.amount < 0n ? 'out' : 'in' }],
    actions: { categoryId: line.categoryId },
  }
}
