import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InvoiceSummary } from '../../../contract/invoicing.ts'
import { minorOf } from '../../lib/amounts.ts'
import { explainedBy } from './choice.ts'
import { addPart, faultOf, handState, likeliestFirst, type Hand } from './by-hand.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const invoice = (id: string, open: string): InvoiceSummary => ({ id, number: `FA-${id}`, customer: { id: 'c', name: 'Maison Perrin', code: 'C1' }, dueOn: '2026-10-31', open: eur(open) }) as InvoiceSummary
const hand = (amounts: readonly (readonly [string | null, string])[], account = ''): Hand => ({
  account, parts: amounts.map(([amount, open], index) => ({ invoiceId: String(index), number: `FA-${index}`, customerName: 'P', dueOn: null, open, amount })),
})
const none: Hand = { parts: [], account: '' }

describe('allocating a line by hand', () => {
  it('takes each invoice for what it owes, the last one for what is left of the line', () => {
    const taken = [invoice('1', '60.00'), invoice('2', '80.00')].reduce((so, one) => addPart(so, one, eur('100.00')), none)
    expect([taken.parts.map(({ amount }) => amount), handState(taken, eur('100.00')).remaining]).toEqual([['60.00', '40.00'], 0n])
  })
  it('takes a credit note whole beside an invoice', () => {
    const taken = [invoice('1', '120.00'), invoice('2', '-20.00')].reduce((so, one) => addPart(so, one, eur('100.00')), none)
    expect(handState({ ...taken, parts: taken.parts.with(0, { ...taken.parts[0]!, amount: '120.00' }) }, eur('100.00')).choice?.parts.map(({ amount }) => amount)).toEqual([12000n, -2000n])
  })
  it('does not take the same invoice twice', () => {
    expect(addPart(addPart(none, invoice('1', '60.00'), eur('100.00')), invoice('1', '60.00'), eur('100.00')).parts).toHaveLength(1)
  })
  it('leaves to treat what is not allocated, unless an income account is chosen', () => {
    const state = handState(hand([['60.00', '60.00']]), eur('100.00'))
    expect([state.remaining, state.accounts, state.account, state.choice?.residual]).toEqual([4000n, ['', '758000'], '', null])
    expect(handState(hand([['60.00', '60.00']], '758000'), eur('100.00')).choice?.residual).toEqual({ account: '758000', amount: 4000n })
  })
  it('asks where a shortfall goes, and takes less than a euro for a rounding', () => {
    const short = handState(hand([['100.00', '100.00']]), eur('98.00'))
    expect([short.account, short.choice, short.accounts]).toEqual([undefined, undefined, ['627000', '665000', '658000']])
    expect(handState(hand([['100.00', '100.00']], '627000'), eur('98.00')).choice?.residual).toEqual({ account: '627000', amount: -200n })
    expect(handState(hand([['100.00', '100.00']]), eur('99.98')).choice?.residual).toEqual({ account: '658000', amount: -2n })
  })
  it('refunds a credit note by a line that goes out', () => {
    const out = handState(hand([['-50.00', '-50.00']]), eur('-50.00'))
    expect([out.remaining, out.choice && explainedBy(out.choice)]).toEqual([0n, -5000n])
  })
  it('names what is wrong in an amount and then sends nothing', () => {
    const wrong = [['', '10.00'], [null, '10.00'], ['10.01', '10.00'], ['-1.00', '10.00']] as const
    expect(hand(wrong).parts.map((part) => faultOf(part, 'EUR'))).toEqual(['missing', 'unreadable', 'too_much', 'wrong_sign'])
    for (const one of wrong) expect(handState(hand([one]), eur('100.00')).choice).toBeUndefined()
    expect(handState(none, eur('100.00')).choice).toBeUndefined()
  })
  it('never explains more than the line, whatever is typed', () => {
    const cents = fc.integer({ min: -20_000, max: 20_000 }).filter((value) => value !== 0)
    fc.assert(fc.property(cents, fc.array(cents, { maxLength: 4 }), fc.constantFrom('', '627000', '665000', '658000', '758000'), (line, amounts, account) => {
      const text = (value: number) => (value / 100).toFixed(2)
      const left = eur(text(line))
      const { choice } = handState(hand(amounts.map((value) => [text(value), text(value)]), account), left)
      if (!choice) return
      const explained = explainedBy(choice)
      const total = minorOf(left.amount, 'EUR')
      expect(explained > 0n).toBe(total > 0n)
      expect(explained > 0n ? explained <= total : explained >= total).toBe(true)
    }))
  })
})

it('shows first the invoices that owe exactly what is left', () => {
  expect(likeliestFirst([invoice('1', '10.00'), invoice('2', '40.00')], 4000n, 'EUR').map(({ id }) => id)).toEqual(['2', '1'])
})

it('puts a line without an invoice on the account one names, never on a customer, a supplier, a bank or a waiting account', () => {
  expect(handState({ parts: [], account: '613200' }, eur('-900.00')).choice).toEqual({ parts: [], residual: { account: '613200', amount: -90000n } })
  for (const account of ['', '411000', '401000', '512001', '471001', '890000']) expect(handState({ parts: [], account }, eur('-900.00')).choice, account).toBeUndefined()
})
