import type { CsvProfile } from '../../../../core/bank/mapping.ts'

export const CAISSE_EPARGNE: readonly CsvProfile[] = [
  {
    name: 'caisse-epargne', title: { fr: 'Caisse d\'Épargne et Banque Populaire', en: 'Caisse d\'Épargne and Banque Populaire' },
    source: 'Title row quoted by public importers of both banks\' export: booking, operation and value dates, a debit column with negative amounts and a credit column.',
    headers: ['Date de comptabilisation', 'Libelle simplifie', 'Libelle operation', 'Debit', 'Credit'],
    columns: {
      booked: 'Date de comptabilisation', started: 'Date operation', value: 'Date de valeur', debit: 'Debit', credit: 'Credit', reference: 'Reference',
      label: ['Libelle operation', 'Informations complementaires', 'Type operation'], sign: null, status: null,
    },
    dateOrder: 'day-first', decimalMark: ',', currency: 'EUR',
  },
]
