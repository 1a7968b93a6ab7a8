import type { CsvProfile } from '../../../../core/bank/mapping.ts'

export const FORTUNEO: readonly CsvProfile[] = [
  {
    name: 'fortuneo', title: { fr: 'Fortuneo', en: 'Fortuneo' },
    source: 'Title row quoted by public importers of the bank\'s export (a Haskell and a C# importer, a Swift test): two columns, debits being negative.',
    headers: ['Date opération', 'Date valeur', 'libellé', 'Débit', 'Crédit'],
    columns: { booked: 'Date opération', value: 'Date valeur', debit: 'Débit', credit: 'Crédit', label: ['libellé'], sign: null },
    dateOrder: 'day-first', decimalMark: ',',
  },
]
