import type { CsvProfile } from '../../../../core/bank/mapping.ts'

const SOURCE = 'Title row and sample quoted by public importers of the bank\'s export: month first without leading zeros, one signed column in Canadian and one in American dollars.'
const HEADERS = ['Account Type', 'Account Number', 'Transaction Date', 'Cheque Number', 'Description 1', 'Description 2', 'CAD$']
const COLUMNS = { booked: 'Transaction Date', account: 'Account Number', reference: 'Cheque Number', label: ['Description 1', 'Description 2'], sign: null, currency: null } as const

export const RBC: readonly CsvProfile[] = [
  {
    name: 'rbc', title: { fr: 'RBC, opérations en dollars canadiens', en: 'RBC, movements in Canadian dollars' }, source: SOURCE,
    headers: HEADERS, columns: { ...COLUMNS, amount: 'CAD$' }, dateOrder: 'month-first', decimalMark: '.', reading: 'signed', currency: 'CAD',
  },
  {
    name: 'rbc-usd', title: { fr: 'RBC, opérations en dollars américains', en: 'RBC, movements in American dollars' }, source: SOURCE,
    columns: { ...COLUMNS, amount: 'USD$' }, dateOrder: 'month-first', decimalMark: '.', reading: 'signed', currency: 'USD',
  },
]
