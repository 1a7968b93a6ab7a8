import type { CsvProfile } from '../../../../core/bank/mapping.ts'

export const CREDIT_AGRICOLE: readonly CsvProfile[] = [
  {
    name: 'credit-agricole', title: { fr: 'Crédit Agricole', en: 'Crédit Agricole' },
    source: 'Title row described by public importers of the bank\'s export: about ten lines above, labels on several lines, unsigned amounts in two columns.',
    headers: ['Date', 'Libellé', 'Débit euros', 'Crédit euros'],
    columns: { booked: 'Date', debit: 'Débit euros', credit: 'Crédit euros', label: ['Libellé'], sign: null },
    dateOrder: 'day-first', decimalMark: ',', currency: 'EUR',
  },
]
