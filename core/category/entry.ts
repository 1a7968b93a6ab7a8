import { assert } from '../kernel/assert.ts'
import type { BasisPoints } from '../kernel/rate.ts'
import { divide } from '../kernel/rounding.ts'
import { vatDeductibleAccount, vatDueAccount } from '../invoice/accounts.ts'

/** A part of a bank line and what it is for; the amount is signed minor units, TVA included. `rate` is undefined without TVA. */
export type EntryPart = { readonly account: string; readonly amount: bigint; readonly rate: BasisPoints | undefined; readonly deductible: number }

/** The part cut in two, which sum to it exactly. `vatAccount` is null when no TVA is told apart. */
export type CutPart = { readonly account: string; readonly net: bigint; readonly vat: bigint; readonly vatAccount: string | null }

/**
 * Takes the TVA out of an amount that includes it: amount x rate / (1 + rate), rounded half up once; the rest is the net, so that the
 * two always sum to the amount. Of the TVA of a purchase only `deductible` percent is told apart, rounded half up once as well; what
 * cannot be deducted is part of the cost (CGI ann. II art. 206). Class 7 accounts collect TVA; classes 2 and 6 deduct it.
 */
export function cutVat(part: EntryPart): CutPart {
  const { account, amount, rate } = part
  assert(part.deductible >= 0 && part.deductible <= 100, `percent out of 0..100: ${part.deductible}`)
  const isSale = account.startsWith('7')
  const isPurchase = /^[26]/.test(account)
  if (rate === undefined || rate === 0 || (!isSale && !isPurchase)) return { account, net: amount, vat: 0n, vatAccount: null }
  const inside = divide(amount * BigInt(rate), 10_000n + BigInt(rate), 'half-up')
  const vat = isSale ? inside : divide(inside * BigInt(part.deductible), 100n, 'half-up')
  if (vat === 0n) return { account, net: amount, vat: 0n, vatAccount: null }
  return { account, net: amount - vat, vat, vatAccount: isSale ? vatDueAccount(rate) : vatDeductibleAccount(rate, { isAsset: account.startsWith('2') }) }
}

/** The accounts a line goes to with the signed amount of each, in the order of its parts: the net, then the TVA. They sum to the line. */
export function partsToPost(parts: readonly EntryPart[]): { readonly account: string; readonly amount: bigint }[] {
  const amounts = new Map<string, bigint>()
  for (const { account, net, vat, vatAccount } of parts.map(cutVat)) {
    amounts.set(account, (amounts.get(account) ?? 0n) + net)
    if (vatAccount !== null) amounts.set(vatAccount, (amounts.get(vatAccount) ?? 0n) + vat)
  }
  return [...amounts].filter(([, amount]) => amount !== 0n).map(([account, amount]) => ({ account, amount }))
}

/** Whether a line cannot be put on this account alone: customers and suppliers are settled by their invoices, banks have lines of their own. */
export function needsInvoice(account: string): boolean {
  return /^(40|411|471|512)/.test(account)
}
