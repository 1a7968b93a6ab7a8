import { describe, expect, test } from 'vitest'
import { EUR } from '../kernel/currency.ts'
import { localDate } from '../kernel/local-date.ts'
import { firstMatch, matches, type Rule, ruleLine } from './rule.ts'
import { checkActions, type ConditionText, parseCondition } from './rule-parse.ts'

const line = ruleLine({ label: 'CB  Café de la Gare 12/03', counterparty: 'Café de la Gare', reference: null, merchantId: 'm1', accountId: 'a1', bookedOn: localDate('2026-03-30'), minor: -12_50n })

function reads(...texts: ConditionText[]) {
  return texts.map((text) => {
    const condition = parseCondition(text, { currency: EUR, where: 'conditions.0' })
    if (!condition.ok) throw new Error(condition.problem.message.en)
    return condition.value
  })
}
const all = (...texts: ConditionText[]): boolean => matches({ match: 'all', conditions: reads(...texts) }, line)

describe('conditions', () => {
  test('accents, case and runs of spaces do not count', () => {
    expect([all({ field: 'label', value: 'cb cafe' }), all({ field: 'label', operator: 'starts', value: 'CB CAFÉ' }), all({ field: 'counterparty', operator: 'equals', value: 'cafe de la gare' }), all({ field: 'label', operator: 'ends', value: '12/03' })]).toEqual([true, true, true, true])
    expect([all({ field: 'label', operator: 'equals', value: 'cafe' }), all({ field: 'reference', value: 'x' })]).toEqual([false, false])
  })

  test('an amount is compared without its sign, its bounds included', () => {
    expect(all({ field: 'amount', min: '12.50', max: '12.50' })).toBe(true)
    expect(all({ field: 'amount', min: '12.51' })).toBe(false)
    expect(all({ field: 'amount', max: '12.49' })).toBe(false)
  })

  test('days may go over the end of the month', () => {
    expect(all({ field: 'day', min: '28', max: '3' })).toBe(true)
    expect(all({ field: 'day', min: '4', max: '27' })).toBe(false)
  })

  test('all of them, or one of them', () => {
    const conditions = reads({ field: 'sign', value: 'in' }, { field: 'merchant', value: 'm1' })
    expect([matches({ match: 'all', conditions }, line), matches({ match: 'any', conditions }, line)]).toEqual([false, true])
  })

  test('the first rule that matches decides', () => {
    const rule = (id: string, text: ConditionText): Rule => ({ id, version: 1, match: 'all', conditions: reads(text), actions: { categoryId: id, split: null, note: null, merchantId: null } })
    expect(firstMatch([rule('1', { field: 'sign', value: 'in' }), rule('2', { field: 'label', value: 'gare' }), rule('3', { field: 'sign', value: 'out' })], line)?.id).toBe('2')
  })

  test.each([
    [{ field: 'label' }, 'RULE_VALUE'], [{ field: 'amount' }, 'RULE_VALUE'], [{ field: 'amount', min: '-1' }, 'RULE_RANGE'], [{ field: 'amount', min: '5', max: '4' }, 'RULE_RANGE'], [{ field: 'amount', min: '1.234' }, 'AMOUNT_TOO_PRECISE'],
    [{ field: 'day', min: '0' }, 'RULE_DAY'], [{ field: 'day', max: '32' }, 'RULE_DAY'], [{ field: 'sign', value: 'up' }, 'RULE_VALUE'], [{ field: 'label', operator: 'regex', value: '(' }, 'RULE_PATTERN'],
  ] as const)('%j is refused: %s', (text, code) => { expect(parseCondition(text, { currency: EUR, where: 'conditions.0' })).toMatchObject({ ok: false, problem: { code } }) })
})

test('actions give a category or a split of the whole, or at least something', () => {
  const nothing = { categoryId: null, split: null, note: null, merchantId: null }
  const codes = (actions: Parameters<typeof checkActions>[0]) => checkActions(actions).map(({ code }) => code)
  expect(codes(nothing)).toEqual(['RULE_WITHOUT_ACTION'])
  expect(codes({ ...nothing, split: [{ categoryId: 'a', share: 5000 }, { categoryId: 'b', share: 4999 }] })).toEqual(['RULE_SHARES'])
  expect(codes({ ...nothing, categoryId: 'a', split: [{ categoryId: 'a', share: 10_000 }] })).toEqual(['RULE_SPLIT_OR_CATEGORY'])
  expect(codes({ ...nothing, note: 'x' })).toEqual([])
})
