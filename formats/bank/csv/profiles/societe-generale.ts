import type { CsvProfile } from '../../../../core/bank/mapping.ts'

export const SOCIETE_GENERALE: readonly CsvProfile[] = [
  {
    name: 'societe-generale', title: { fr: 'Société Générale', en: 'Société Générale' },
    source: 'Title row quoted by public importers of the bank\'s export (AiroPi/moneymanager among others): account, period, number of lines and balance on the first line; the detail repeats the label.',
    headers: ['Date de l\'opération', 'Libellé', 'Détail de l\'écriture', 'Montant de l\'opération', 'Devise'],
    columns: { booked: 'Date de l\'opération', amount: 'Montant de l\'opération', currency: 'Devise', label: ['Libellé', 'Détail de l\'écriture'], sign: null },
    dateOrder: 'day-first', decimalMark: ',', reading: 'signed',
  },
]
