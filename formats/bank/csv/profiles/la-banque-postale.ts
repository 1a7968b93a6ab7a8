import type { CsvProfile } from '../../../../core/bank/mapping.ts'

export const LA_BANQUE_POSTALE: readonly CsvProfile[] = [
  {
    name: 'la-banque-postale', title: { fr: 'La Banque Postale', en: 'La Banque Postale' },
    source: 'Public description of the bank\'s export in YAML by an importer of statements: account, type, currency, date and balances above the table, the amount in euros and formerly in francs.',
    headers: ['Date', 'Libellé', 'Montant(EUROS)'],
    columns: { booked: 'Date', amount: 'Montant(EUROS)', label: ['Libellé'], sign: null },
    dateOrder: 'day-first', decimalMark: ',', reading: 'signed', currency: 'EUR',
  },
]
