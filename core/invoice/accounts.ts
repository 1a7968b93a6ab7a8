import type { BasisPoints } from '../kernel/rate.ts'
import type { Nature } from './totals.ts'

/** When TVA on services becomes due: at payment (the rule) or at invoicing (the option "débits"). CGI art. 269-2 c. */
export type VatDueOn = 'receipts' | 'debits'

export const CUSTOMERS_ACCOUNT = '411000'

/** Last digit of the TVA accounts by rate, so that the return reads each rate from the ledger. */
const RATE_DIGIT: Readonly<Record<number, string>> = { 2000: '1', 1000: '2', 550: '3', 210: '4', 850: '5', 1300: '6' }

/** Account of a sale before tax: services 706, goods 707. */
export function revenueAccount(nature: Nature): string {
  return nature === 'services' ? '706000' : '707000'
}

/** TVA that is due: 44571 and the rate's digit (9 for any other rate). */
export function vatDueAccount(rate: BasisPoints): string {
  return `44571${RATE_DIGIT[rate] ?? '9'}`
}

/** TVA that can be deducted: 44566 and the rate's digit (44562 for a fixed asset). */
export function vatDeductibleAccount(rate: BasisPoints, { isAsset }: { readonly isAsset: boolean }): string {
  return `${isAsset ? '44562' : '44566'}${RATE_DIGIT[rate] ?? '9'}`
}

/** TVA on services that waits for the payment: 44574 and the rate's digit. */
export function vatWaitingAccount(rate: BasisPoints): string {
  return `44574${RATE_DIGIT[rate] ?? '9'}`
}

/** Only services wait, and only without the option for débits. */
export function vatWaits(nature: Nature, dueOn: VatDueOn): boolean {
  return nature === 'services' && dueOn === 'receipts'
}
