import type { CsvProfile } from '../../../../core/bank/mapping.ts'

const SOURCE = 'Title rows quoted by public importers of Chase exports (beangulp and CSV-to-ledger tools): current accounts and cards; withdrawals and purchases are negative, dates month first.'

export const CHASE: readonly CsvProfile[] = [
  {
    name: 'chase', title: { fr: 'Chase, compte courant', en: 'Chase, current account' }, source: SOURCE,
    headers: ['Details', 'Posting Date', 'Description', 'Amount', 'Type', 'Balance'],
    columns: { booked: 'Posting Date', amount: 'Amount', balance: 'Balance', reference: 'Check or Slip #', label: ['Description'], sign: null },
    dateOrder: 'month-first', decimalMark: '.', reading: 'signed', currency: 'USD',
  },
  {
    name: 'chase-card', title: { fr: 'Chase, carte de crédit', en: 'Chase, credit card' }, source: SOURCE,
    headers: ['Transaction Date', 'Post Date', 'Description', 'Category', 'Type', 'Amount'],
    columns: { booked: 'Post Date', started: 'Transaction Date', amount: 'Amount', label: ['Description', 'Memo'], sign: null },
    dateOrder: 'month-first', decimalMark: '.', reading: 'signed', currency: 'USD',
  },
]
