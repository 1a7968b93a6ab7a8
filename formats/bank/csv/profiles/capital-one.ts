import type { CsvProfile } from '../../../../core/bank/mapping.ts'

const SOURCE = 'Title rows quoted by public importers of Capital One exports: a card has a debit and a credit column without signs; a deposit account has unsigned amounts with Debit or Credit beside them.'

export const CAPITAL_ONE: readonly CsvProfile[] = [
  {
    name: 'capital-one', title: { fr: 'Capital One, carte de crédit', en: 'Capital One, credit card' }, source: SOURCE,
    headers: ['Transaction Date', 'Posted Date', 'Card No.', 'Description', 'Category', 'Debit', 'Credit'],
    columns: { booked: 'Posted Date', started: 'Transaction Date', debit: 'Debit', credit: 'Credit', label: ['Description'], sign: null },
    dateOrder: 'month-first', decimalMark: '.', reading: 'usual', currency: 'USD',
  },
  {
    name: 'capital-one-360', title: { fr: 'Capital One 360, compte de dépôt', en: 'Capital One 360, deposit account' }, source: SOURCE,
    headers: ['Account Number', 'Transaction Description', 'Transaction Date', 'Transaction Type', 'Transaction Amount', 'Balance'],
    columns: { booked: 'Transaction Date', amount: 'Transaction Amount', sign: 'Transaction Type', balance: 'Balance', account: 'Account Number', label: ['Transaction Description'] },
    dateOrder: 'month-first', decimalMark: '.', reading: 'flagged', flags: { in: ['Credit'], out: ['Debit'] }, currency: 'USD',
  },
]
