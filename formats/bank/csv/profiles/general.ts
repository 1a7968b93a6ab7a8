import type { CsvProfile } from '../../../../core/bank/mapping.ts'

/** Profiles that say one thing that a file left open, whatever its bank. */
export const GENERAL: readonly CsvProfile[] = [
  { name: 'day-first', title: { fr: 'Dates jour/mois/année', en: 'Dates written day/month/year' }, dateOrder: 'day-first' },
  { name: 'month-first', title: { fr: 'Dates mois/jour/année', en: 'Dates written month/day/year' }, dateOrder: 'month-first' },
  { name: 'card', title: { fr: 'Relevé de carte : un montant positif est un achat', en: 'Card statement: a positive amount is a purchase' }, reading: 'inverted' },
  { name: 'card-month-first', title: { fr: 'Relevé de carte, dates mois/jour/année', en: 'Card statement, dates written month/day/year' }, reading: 'inverted', dateOrder: 'month-first' },
  { name: 'unsigned-out', title: { fr: 'Montants sans signe, tous des sorties', en: 'Unsigned amounts, all going out' }, reading: 'outgoing' },
  { name: 'debit-in', title: { fr: 'Le débit entre, le crédit sort (vu de l\'entreprise)', en: 'Debit comes in, credit goes out (seen from the company)' }, reading: 'swapped' },
]
