import type { CsvProfile } from '../../../../core/bank/mapping.ts'

const SOURCE = 'Title rows in English and in French listed by public importers of PayPal reports (an Odoo module among them): gross, fee as a negative number, and net; rows whose balance impact is Memo move no money.'
const IGNORED = [{ column: ['Balance Impact', 'Impact sur le solde'], startsWith: ['Memo', 'Mémo'] }]

export const PAYPAL: readonly CsvProfile[] = [
  {
    name: 'paypal', title: { fr: 'PayPal (titres anglais)', en: 'PayPal (English titles)' }, source: SOURCE,
    headers: ['Date', 'Time', 'TimeZone', 'Currency', 'Gross', 'Fee', 'Net'],
    columns: {
      booked: 'Date', amount: 'Net', fee: 'Fee', currency: 'Currency', balance: 'Balance', status: 'Status', name: 'Name', bankId: 'Transaction ID', reference: ['Invoice Number', 'Reference Txn ID'],
      label: ['Type', 'Description', 'Item Title', 'Subject', 'Note'], started: null, account: null, sign: null,
    },
    reading: 'signed', feeSign: 'negative', ignore: IGNORED,
  },
  {
    name: 'paypal-fr', title: { fr: 'PayPal (titres français)', en: 'PayPal (French titles)' }, source: SOURCE,
    headers: ['Date', 'Heure', 'Fuseau horaire', 'Devise', 'Avant commission', 'Commission', 'Net'],
    columns: {
      booked: 'Date', amount: 'Net', fee: 'Commission', currency: 'Devise', balance: 'Solde', status: 'État', name: 'Nom', bankId: 'Numéro de transaction', label: ['Type', 'Description', 'Titre de l\'objet', 'Objet', 'Remarque'],
      reference: ['Numéro de facture', 'Nº de facture'], started: null, account: null, sign: null,
    },
    reading: 'signed', feeSign: 'negative', ignore: IGNORED,
  },
]
