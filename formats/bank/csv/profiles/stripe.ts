import type { CsvProfile } from '../../../../core/bank/mapping.ts'

export const STRIPE: readonly CsvProfile[] = [
  {
    name: 'stripe', title: { fr: 'Stripe, rapprochement des versements', en: 'Stripe, payout reconciliation' },
    source: 'Columns of the itemised payout reconciliation report (docs.stripe.com/reports): net = gross - fee, one row per balance transaction; the payout itself is a row that goes out.',
    headers: ['balance_transaction_id', 'currency', 'gross', 'fee', 'net'],
    columns: {
      booked: ['created', 'created_utc', 'effective_at', 'effective_at_utc', 'automatic_payout_effective_at', 'automatic_payout_effective_at_utc'], value: ['available_on', 'available_on_utc'],
      amount: 'net', fee: 'fee', currency: 'currency', bankId: 'balance_transaction_id', name: 'customer_name', reference: ['invoice_number', 'invoice_id', 'automatic_payout_id'], label: ['reporting_category', 'description'],
      account: null, sign: null, balance: null, status: null, started: null,
    },
    decimalMark: '.', reading: 'signed', feeSign: 'positive',
  },
  {
    name: 'stripe-balance', title: { fr: 'Stripe, historique du solde', en: 'Stripe, balance history' },
    source: 'Title row of the balance history export as public importers of Stripe quote it: amount before the fee, fee as a positive number, net.',
    headers: ['id', 'Type', 'Source', 'Amount', 'Fee', 'Net', 'Currency', 'Created (UTC)', 'Available On (UTC)'],
    columns: {
      booked: 'Created (UTC)', value: 'Available On (UTC)', amount: 'Net', fee: 'Fee', currency: 'Currency', bankId: 'id', label: ['Type', 'Description'],
      account: null, sign: null, balance: null, status: null, started: null, reference: null,
    },
    decimalMark: '.', reading: 'signed', feeSign: 'positive',
  },
]
