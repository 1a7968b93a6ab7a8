import type { CsvProfile } from '../../../../core/bank/mapping.ts'

export const BNP_PARIBAS: readonly CsvProfile[] = [
  {
    name: 'bnp-paribas', title: { fr: 'BNP Paribas', en: 'BNP Paribas' },
    source: 'Title row and account line quoted by public importers of the bank\'s export (BrunBrun24/InsightBank and tests of budget tools): one line about the account above, signed amounts in euros.',
    headers: ['Date operation', 'Libelle court', 'Type operation', 'Libelle operation', 'Montant operation en euro'],
    columns: { booked: 'Date operation', amount: 'Montant operation en euro', label: ['Libelle operation'], sign: null },
    dateOrder: 'day-first', decimalMark: ',', reading: 'signed', currency: 'EUR',
  },
]
