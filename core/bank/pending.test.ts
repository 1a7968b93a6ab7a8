import { describe, expect, it } from 'vitest'
import { addDays, localDate } from '../kernel/local-date.ts'
import type { DedupLine } from './dedup-evidence.ts'
import { settlePending, withdrawnPending } from './pending.ts'

const DAY = localDate('2026-03-10')

function line(over: Partial<DedupLine> & { replaces?: string } = {}): DedupLine & { replaces?: string } {
  return { account: 'A', bookedOn: DAY, valueOn: null, minor: -2_350n, currency: 'EUR', label: 'CARTE BRASSERIE DU PORT', reference: null, bankId: null, ...over }
}

describe('settlePending', () => {
  it('knows a booked line by the identifier it was announced by, even when the amount changed', () => {
    expect(settlePending([line({ bankId: 'p1' })], [line({ bankId: 'b9', replaces: 'p1', minor: -2_600n })])).toEqual([0])
    expect(settlePending([line({ bankId: 'p1' })], [line({ bankId: 'p1', minor: -2_600n, bookedOn: addDays(DAY, 30) })])).toEqual([0])
  })

  it('does not take the identifier of one service for that of another', () => {
    expect(settlePending([line({ bankId: 'p1', idKind: 'one' })], [line({ bankId: 'p1', idKind: 'two', minor: -1n })])).toEqual([null])
  })

  it('knows a booked line by its amount and its words, some days later', () => {
    expect(settlePending([line()], [line({ bookedOn: addDays(DAY, 3), label: 'FACTURE CARTE DU 100326 BRASSERIE DU PORT' })])).toEqual([0])
    expect(settlePending([line()], [line({ bookedOn: addDays(DAY, 11) })])).toEqual([null])
    expect(settlePending([line()], [line({ label: 'PRLV ASSURANCES ARMOR' })])).toEqual([null])
    expect(settlePending([line()], [line({ minor: -2_351n })])).toEqual([null])
  })

  it('lets each announcement come true once: twins take the nearest, the third is another movement', () => {
    const booked = [line({ bookedOn: addDays(DAY, 1) }), line({ bookedOn: addDays(DAY, 2) }), line({ bookedOn: addDays(DAY, 2) })]
    expect(settlePending([line(), line({ bookedOn: addDays(DAY, 1) })], booked)).toEqual([1, 0, null])
  })
})

describe('withdrawnPending', () => {
  it('takes away what the bank no longer announces when it lists its announcements, and nothing when it does not', () => {
    expect(withdrawnPending([line(), line()], { repeated: new Set([1]), listsPending: true, lastBookedOn: DAY })).toEqual([0])
    expect(withdrawnPending([line(), line()], { repeated: new Set(), listsPending: false, lastBookedOn: DAY })).toEqual([])
  })

  it('forgets an announcement the bank has booked 15 days beyond', () => {
    const after = (days: number) => withdrawnPending([line()], { repeated: new Set(), listsPending: false, lastBookedOn: addDays(DAY, days) })
    expect(after(15)).toEqual([])
    expect(after(16)).toEqual([0])
  })
})
