import { describe, expect, it } from 'vitest'
import { ACCOUNT, accountLabel, findAccount, isAccountNumber, padAccount, subAccount } from './accounts.ts'
import { isOpeningJournal, journalLabel, JOURNALS } from './journals.ts'
import { PCG_2026 } from './pcg-2026.ts'

describe('the chart of accounts', () => {
  it('holds the 838 accounts of 2026, each once, in order, under a parent that begins it', () => {
    const numbers = PCG_2026.map((a) => a.number)
    expect(numbers).toHaveLength(838)
    expect(new Set(numbers).size).toBe(838)
    expect(numbers).toEqual([...numbers].sort())
    expect(PCG_2026.filter((a) => a.system === 'minimal')).toHaveLength(433)
    expect(numbers.filter((n) => n.length > 1 && !numbers.includes(n.slice(0, -1)) && !numbers.some((p) => p !== n && n.startsWith(p)))).toEqual([])
  })
  it.each([
    ['411000', 'Clients'], ['445740', "TVA collectée en attente d'encaissement"], ['445640', 'TVA sur achats en attente de paiement'],
    ['44571200', 'TVA collectée'], ['627', 'Services bancaires et assimilés'], ['110000', 'Report à nouveau - solde créditeur'],
    ['775200', "Produits des cessions d'éléments d'actif"], ['999999', '999999'],
  ])('labels %s as %s', (number, label) => expect(accountLabel(number)).toBe(label))
  it('knows every account the product posts to', () => {
    for (const number of Object.values(ACCOUNT)) expect(findAccount(number), number).toBeDefined()
  })
  it('pads on the right and never shortens', () => {
    expect(padAccount('411')).toBe('411000')
    expect(padAccount('44571200')).toBe('44571200')
  })
  it('numbers bank and suspense accounts in pairs', () => {
    expect([subAccount('512', 1), subAccount('471', 1), subAccount('471', 12)]).toEqual(['512001', '471001', '471012'])
  })
  it('takes for an account three digits and more, never a blank or a word', () => {
    expect(['411', '411000', '411DUPONT', '4457A'].map(isAccountNumber)).toEqual([true, true, true, true])
    expect(['', '41', '012000', 'AB1', '411 000'].map(isAccountNumber)).toEqual([false, false, false, false, false])
  })
})

describe('journals', () => {
  it('are seven, named in French', () => {
    expect(JOURNALS.map((j) => j.code)).toEqual(['VT', 'AC', 'BQ', 'CA', 'OD', 'AN', 'RT'])
    expect(journalLabel('OD')).toBe('Opérations diverses')
    expect(journalLabel('BQ2')).toBe('BQ2')
  })
  it('of opening balances are known by code or by name', () => {
    expect(isOpeningJournal('AN', 'x') && isOpeningJournal('RAN', '') && isOpeningJournal('2', "BILAN D'OUVERTURE") && isOpeningJournal('9', 'A NOUVEAUX')).toBe(true)
    expect(isOpeningJournal('OD', 'Opérations diverses') || isOpeningJournal('VE', 'Ventes nouvelles') || isOpeningJournal('BAN', 'Banque')).toBe(false)
  })
})

it('the TVA accounts by rate say their rate, and only those exact numbers do', () => {
  expect(['445711', '445741', '445713', '44571100'].map(accountLabel)).toEqual(['TVA collectée 20 %', 'TVA collectée en attente d\'encaissement 20 %', 'TVA collectée 5,5 %', 'TVA collectée'])
})
