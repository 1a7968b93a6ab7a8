import type { CsvProfile } from '../../../../core/bank/mapping.ts'

export const WISE: readonly CsvProfile[] = [
  {
    name: 'wise', title: { fr: 'Wise', en: 'Wise' },
    source: 'Title row quoted by public importers of Wise statements: signed amounts, one currency per balance, dates day-month-year, the balance after each row.',
    headers: ['TransferWise ID', 'Date', 'Amount', 'Currency', 'Description', 'Running Balance'],
    columns: {
      booked: 'Date', amount: 'Amount', currency: 'Currency', balance: 'Running Balance', bankId: 'TransferWise ID', reference: 'Payment Reference', name: 'Payee Name', iban: 'Payee Account Number', label: ['Description'],
      account: null, sign: null, fee: null, status: null,
    },
    dateOrder: 'day-first', decimalMark: '.', reading: 'signed',
  },
]
