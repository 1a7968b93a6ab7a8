import type { CsvProfile } from '../../../../core/bank/mapping.ts'

export const QONTO: readonly CsvProfile[] = [
  {
    name: 'qonto', title: { fr: 'Qonto', en: 'Qonto' },
    source: 'Titles of the simple and full exports as public importers list them: signed total amount, one status per row.',
    headers: ['Total amount (incl. VAT)', 'Counterparty name'],
    columns: {
      booked: ['Settlement date (local)', 'Settlement date (UTC)'], started: ['Operation date (local)', 'Operation date (UTC)', 'Emitted date'], value: 'Value date', amount: 'Total amount (incl. VAT)', currency: 'Currency',
      name: 'Counterparty name', iban: 'Counterparty IBAN', reference: 'Reference', bankId: 'Transaction ID', status: 'Status', label: ['Reference', 'Payment method', 'Note'],
      debit: null, credit: null, sign: null, fee: null,
    },
    reading: 'signed', statuses: { pending: ['pending', 'processing'], cancelled: ['declined', 'canceled', 'cancelled', 'reversed'] },
  },
  {
    name: 'qonto-fr', title: { fr: 'Qonto (titres français)', en: 'Qonto (French titles)' },
    source: 'Titles quoted by public importers of the French export: status, value date, signed amount with taxes, balance, account and its IBAN.',
    headers: ['Montant total (TTC)', 'Statut'],
    columns: {
      booked: ['Date de la valeur (local)', 'Date de la valeur (UTC)'], started: ['Date de l\'opération (local)', 'Date de l\'opération (UTC)'], amount: 'Montant total (TTC)', balance: 'Solde', currency: 'Devise',
      account: 'IBAN du compte', name: 'Nom de la contrepartie', reference: 'Référence', status: 'Statut', label: ['Référence', 'Méthode de paiement', 'Note'], debit: null, credit: null, sign: null, fee: null,
    },
    reading: 'signed', statuses: { pending: ['En attente', 'En cours'], cancelled: ['Refusé', 'Annulé'] },
  },
]
