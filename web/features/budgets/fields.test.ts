import { describe, expect, it } from 'vitest'
import { budgetOf, emptyFields, faultsOf } from './fields.ts'

describe('the fields of a budget', () => {
  it('wants an amount above zero', () => {
    expect(faultsOf(emptyFields())).toEqual({ amount: 'AMOUNT_MISSING' })
    for (const amount of [null, '0', '0.00', '-5.00']) expect(faultsOf({ ...emptyFields(), amount })).toEqual({ amount: 'AMOUNT_WRONG' })
    expect(faultsOf({ ...emptyFields(), amount: '400.00' })).toEqual({})
  })
  it('wants both days of a budget that is once, in their order', () => {
    const once = { ...emptyFields(), amount: '400.00', period: 'custom' } as const
    expect(faultsOf(once)).toEqual({ startsOn: 'START_MISSING', endsOn: 'END_MISSING' })
    expect(faultsOf({ ...once, startsOn: '2026-11-20', endsOn: '2026-11-19' })).toEqual({ endsOn: 'END_BEFORE_START' })
    expect(faultsOf({ ...once, startsOn: '2026-11-20', endsOn: '2026-11-20' })).toEqual({})
    expect(faultsOf({ ...emptyFields(), amount: '1.00', endsOn: '2026-01-01', startsOn: '2026-02-01' })).toEqual({ endsOn: 'END_BEFORE_START' })
  })
  it('takes the name of its category when it has none, all spending when it has no category, and hands nothing over when it is once', () => {
    expect(budgetOf({ ...emptyFields('c1'), amount: '400.00', carryOver: 'both' }, 'Carburant')).toEqual({ name: 'Carburant', categoryId: 'c1', period: 'month', amount: '400.00', carryOver: 'both', endsOn: null })
    expect(budgetOf({ ...emptyFields(), name: ' Salon ', amount: '900.00', period: 'custom', startsOn: '2026-11-01', endsOn: '2026-11-30', carryOver: 'both' }, 'x')).toEqual({
      name: 'Salon', categoryId: null, period: 'custom', amount: '900.00', carryOver: 'none', startsOn: '2026-11-01', endsOn: '2026-11-30',
    })
  })
})
