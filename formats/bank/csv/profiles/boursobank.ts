import type { CsvProfile } from '../../../../core/bank/mapping.ts'

export const BOURSOBANK: readonly CsvProfile[] = [
  {
    name: 'boursobank', title: { fr: 'BoursoBank (Boursorama)', en: 'BoursoBank (Boursorama)' },
    source: 'Title row quoted by public importers of the bank\'s export: signed amounts with a comma, one account number per row, the balance of the account beside it.',
    headers: ['dateOp', 'dateVal', 'label', 'category', 'amount'],
    columns: { booked: 'dateOp', value: 'dateVal', amount: 'amount', account: 'accountNum', balance: 'accountbalance', name: 'supplierFound', label: ['label', 'comment'], sign: null },
    dateOrder: 'day-first', reading: 'signed', currency: 'EUR',
  },
]
