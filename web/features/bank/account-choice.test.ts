import { describe, expect, it } from 'vitest'
import type { BankAccount, BankImport } from '../../../contract/banking.ts'
import { accountCase, commitOf, firstChoice, freeName, isPlain, needsReview, NEW_ACCOUNT, NO_DECISION, wholeContinuity } from './account-choice.ts'

const file = (account: Partial<BankImport['account']>) => ({ account: { id: null, name: null, iban: null, bankWriting: null, currency: 'EUR', ...account }, problems: [] as BankImport['problems'] })
const ours = { id: 'ours' } as BankAccount
const created = () => ({ accountId: NEW_ACCOUNT, name: ' Compte ', iban: 'FR76 1234' })
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
    expect(commitOf(file({ id: 'a' }), created(), { ...NO_DECISION, taken: new Set([3, 1]) })).toEqual({ acceptSuspicious: [1, 3] })
    expect(commitOf(file({}), created(), NO_DECISION)).toEqual({ newAccount: { name: 'Compte', iban: 'FR761234' } })
    expect(commitOf(file({}), { ...created(), accountId: 'ours' }, NO_DECISION)).toEqual({ accountId: 'ours' })
  })
  it('goes with what was said of each doubtful line, and with the choice of all or nothing', () => {
    expect(commitOf(file({ id: 'a' }), created(), { taken: new Set([1]), refused: new Set([4, 2]), takenAgain: new Set([7]), allAgain: false, onProblems: 'nothing' })).toEqual({ acceptSuspicious: [1], refuseSuspicious: [2, 4], takeRemoved: [7], onProblems: 'nothing' })
    expect(commitOf(file({ id: 'a' }), created(), { ...NO_DECISION, takenAgain: new Set([7]), allAgain: true })).toEqual({ takeAllRemoved: true })
  })
  it('says that someone compared a PDF whose balances do not prove its lines', () => {
    const unproven = { ...file({ id: 'a' }), problems: [{ severity: 'error', code: 'PDF_TO_REVIEW', line: 1, field: null, message: 'x' }] as BankImport['problems'] }
    expect([needsReview(unproven), needsReview(file({}))]).toEqual([true, false])
    expect(commitOf(unproven, created(), NO_DECISION)).toEqual({ onProblems: 'readable' })
  })
  it('holds the import back while it is not said', () => {
    expect([commitOf(file({}), { accountId: '', name: 'x', iban: '' }, NO_DECISION), commitOf(file({}), { accountId: NEW_ACCOUNT, name: ' ', iban: '' }, NO_DECISION)]).toEqual([undefined, undefined])
  })
})

it('calls the balances of a file proven only when every statement is', () => {
  expect([wholeContinuity([statement('proven')]), wholeContinuity([statement('proven'), statement('unknown')]), wholeContinuity([statement('unknown'), statement('broken')]), wholeContinuity([])]).toEqual(['proven', 'unknown', 'broken', 'unknown'])
})

it('gives a new account a name no other has', () => {
  expect([freeName('Compte', []), freeName('Compte', [{ name: 'Compte' }, { name: 'Compte 2' }])]).toEqual(['Compte', 'Compte 3'])
})

it('lets a file among several be stored unseen only when nothing in it is in doubt', () => {
  const plain = { status: 'previewed', account: { id: 'a', currency: 'EUR' }, counts: { new: 3, updated: 0, suspicious: 0 }, statements: [statement('proven')], problems: [] } as unknown as BankImport
  const doubtful: readonly Partial<BankImport>[] = [
    { status: 'committed' }, { account: { ...plain.account, id: null } }, { counts: { ...plain.counts, new: 0 } }, { counts: { ...plain.counts, suspicious: 1 } }, { statements: [statement('broken')] },
    { problems: [{ severity: 'error', code: 'X', message: '', line: 1, field: null, file: null }] },
  ]
  expect([isPlain(plain), ...doubtful.map((change) => isPlain({ ...plain, ...change }))]).toEqual([true, false, false, false, false, false, false])
})
