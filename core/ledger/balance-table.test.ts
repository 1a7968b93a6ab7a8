import { describe, expect, it } from 'vitest'
import { balanceColumns, decimalMark, readBalanceTable, readTableAmount } from './balance-table.ts'
import { trialBalance } from './trial-balance.ts'

const read = (text: string) => {
  const { movements, problems } = readBalanceTable(text.split('\n').map((row) => row.split(';')))
  return { balance: trialBalance(movements), problems }
}

describe('readBalanceTable', () => {
  it('reads account, label, debit and credit under French names, and leaves totals out', () => {
    const { balance, problems } = read('Balance générale\n\nCompte;Intitulé;Débit;Crédit\n411000;Clients;1 200,00;200,00\nTotal classe 4;;1 200,00;200,00\n41;Clients et rattachés;9;9\n512000;Banque;;1000')
    expect(problems).toEqual([])
    expect(balance.accounts.map((a) => [a.account, a.label, a.debit, a.credit, a.balance])).toEqual([
      ['411000', 'Clients', 120_000n, 20_000n, 100_000n], ['512000', 'Banque', 0n, 100_000n, -100_000n],
    ])
  })
  it('reads a balance of eight columns, opening, movements and closing', () => {
    const { balance, problems } = read('N° compte;Libellé;Solde initial débit;Solde initial crédit;Mouvement débit;Mouvement crédit;Solde final débit;Solde final crédit\n512000;Banque;100,00;;50,00;20,00;130,00;')
    expect(problems).toEqual([])
    expect(balance.accounts[0]).toMatchObject({ opening: 10_000n, debit: 5_000n, credit: 2_000n, balance: 13_000n })
  })
  it('takes as opening what a stated balance holds beyond the movements', () => {
    const { balance } = read('account;label;debit;credit;balance\n512000;Bank;50.00;20.00;130.00')
    expect(balance.accounts[0]).toMatchObject({ opening: 10_000n, balance: 13_000n })
  })
  it('warns when opening, movements and balance disagree, and keeps the balance', () => {
    const { balance, problems } = read('Compte;Libellé;Débit ouverture;Crédit ouverture;Débit;Crédit;Solde\n512000;Banque;100;0;50;20;999')
    expect(problems.map((p) => p.code)).toEqual(['BALANCE_ROW'])
    expect(balance.accounts[0]?.balance).toBe(99_900n)
  })
  it('reads debtor and creditor balances alone', () => {
    const { balance } = read('Compte;Libellé;Solde débiteur;Solde créditeur\n401000;Fournisseurs;0,00;480,00')
    expect(balance.accounts[0]?.balance).toBe(-48_000n)
  })
  it('keeps out a line finer than a cent or unreadable and names it', () => {
    const { balance, problems } = read('Compte;Libellé;Débit;Crédit\n411000;Clients;1,005;0\n512000;Banque;x;0\n530000;Caisse;1,50;0')
    expect(problems.map((p) => [p.code, p.where.line])).toEqual([['BALANCE_AMOUNT', 2], ['BALANCE_AMOUNT', 3]])
    expect(balance.accounts.map((a) => a.account)).toEqual(['530000'])
  })
  it('reads a table without names by position, and refuses what is no balance', () => {
    expect(read('411000;Clients;10,00;0').balance.accounts[0]?.balance).toBe(1_000n)
    expect(read('Bonjour;tout le monde').problems.map((p) => p.code)).toEqual(['BALANCE_COLUMNS'])
    expect(balanceColumns([['Libellé du compte', 'Compte', 'Débit', 'Crédit']])?.columns).toMatchObject({ label: 0, account: 1, debit: 2, credit: 3 })
  })
})

it.each([
  ['1 234,56', ',', 123_456n], ['1\u202f234,5', ',', 123_450n], ['1.234,56', ',', 123_456n], ['1,234.56', '.', 123_456n], ["1'234.50", '.', 123_450n],
  ['(12,00)', ',', -1_200n], ['12,00-', ',', -1_200n], ['12,00 C', ',', -1_200n], ['12,00 D', ',', 1_200n], ['12,00 €', ',', 1_200n], ['', ',', 0n], ['-', ',', 0n],
  ['1,234', ',', null], ['12.3.4', '.', null], ['abc', ',', null],
] as const)('reads %s with the mark %s', (text, mark, cents) => expect(readTableAmount(text, mark)).toBe(cents))

it('finds the decimal mark by the amounts themselves', () => {
  expect(decimalMark(['1,234.50', '7.00'])).toBe('.')
  expect(decimalMark(['1.234,50', '7'])).toBe(',')
  expect(decimalMark(['1234', ''])).toBe(',')
})
