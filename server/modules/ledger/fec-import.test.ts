import { expect, test } from 'vitest'
import { localDate } from '../../../core/kernel/local-date.ts'
import type { FecLine } from '../../../formats/ledger/fec/record.ts'
import { fecDrafts } from './fec-drafts.ts'
import { yearOfFec } from './fec-import.ts'

const year = (from: string, to: string, closingOn: string | null = null) => {
  const dates = yearOfFec({ from: localDate(from), to: localDate(to), closingOn: closingOn === null ? null : localDate(closingOn) })
  return dates && [dates.startsOn, dates.endsOn]
}

test('the year of a file closes on the day of its name when the entries agree, and lasts twelve months or from its first entry', () => {
  expect(year('2019-04-01', '2020-03-31', '2020-03-31')).toEqual(['2019-04-01', '2020-03-31'])
  expect(year('2019-04-05', '2019-12-03', '2020-03-31')).toEqual(['2019-04-01', '2020-03-31'])
  expect(year('2018-11-12', '2020-03-31', '2020-03-31')).toEqual(['2018-11-01', '2020-03-31'])
})

test('without a name, or with one the entries contradict, it is the calendar year, or ends with the month of the last entry', () => {
  expect(year('2023-01-01', '2023-07-31', '2022-12-31')).toEqual(['2023-01-01', '2023-12-31'])
  expect(year('2020-01-09', '2020-08-17')).toEqual(['2020-01-01', '2020-12-31'])
  expect(year('2019-10-02', '2020-08-17')).toEqual(['2019-09-01', '2020-08-31'])
  expect(year('2020-01-09', '2020-08-17', '2050-12-31')).toEqual(['2020-01-01', '2020-12-31'])
})

const line = (fields: Partial<FecLine>): FecLine => ({
  line: 2, journalCode: 'OD', journalLib: 'Divers', ecritureNum: '1', ecritureDate: localDate('2026-01-05'), compteNum: '471000', compteLib: 'Attente', compAuxNum: '', compAuxLib: '',
  pieceRef: 'P', pieceDate: localDate('2026-01-05'), ecritureLib: 'Ligne', debit: 0n, credit: 0n, ecritureLet: '', dateLet: null, validDate: null, montantDevise: '', idevise: '',
  dateRglt: null, modeRglt: '', natOp: '', idClient: '', ...fields,
})

test('lines of several days under one number make an entry a day when each balances, and stay together otherwise', () => {
  const [first, second] = [localDate('2026-01-05'), localDate('2026-01-06')]
  const balanced = [line({ debit: 5n }), line({ credit: 5n }), line({ debit: 7n, ecritureDate: second }), line({ credit: 7n, ecritureDate: second })]
  expect(fecDrafts(balanced).drafts.map((draft) => [draft.date, draft.lines.length])).toEqual([[first, 2], [second, 2]])
  const across = [line({ debit: 5n }), line({ credit: 5n, ecritureDate: second, pieceRef: 'Q' })]
  expect(fecDrafts(across).drafts.map((draft) => draft.lines.map(({ imported }) => [imported?.date, imported?.pieceRef]))).toEqual([[[null, null], [second, 'Q']]])
})

test('lines without a journal go to one of their own, and what has no place is named', () => {
  const { journals, drafts, nextNumber } = fecDrafts([line({ journalCode: '', journalLib: '', ecritureNum: '0041', debit: 5n }), line({ journalCode: '', journalLib: '', ecritureNum: '0041', credit: 5n })])
  expect([journals, drafts[0]!.journal, nextNumber]).toEqual([[{ code: 'IMP', label: 'IMP', imported: true }], 'IMP', 42])
  const { problems, drafts: none } = fecDrafts([line({ ecritureDate: null, line: 4 }), line({ compteNum: 'TVA', line: 5 })])
  expect([problems.map(({ code, where }) => [code, where.line, where.field]), none]).toEqual([[['FEC_IMPORT_DATE', 4, 'EcritureDate'], ['FEC_IMPORT_ACCOUNT', 5, 'CompteNum']], []])
})
