import type { CsvProfile } from '../../../../core/bank/mapping.ts'

const SOURCE = 'Title rows quoted by public importers of N26 exports (a beangulp importer and several converters), before and after 2023: signed amounts in euros with a dot, dates year first.'

export const N26: readonly CsvProfile[] = [
  {
    name: 'n26', title: { fr: 'N26', en: 'N26' }, source: SOURCE,
    headers: ['Booking Date', 'Value Date', 'Partner Name', 'Partner Iban', 'Payment Reference', 'Amount (EUR)'],
    columns: {
      booked: 'Booking Date', value: 'Value Date', amount: 'Amount (EUR)', account: 'Account Name', name: 'Partner Name', iban: 'Partner Iban', label: ['Type', 'Payment Reference'],
      reference: null, currency: null, sign: null,
    },
    decimalMark: '.', reading: 'signed', currency: 'EUR',
  },
  {
    name: 'n26-before-2023', title: { fr: 'N26, export d\'avant 2023', en: 'N26, export from before 2023' }, source: SOURCE,
    headers: ['Date', 'Payee', 'Account number', 'Transaction type', 'Payment reference', 'Amount (EUR)'],
    columns: {
      booked: 'Date', amount: 'Amount (EUR)', name: 'Payee', iban: 'Account number', label: ['Transaction type', 'Payment reference'],
      account: null, reference: null, currency: null, sign: null,
    },
    decimalMark: '.', reading: 'signed', currency: 'EUR',
  },
]
