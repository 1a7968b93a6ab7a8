import type { CsvProfile } from '../../../../core/bank/mapping.ts'

export const PLAID: readonly CsvProfile[] = [
  {
    name: 'plaid', title: { fr: 'Plaid, opérations exportées en CSV', en: 'Plaid, transactions exported as CSV' },
    source: 'Fields of the Transactions API (plaid.com/docs/api/products/transactions): an amount is positive when money leaves the account; pending is true until the transaction posts.',
    headers: ['transaction_id', 'account_id', 'date', 'name', 'amount'],
    columns: {
      booked: 'date', started: 'authorized_date', amount: 'amount', account: 'account_id', currency: ['iso_currency_code', 'currency'], bankId: 'transaction_id', name: 'merchant_name', status: 'pending', label: ['name'],
      sign: null, fee: null, balance: null,
    },
    decimalMark: '.', reading: 'inverted', statuses: { pending: ['true', '1', 'yes'] },
  },
]
