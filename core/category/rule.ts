import { dayOf, type LocalDate } from '../kernel/local-date.ts'
import { fold } from '../matching/normalise.ts'
import type { Pattern } from './pattern.ts'

/** What rules look at in a bank line. Amounts are signed minor units of the line's currency. */
export type RuleFacts = {
  readonly label: string
  readonly counterparty: string | null
  readonly reference: string | null
  readonly merchantId: string | null
  readonly accountId: string
  readonly bookedOn: LocalDate
  readonly minor: bigint
}

type TextTest = { readonly operator: 'contains' | 'equals' | 'starts' | 'ends'; readonly value: string } | { readonly operator: 'regex'; readonly pattern: Pattern }

/** A condition, read. Texts are folded; bounds are included, undefined when there is none. */
export type Condition =
  | { readonly field: 'label' | 'counterparty' | 'reference'; readonly test: TextTest }
  | { readonly field: 'merchant' | 'account'; readonly id: string }
  | { readonly field: 'amount'; readonly min: bigint | undefined; readonly max: bigint | undefined }
  | { readonly field: 'sign'; readonly isIn: boolean }
  | { readonly field: 'day'; readonly min: number; readonly max: number }

/** A share of a split, in hundredths of a percent. */
export type Share = { readonly categoryId: string; readonly share: number }

/** What a rule does to the lines it matches: a category or a split, and what else it writes on them. */
export type Actions = { readonly categoryId: string | null; readonly split: readonly Share[] | null; readonly note: string | null; readonly merchantId: string | null }

/** A rule, read. Rules are asked in their order, and the first that matches decides. */
export type Rule = { readonly id: string; readonly version: number; readonly match: 'all' | 'any'; readonly conditions: readonly Condition[]; readonly actions: Actions }

/** The same with its texts made comparable once, however many rules are asked. */
export type RuleLine = RuleFacts & { readonly __comparable: true }

/** A text as rules compare it: capitals without accents, runs of spaces as one. */
export function comparable(text: string): string {
  return fold(text).replace(/\s+/g, ' ').trim()
}

/** A line ready to be asked of rules. */
export function ruleLine(facts: RuleFacts): RuleLine {
  const text = (value: string | null) => (value === null ? null : comparable(value))
  return { ...facts, label: comparable(facts.label), counterparty: text(facts.counterparty), reference: text(facts.reference), __comparable: true }
}

function textHolds(test: TextTest, text: string): boolean {
  switch (test.operator) {
    case 'contains': return text.includes(test.value)
    case 'equals': return text === test.value
    case 'starts': return text.startsWith(test.value)
    case 'ends': return text.endsWith(test.value)
    case 'regex': return test.pattern.test(text)
  }
}

function holds(condition: Condition, line: RuleLine): boolean {
  switch (condition.field) {
    case 'label': case 'counterparty': case 'reference': {
      const text = line[condition.field]
      return text !== null && textHolds(condition.test, text)
    }
    case 'merchant': return line.merchantId === condition.id
    case 'account': return line.accountId === condition.id
    case 'amount': {
      const size = line.minor < 0n ? -line.minor : line.minor
      return (condition.min === undefined || size >= condition.min) && (condition.max === undefined || size <= condition.max)
    }
    case 'sign': return condition.isIn ? line.minor > 0n : line.minor < 0n
    case 'day': {
      const day = dayOf(line.bookedOn)
      // From the 28th to the 3rd goes over the end of the month.
      return condition.min <= condition.max ? day >= condition.min && day <= condition.max : day >= condition.min || day <= condition.max
    }
  }
}

/** Whether a rule matches a line: all of its conditions, or one of them. */
export function matches(rule: Pick<Rule, 'match' | 'conditions'>, line: RuleLine): boolean {
  return rule.match === 'all' ? rule.conditions.every((condition) => holds(condition, line)) : rule.conditions.some((condition) => holds(condition, line))
}

/** The first rule, in the order given, that matches a line. */
export function firstMatch(rules: readonly Rule[], line: RuleLine): Rule | undefined {
  return rules.find((rule) => matches(rule, line))
}
