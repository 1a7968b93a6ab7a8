import { describe, expect, it } from 'vitest'
import type { BalanceRow } from '../../../contract/ledger.ts'
import { balanceItems, sumSides } from './balance-rows.ts'

const row = (account: string, label: string, amounts: { opening?: string; debit?: string; credit?: string; balance: string }): BalanceRow => ({
  account, label, openingDebit: amounts.opening ?? '0.00', openingCredit: '0.00', debit: amounts.debit ?? '0.00', credit: amounts.credit ?? '0.00', balance: amounts.balance,
})
const balance = {
  currency: 'EUR',
  rows: [row('411000', 'Clients', { opening: '100.10', debit: '50.20', balance: '150.30' }), row('445713', 'TVA collectée', { credit: '8.37', balance: '-8.37' }), row('706000', 'Prestations de services', { credit: '41.83', balance: '-41.83' })],
}

describe('the trial balance as a list', () => {
  it('puts the sums of each class before its accounts, exact to the cent', () => {
    const items = balanceItems(balance)
    expect(items.map((item) => (item.kind === 'class' ? `class ${item.digit}` : item.account))).toEqual(['class 4', '411000', '445713', 'class 7', '706000'])
    expect(items[0]).toMatchObject({ accounts: 2, openingDebit: '100.10', debit: '50.20', credit: '8.37', closingDebit: '150.30', closingCredit: '8.37' })
  })
  it('puts a closing balance on one side only', () => {
    expect(balanceItems(balance)[2]).toMatchObject({ closingDebit: '0', closingCredit: '8.37' })
  })
  it('finds an account by the start of its number or by words without accents', () => {
    const found = (search: string) => balanceItems(balance, { search }).flatMap((item) => (item.kind === 'account' ? [item.account] : []))
    expect([found('44'), found('collectee'), found('rien')]).toEqual([['445713'], ['445713'], []])
  })
  it('sums nothing to zero', () => {
    expect(sumSides([], 'EUR').debit).toBe('0.00')
  })
})
