import type { DateOrder } from './dates.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import type { Reading } from './signs.ts'

/** What a file of this kind means where the file itself does not tell. A profile overrides evidence: it is chosen by the user. */
export type CsvProfile = { readonly name: string; readonly title: Text; readonly dateOrder?: DateOrder; readonly reading?: Reading }

/** Named profiles, one line each. A layout that its own evidence settles needs none. */
export const CSV_PROFILES: readonly CsvProfile[] = [
  { name: 'day-first', title: { fr: 'Dates jour/mois/année', en: 'Dates written day/month/year' }, dateOrder: 'day-first' },
  { name: 'month-first', title: { fr: 'Dates mois/jour/année', en: 'Dates written month/day/year' }, dateOrder: 'month-first' },
  { name: 'card', title: { fr: 'Relevé de carte : un montant positif est un achat', en: 'Card statement: a positive amount is a purchase' }, reading: 'inverted' },
  { name: 'card-month-first', title: { fr: 'Relevé de carte, dates mois/jour/année', en: 'Card statement, dates written month/day/year' }, reading: 'inverted', dateOrder: 'month-first' },
  { name: 'unsigned-out', title: { fr: 'Montants sans signe, tous des sorties', en: 'Unsigned amounts, all going out' }, reading: 'outgoing' },
  { name: 'debit-in', title: { fr: 'Le débit entre, le crédit sort (vu de l\'entreprise)', en: 'Debit comes in, credit goes out (seen from the company)' }, reading: 'swapped' },
]

/** A profile by its name. */
export function profileNamed(name: string | undefined): CsvProfile | undefined {
  return CSV_PROFILES.find((profile) => profile.name === name)
}
