import { describe, expect, it } from 'vitest'
import type { Suggestion } from '../../../contract/reconciliation.ts'
import { deskRows, neighbourOf } from './desk-rows.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const suggestion = (id: string, bookedOn: string, invoices: readonly string[] = []): Suggestion => ({
  line: { id, accountId: 'a', bookedOn, valueOn: null, amount: eur('1.00'), label: id, reference: null, counterparty: { name: null, iban: null }, state: 'to_treat', toTreat: eur('1.00'), entryId: 'e', importId: 'i' },
  proposals: invoices.map((invoiceId) => ({ score: 90, automatic: false, reasons: [], residual: null, allocations: [{ invoiceId, number: invoiceId, customerName: '', issuedOn: bookedOn, dueOn: bookedOn, open: eur('1.00'), amount: eur('1.00') }] })),
})
const none = { wanted: [], accepted: new Set<string>(), undone: new Map<string, Suggestion>() }
const ids = (rows: readonly Suggestion[]) => rows.map(({ line }) => line.id)

describe('the lines of the desk', () => {
  const listed = [suggestion('c', '2026-11-03'), suggestion('b', '2026-11-02')]
  it('are the latest first, with the one of the address in its place and once', () => {
    expect(ids(deskRows({ ...none, listed, wanted: [suggestion('a', '2026-11-01')] }))).toEqual(['c', 'b', 'a'])
    expect(ids(deskRows({ ...none, listed, wanted: [suggestion('b', '2026-11-02')] }))).toEqual(['c', 'b'])
  })
  it('are without those accepted here even when an older answer comes back', () => {
    expect(ids(deskRows({ ...none, listed, accepted: new Set(['c']) }))).toEqual(['b'])
  })
  it('take back an undone line with the proposal that was undone, after those of the server', () => {
    const undone = new Map([['a', suggestion('a', '2026-11-01', ['X'])]])
    expect(deskRows({ ...none, listed, undone }).at(-1)?.proposals).toHaveLength(1)
    const [row] = deskRows({ ...none, listed: [suggestion('a', '2026-11-01', ['Y'])], undone })
    expect(row?.proposals.map(({ allocations }) => allocations[0]?.invoiceId)).toEqual(['Y', 'X'])
  })
  it('go to the next line once one is done, else to the one before', () => {
    expect([neighbourOf(listed, 'c'), neighbourOf(listed, 'b'), neighbourOf([listed[0]!], 'c')]).toEqual(['b', 'c', undefined])
  })
})
