import type { CsvProfile } from '../../../../core/bank/mapping.ts'

const SOURCE = 'Title rows quoted by public importers of Revolut exports in English, in French and for businesses: the fee has its own column and is taken besides the amount; the balance follows completed rows only.'
const STATUSES = { pending: ['PENDING', 'EN ATTENTE'], cancelled: ['REVERTED', 'DECLINED', 'FAILED', 'ANNULÉ', 'REFUSÉ', 'ÉCHOUÉ'] }

export const REVOLUT: readonly CsvProfile[] = [
  {
    name: 'revolut', title: { fr: 'Revolut (titres anglais)', en: 'Revolut (English titles)' }, source: SOURCE,
    headers: ['Type', 'Product', 'Started Date', 'Completed Date', 'Description', 'Amount', 'Fee', 'Currency', 'State'],
    columns: {
      booked: 'Completed Date', started: 'Started Date', amount: 'Amount', fee: 'Fee', currency: 'Currency', status: 'State', balance: 'Balance', account: 'Product', label: ['Type', 'Description'], sign: null,
    },
    decimalMark: '.', reading: 'less-fee', statuses: STATUSES,
  },
  {
    name: 'revolut-fr', title: { fr: 'Revolut (titres français)', en: 'Revolut (French titles)' }, source: SOURCE,
    headers: ['Type', 'Produit', 'Date de début', 'Date de fin', 'Description', 'Montant', 'Frais', 'Devise', 'État'],
    columns: {
      booked: 'Date de fin', started: 'Date de début', amount: 'Montant', fee: 'Frais', currency: 'Devise', status: 'État', balance: 'Solde', account: 'Produit', label: ['Type', 'Description'], sign: null,
    },
    reading: 'less-fee', statuses: STATUSES,
  },
  {
    name: 'revolut-business', title: { fr: 'Revolut Business', en: 'Revolut Business' }, source: SOURCE,
    headers: ['Date started (UTC)', 'Date completed (UTC)', 'ID', 'Type', 'Description', 'Amount'],
    columns: {
      booked: 'Date completed (UTC)', started: 'Date started (UTC)', amount: 'Amount', fee: 'Fee', currency: ['Payment currency', 'Currency'], status: 'State', balance: 'Balance', account: 'Account', bankId: 'ID',
      name: 'Payer', iban: ['Beneficiary IBAN', 'International account number'], reference: 'Reference', label: ['Type', 'Description', 'Reference'], sign: null,
    },
    decimalMark: '.', reading: 'less-fee', statuses: STATUSES,
  },
]
