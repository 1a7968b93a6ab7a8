import { describe, expect, it } from 'vitest'
import { localDate } from '../kernel/local-date.ts'
import { basisPoints } from '../kernel/rate.ts'
import { checkEntry, type EntryDraft } from '../ledger/entry.ts'
import { invoiceEntry, type PostedInvoice, settlementEntry, vatReleaseEntry } from './posting.ts'

const twenty = basisPoints(2000)
const customer = { code: 'CLI001', name: 'Client Alpha' }
const invoice: PostedInvoice = {
  number: 'FA-2026-0001', issuedOn: localDate('2026-01-15'), customer, gross: 1_200_000n,
  revenue: [{ nature: 'services', net: 1_000_000n }], vat: [{ vatRate: twenty, nature: 'services', amount: 200_000n }], vatDueOn: 'debits',
}
const short = (entry: EntryDraft) => entry.lines.map((line) => `${line.account} ${line.debit} ${line.credit}`)

describe('the entry of a sales invoice', () => {
  it('is 411 against 706 and 44571 under the option for débits (10 000 at 20 %)', () => {
    expect(short(invoiceEntry(invoice))).toEqual(['411000 1200000 0', '706000 0 1000000', '445711 0 200000'])
    expect(checkEntry(invoiceEntry(invoice))).toEqual([])
  })
  it('leaves the TVA on services waiting on 44574 when it is due on receipts', () => {
    expect(short(invoiceEntry({ ...invoice, vatDueOn: 'receipts' }))[2]).toBe('445741 0 200000')
  })
  it('never lets the TVA on goods wait', () => {
    const goods: PostedInvoice = { ...invoice, vatDueOn: 'receipts', revenue: [{ nature: 'goods', net: 1_000_000n }], vat: [{ vatRate: twenty, nature: 'goods', amount: 200_000n }] }
    expect(short(invoiceEntry(goods))).toEqual(['411000 1200000 0', '707000 0 1000000', '445711 0 200000'])
  })
  it('mirrors itself for a credit note', () => {
    const credit: PostedInvoice = { ...invoice, gross: -invoice.gross, revenue: [{ nature: 'services', net: -1_000_000n }], vat: [{ vatRate: twenty, nature: 'services', amount: -200_000n }] }
    expect(short(invoiceEntry(credit))).toEqual(['411000 0 1200000', '706000 1000000 0', '445711 200000 0'])
  })
})

describe('the entry that treats a bank line', () => {
  const line = { date: localDate('2026-02-20'), pieceRef: 'VIR-1', label: 'VIR CLIENT ALPHA', suspenseAccount: '471001' }
  it('clears 471 against the customer', () => {
    expect(short(settlementEntry({ ...line, allocations: [{ customer, amount: 1_200_000n, number: 'FA-2026-0001' }], residual: null }))).toEqual(['471001 1200000 0', '411000 0 1200000'])
  })
  it('books a fee the bank kept', () => {
    const entry = settlementEntry({ ...line, allocations: [{ customer, amount: 1_200_000n, number: 'FA-2026-0001' }], residual: { account: '627000', amount: -1500n } })
    expect(short(entry)).toEqual(['471001 1198500 0', '411000 0 1200000', '627000 1500 0'])
    expect(checkEntry(entry)).toEqual([])
  })
  it('books a refund the other way', () => {
    expect(short(settlementEntry({ ...line, allocations: [{ customer, amount: -5000n, number: 'AV-2026-0001' }], residual: null }))).toEqual(['471001 0 5000', '411000 5000 0'])
  })
})

it('TVA that becomes due moves from 44574 to 44571 in journal RT', () => {
  const entry = vatReleaseEntry({ number: 'FA-2026-0001', date: localDate('2026-02-20'), customerName: 'Client Alpha' }, [{ vatRate: twenty, amount: 10_000n }])
  expect(entry.journal).toBe('RT')
  expect(short(entry)).toEqual(['445741 10000 0', '445711 0 10000'])
})
