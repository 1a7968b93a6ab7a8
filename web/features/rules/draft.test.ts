import { describe, expect, it } from 'vitest'
import type { CategoryRule } from '../../../contract/categories.ts'
import { actionFaultOf, draftOf, emptyCondition, emptyRule, emptyShare, faultOf, readShare, ruleOf } from './draft.ts'

const RULE: CategoryRule = {
  id: 'r1', name: 'Hébergement', isActive: true, match: 'all', position: 0, version: 3, lineCount: 4, updatedAt: '2026-11-20T10:00:00Z',
  conditions: [{ field: 'label', operator: 'contains', value: 'OVH' }, { field: 'amount', min: '5.00', max: '60.00' }, { field: 'sign', value: 'out' }],
  actions: { split: [{ categoryId: 'c1', share: 3333 }, { categoryId: 'c2', share: 6667 }] },
}

describe('a rule as it is written', () => {
  it('comes back from the screen as it went in', () => {
    const { name, isActive, match, conditions, actions } = RULE
    expect(ruleOf(draftOf(RULE), 'EUR', '')).toEqual({ name, isActive, match, conditions, actions })
  })
  it('takes the proposed name when nobody gave one, and nothing while a condition or the action is missing', () => {
    expect(ruleOf({ ...emptyRule({ label: 'LOYER' }), categoryId: 'c1' }, 'EUR', 'Libellé contient « LOYER »')).toMatchObject({ name: 'Libellé contient « LOYER »', actions: { categoryId: 'c1' } })
    expect(ruleOf(emptyRule({ label: 'LOYER' }), 'EUR', 'x')).toBeUndefined()
    expect(ruleOf({ ...emptyRule(), categoryId: 'c1' }, 'EUR', 'x')).toBeUndefined()
    expect(ruleOf({ ...emptyRule({ label: 'LOYER' }), categoryId: 'c1', conditions: [] }, 'EUR', 'x')).toBeUndefined()
  })
  it('reads amounts as people type them, without sign, and refuses a range upside down', () => {
    const amount = (min: string, max: string) => faultOf({ ...emptyCondition('amount'), min, max }, 'EUR')
    expect([amount('', ''), amount('1 200,50', ''), amount('-3', ''), amount('12', 'abc'), amount('60', '5')]).toEqual(['RANGE_MISSING', undefined, 'AMOUNT_WRONG', 'AMOUNT_WRONG', 'RANGE_WRONG'])
    expect(ruleOf({ ...emptyRule(), categoryId: 'c1', conditions: [{ ...emptyCondition('amount'), min: '1 200,50' }] }, 'EUR', 'x')?.conditions).toEqual([{ field: 'amount', min: '1200.50' }])
  })
  it('takes days of the month from 1 to 31', () => {
    const day = (min: string, max: string) => faultOf({ ...emptyCondition('day'), min, max }, 'EUR')
    expect([day('1', '31'), day('0', ''), day('32', ''), day('', ''), day('9', '2')]).toEqual([undefined, 'DAY_WRONG', 'DAY_WRONG', 'RANGE_MISSING', 'RANGE_WRONG'])
  })
  it('wants shares that make the whole, to the hundredth', () => {
    expect([readShare('33,33'), readShare('33.3'), readShare('50'), readShare('0'), readShare('100'), readShare('a')]).toEqual([3333, 3330, 5000, undefined, undefined, undefined])
    const shares = (...percents: string[]) => actionFaultOf({ ...emptyRule(), isSplit: true, shares: percents.map((percent) => ({ ...emptyShare(percent), categoryId: 'c' })) })
    expect([shares('33,33', '66,67'), shares('33', '66'), shares('50', 'x')]).toEqual([undefined, 'SHARES_WRONG', 'SHARES_WRONG'])
    expect(actionFaultOf({ ...emptyRule(), isSplit: true })).toBe('SHARE_CATEGORY_MISSING')
    expect(actionFaultOf(emptyRule())).toBe('ACTION_MISSING')
    expect(actionFaultOf({ ...emptyRule(), note: 'à vérifier' })).toBeUndefined()
  })
})
