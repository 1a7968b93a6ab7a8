import { describe, expect, it } from 'vitest'
import { addDays, localDate } from '../kernel/local-date.ts'
import { type DeliveredRow, type KnownRows, lineFingerprint, recogniseDelivery } from './delivery.ts'

const DAY = localDate('2026-05-12')

function row(over: Partial<DeliveredRow> = {}): DeliveredRow {
  return { account: 'A', bookedOn: DAY, valueOn: null, minor: -1_290n, currency: 'EUR', label: 'CARTE LIBRAIRIE DES QUAIS', reference: null, bankId: null, status: 'booked', ...over }
}
const known = (over: Partial<KnownRows> = {}): KnownRows => ({ booked: [], pending: [], removed: [], ...over })
const actions = (state: KnownRows, rows: DeliveredRow[]) => recogniseDelivery(state, rows).lines.map((one) => (one.books ? 'books' : one.action === 'known' && one.of === 'removed' ? 'removed' : one.action))

describe('recogniseDelivery', () => {
  it('books an announced line, once', () => {
    const announced = row({ status: 'pending' })
    const booked = row({ bookedOn: addDays(DAY, 2) })
    expect(actions(known({ pending: [announced] }), [booked])).toEqual(['books'])
    expect(actions(known({ pending: [announced] }), [booked, booked])).toEqual(['books', 'new'])
  })

  it('knows a line that is booked already before it thinks of announced ones: twins stay two', () => {
    expect(actions(known({ booked: [row()], pending: [row({ status: 'pending' })] }), [row(), row()])).toEqual(['known', 'books'])
  })

  it('knows an announcement that is repeated, or that was booked since', () => {
    const announced = row({ status: 'pending' })
    expect(actions(known({ pending: [announced] }), [announced])).toEqual(['known'])
    expect(actions(known({ booked: [row({ bookedOn: addDays(DAY, 2) })] }), [announced])).toEqual(['known'])
  })

  it('withdraws what a delivery that lists announcements no longer announces, of its own source only', () => {
    const state = known({ pending: [row({ status: 'pending' }), row({ status: 'pending', minor: -5n, idKind: 'service' })] })
    expect(recogniseDelivery(state, [row({ status: 'pending', minor: -77n })]).withdrawn).toEqual([0])
    expect(recogniseDelivery(state, [row({ minor: -77n })]).withdrawn).toEqual([])
    expect(recogniseDelivery(state, [], { source: 'service', listsPending: true }).withdrawn).toEqual([1])
  })

  it('keeps away what a person removed, twins and look-alikes excepted', () => {
    const state = known({ removed: [row()] })
    expect(actions(state, [row()])).toEqual(['removed'])
    expect(actions(state, [row(), row()])).toEqual(['removed', 'new'])
    expect(actions(state, [row({ label: 'PRLV ASSURANCES ARMOR' })])).toEqual(['new'])
    expect(actions(state, [row({ bookedOn: addDays(DAY, 1) })])).toEqual(['new'])
  })

  it('prefers the line that stayed to the one that was removed', () => {
    expect(actions(known({ booked: [row()], removed: [row()] }), [row(), row()])).toEqual(['known', 'removed'])
  })

  it('knows a line by any identifier it ever had, and does not mix the numbers of a service with those of files', () => {
    const stored = row({ bankId: 'F-1', aliases: [{ kind: 'service', id: 's-9' }] })
    expect(actions(known({ booked: [stored] }), [row({ bankId: 's-9', idKind: 'service', bookedOn: addDays(DAY, 3), label: 'X' })])).toEqual(['known'])
    const others = [stored, row({ bankId: 'F-2', minor: -7n })]
    const delivered = [row({ bankId: 's-9', idKind: 'service' }), row({ bankId: 's-10', idKind: 'service', minor: -7n })]
    expect(actions(known({ booked: others }), delivered)).toEqual(['known', 'known'])
  })

  it('does not hold a day for complete when lines of it were left out of what it was given', () => {
    const stored = row({ label: 'COTISATION COMPTE PROFESSIONNEL' })
    const told = row({ label: 'COTISATION FRAIS TENUE' })
    expect(actions(known({ booked: [stored], perDay: new Map([[DAY, 1]]) }), [told])).toEqual(['known'])
    expect(actions(known({ booked: [stored], perDay: new Map([[DAY, 2]]) }), [told])).toEqual(['suspicious'])
  })
})

describe('lineFingerprint', () => {
  it('is the same however the label is spaced, and not that of another day, amount or identifier', () => {
    const print = lineFingerprint(row())
    expect(lineFingerprint(row({ label: 'carte  librairie des quais' }))).toBe(print)
    for (const over of [{ bookedOn: addDays(DAY, 1) }, { minor: -1_291n }, { bankId: 'x' }]) expect(lineFingerprint(row(over))).not.toBe(print)
  })
})
