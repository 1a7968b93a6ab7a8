/** What an account is for. `provider` holds money at a payment provider until it pays out. */
export const ACCOUNT_TYPES = ['current', 'savings', 'card', 'loan', 'cash', 'provider'] as const
export type BankAccountType = (typeof ACCOUNT_TYPES)[number]

/** Where accounts of a type stand in the chart, and the words before their name there. */
type Place = { readonly root: string; readonly label: string; readonly manual: boolean }

/**
 * The root of the chart each type is numbered under (PCG 2026, ANC regulation 2014-03, articles 941 to 945).
 * - current, savings, card: 512 Banques. A card account with deferred debit is a current account of the bank with another date of
 *   payment: its balance is owed to or by the same bank, and 512 is debit or credit.
 * - loan: 164 Emprunts auprès des établissements de crédit.
 * - cash: 53 Caisse.
 * - provider: 517 Autres organismes financiers. Money at a payment institution is the company's own, held by a financial body that
 *   is no bank: neither 511 (cheques and effects handed in, on their way) nor 467 (a claim on a third party) says that.
 */
const PLACES: Readonly<Record<BankAccountType, Place>> = {
  current: { root: '512', label: 'Banque', manual: false }, savings: { root: '512', label: 'Banque', manual: false }, card: { root: '512', label: 'Carte', manual: false },
  loan: { root: '164', label: 'Emprunt', manual: false }, cash: { root: '530', label: 'Caisse', manual: true }, provider: { root: '517', label: 'Prestataire de paiement', manual: false },
}

/** Where an account of this type stands in the chart; `manual` when its lines are written by hand unless told otherwise. */
export function placeOf(type: BankAccountType): Place {
  return PLACES[type]
}

/** Whether what the account holds is cash of the company: a loan is a debt. */
export function isCash(type: BankAccountType): boolean {
  return type !== 'loan'
}
