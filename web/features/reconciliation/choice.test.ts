import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../../contract/invoicing.ts'
import type { Proposal, Suggestion } from '../../../contract/reconciliation.ts'
import { choiceOf, explainedBy, postingOf, refusedInvoices, releasedBy, requestOf, withoutAccepted } from './choice.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const proposal = (parts: readonly (readonly [string, string, string])[], residual: Proposal['residual'] = null): Proposal => ({
  score: 90, automatic: false, reasons: [], residual,
  allocations: parts.map(([invoiceId, amount, open]) => ({ invoiceId, number: `FA-${invoiceId}`, customerName: 'Maison Perrin', issuedOn: '2026-10-01', dueOn: '2026-10-31', open: eur(open), amount: eur(amount) })),
})
const suggestion = (id: string, toTreat: string, proposals: Proposal[]): Suggestion => ({
  proposals,
  line: { id, accountId: 'a', bookedOn: '2026-11-02', valueOn: null, amount: eur(toTreat), label: 'VIR PERRIN', reference: null, counterparty: { name: null, iban: null }, state: 'to_treat', toTreat: eur(toTreat), entryId: 'e', importId: 'i' },
})
const fee: Proposal['residual'] = { kind: 'bank_fee', amount: eur('-2.00'), account: '627000' }

describe('what a proposal posts', () => {
  it('clears the waiting account against the customer, the fee in charges, and is balanced', () => {
    const lines = postingOf(choiceOf(proposal([['1', '100.00', '100.00']], fee), '471001'), { suspenseAccount: '471001', date: '2026-11-02', label: 'VIR' })
    expect(lines.map(({ account, debit, credit }) => [account, debit, credit])).toEqual([['471001', 9800n, 0n], ['411000', 0n, 10000n], ['627000', 200n, 0n]])
  })
  it('leaves on the waiting account what was paid too much', () => {
    const choice = choiceOf(proposal([['1', '100.00', '100.00']], { kind: 'overpayment', amount: eur('5.00'), account: '471001' }), '471001')
    expect([choice.residual, explainedBy(choice)]).toEqual([null, 10000n])
  })
  it('sends the exact amounts of the proposal', () => {
    expect(requestOf('l', choiceOf(proposal([['1', '100.00', '100.00']], fee), '471001'), 'EUR'))
      .toEqual({ lineId: 'l', allocations: [{ invoiceId: '1', amount: '100.00' }], residual: { account: '627000', amount: '-2.00' } })
  })
})

describe('the TVA a payment makes due', () => {
  const invoice = (change: Partial<Invoice>): Invoice => ({ gross: eur('1200.00'), open: eur('1200.00'), vatDueOn: 'receipts', vatBreakdown: [{ rate: '20', nature: 'services', basis: eur('1000.00'), amount: eur('200.00') }], ...change }) as Invoice
  it('is the share of what is paid (CGI art. 269-2 c)', () => {
    expect([releasedBy(invoice({}), 60000n), releasedBy(invoice({ open: eur('600.00') }), 60000n)]).toEqual([10000n, 10000n])
  })
  it('takes the last cent with the last payment', () => {
    const third = invoice({ gross: eur('100.00'), open: eur('33.34'), vatBreakdown: [{ rate: '20', nature: 'services', basis: eur('83.33'), amount: eur('16.67') }] })
    expect(releasedBy(third, 3334n)).toBe(1667n - 1111n)
  })
  it('is nothing for goods, for débits, and for an invoice of zero', () => {
    const goods = [{ rate: '20', nature: 'goods' as const, basis: eur('1000.00'), amount: eur('200.00') }]
    expect([releasedBy(invoice({ vatBreakdown: goods }), 60000n), releasedBy(invoice({ vatDueOn: 'debits' }), 60000n), releasedBy(invoice({ gross: eur('0.00'), open: eur('0.00') }), 0n)]).toEqual([0n, 0n, 0n])
  })
})

describe('the list once a proposal is accepted', () => {
  const one = proposal([['1', '100.00', '100.00']])
  it('loses the line, and no other line is offered the invoice it paid', () => {
    const other = proposal([['2', '100.00', '100.00']])
    const after = withoutAccepted([suggestion('a', '100.00', [one]), suggestion('b', '100.00', [one, other])], 'a', choiceOf(one, '471001'))
    expect(after.map(({ line, proposals }) => [line.id, proposals])).toEqual([['b', [other]]])
  })
  it('keeps the line with what is left of it after a part', () => {
    const [left] = withoutAccepted([suggestion('a', '150.00', [one])], 'a', choiceOf(one, '471001'))
    expect([left?.line.toTreat.amount, left?.line.state, left?.proposals]).toEqual(['50.00', 'part_treated', []])
  })
  it('still offers an invoice that owes enough after a part payment', () => {
    const part = proposal([['1', '40.00', '100.00']])
    const [after] = withoutAccepted([suggestion('b', '40.00', [part]), suggestion('a', '40.00', [part])], 'a', choiceOf(part, '471001'))
    expect(after?.proposals[0]?.allocations[0]?.open.amount).toBe('60.00')
  })
})

describe('refusing a proposal', () => {
  const proposals = [proposal([['1', '60.00', '60.00'], ['2', '40.00', '40.00']]), proposal([['1', '60.00', '60.00']]), proposal([['2', '40.00', '40.00']])]
  it('of one invoice sets that invoice aside', () => {
    expect(refusedInvoices([proposal([['1', '1.00', '1.00']])], 0)).toEqual(['1'])
  })
  it('of several sets aside those no other proposal needs, else all', () => {
    expect([refusedInvoices(proposals.slice(0, 2), 0), refusedInvoices(proposals, 0)]).toEqual([['2'], ['1', '2']])
  })
})
