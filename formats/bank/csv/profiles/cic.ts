import type { CsvProfile } from '../../../../core/bank/mapping.ts'

const SOURCE = 'Title rows quoted by public importers of the bank\'s export: one or two amount columns, and the balance after each row.'

export const CIC: readonly CsvProfile[] = [
  {
    name: 'cic', title: { fr: 'CIC et Crédit Mutuel', en: 'CIC and Crédit Mutuel' }, source: SOURCE,
    headers: ['Date', 'Date de valeur', 'Débit', 'Crédit', 'Libellé', 'Solde'],
    columns: { booked: 'Date', value: 'Date de valeur', debit: 'Débit', credit: 'Crédit', balance: 'Solde', label: ['Libellé'], sign: null },
    dateOrder: 'day-first', decimalMark: ',',
  },
  {
    name: 'cic-amount', title: { fr: 'CIC et Crédit Mutuel, montant en une colonne', en: 'CIC and Crédit Mutuel, amounts in one column' }, source: SOURCE,
    headers: ['Date', 'Date de valeur', 'Montant', 'Libellé', 'Solde'],
    columns: { booked: 'Date', value: 'Date de valeur', amount: 'Montant', balance: 'Solde', label: ['Libellé'], sign: null },
    dateOrder: 'day-first', decimalMark: ',', reading: 'signed',
  },
]
