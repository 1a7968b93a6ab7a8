import { describe, expect, it } from 'vitest'
import type { BankAccount, BankImport } from '../../../contract/banking.ts'
import { accountCase, commitOf, firstChoice, freeName, NEW_ACCOUNT, wholeContinuity } from './account-choice.ts'

const file = (account: Partial<BankImport['account']>) => ({ account: { id: null, name: null, iban: null, bankWriting: null, currency: 'EUR', ...account } })
const ours = { id: 'ours' } as BankAccount
const statement = (continuity: BankImport['statements'][number]['continuity']) => ({ continuity }) as BankImport['statements'][number]

describe('the account of a bank file', () => {
  it('is known, asked for, or several, as the file says', () => {
    expect([accountCase(file({ id: 'a' })), accountCase(file({ iban: 'FR76' })), accountCase(file({})), accountCase(file({ currency: null }))]).toEqual(['known', 'ask', 'ask', 'several'])
  })
  it('is a new one when the file names it, the only one when it names none, and asked for among several', () => {
    expect(firstChoice(file({ iban: 'FR761' }), [ours], 'Compte')).toEqual({ accountId: NEW_ACCOUNT, name: 'Compte', iban: 'FR761' })
    expect([firstChoice(file({}), [ours], 'C').accountId, firstChoice(file({}), [ours, ours], 'C').accountId, firstChoice(file({}), [], 'C').accountId]).toEqual(['ours', '', NEW_ACCOUNT])
  })
  it('is sent only when the file does not say it, with the suspicious lines taken all the same', () => {
    const created = { accountId: NEW_ACCOUNT, name: ' Compte ', iban: 'FR76 1234' }
    expect(commitOf(file({ id: 'a' }), created, new Set([3, 1]))).toEqual({ acceptSuspicious: [1, 3] })
    expect(commitOf(file({}), created, new Set())).toEqual({ newAccount: { name: 'Compte', iban: 'FR761234' } })
    expect(commitOf(file({}), { ...created, accountId: 'ours' }, new Set())).toEqual({ accountId: 'ours' })
  })
  it('holds the import back while it is not said', () => {
    expect([commitOf(file({}), { accountId: '', name: 'x', iban: '' }, new Set()), commitOf(file({}), { accountId: NEW_ACCOUNT, name: ' ', iban: '' }, new Set())]).toEqual([undefined, undefined])
  })
})

it('calls the balances of a file proven only when every statement is', () => {
  expect([wholeContinuity([statement('proven')]), wholeContinuity([statement('proven'), statement('unknown')]), wholeContinuity([statement('unknown'), statement('broken')]), wholeContinuity([])]).toEqual(['proven', 'unknown', 'broken', 'unknown'])
})

it('gives a new account a name no other has', () => {
  expect([freeName('Compte', []), freeName('Compte', [{ name: 'Compte' }, { name: 'Compte 2' }])]).toEqual(['Compte', 'Compte 3'])
})
