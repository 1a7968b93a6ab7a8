import type { InvoiceSummary } from '../../../contract/invoicing.ts'
import type { Proposal } from '../../../contract/reconciliation.ts'
import { ACCOUNT } from '../../../core/ledger/accounts.ts'
import { currency as currencyOf } from '../../../core/kernel/currency.ts'
import { absolute, formatAmount, sum } from '../../../core/kernel/money.ts'
import { minorOf } from '../../lib/amounts.ts'
import type { Choice } from './choice.ts'

/** An invoice taken by hand, and the amount as it is typed: null while it cannot be read, '' when empty. */
export type HandPart = { readonly invoiceId: string; readonly number: string; readonly customerName: string; readonly dueOn: string | null; readonly open: string; readonly amount: string | null }
/** `account` is where the difference goes, '' leaving it to treat; without any invoice it is where the whole line goes. */
export type Hand = { readonly parts: readonly HandPart[]; readonly account: string }

/** A difference up to this much is taken for a rounding when someone must choose; one euro, in minor units of the currency. */
const ROUNDING_MAX = 100n

export const LESS_RECEIVED = [ACCOUNT.bankFees, ACCOUNT.discountsGranted, ACCOUNT.sundryCharges] as const
export const MORE_RECEIVED = [ACCOUNT.sundryIncome] as const

/** Starts from the proposal on screen, so that only what is wrong in it is typed again. */
export function startHand(proposal: Proposal | undefined): Hand {
  const posted = proposal?.residual && proposal.residual.kind !== 'overpayment' ? proposal.residual.account : ''
  return {
    account: posted,
    parts: proposal?.allocations.map((part) => ({ invoiceId: part.invoiceId, number: part.number, customerName: part.customerName, dueOn: part.dueOn, open: part.open.amount, amount: part.amount.amount })) ?? [],
  }
}

/** Takes an invoice for what it owes, or for what is left of the line when that is less and of the same sign. */
export function addPart(hand: Hand, invoice: InvoiceSummary, left: { readonly amount: string; readonly currency: string }): Hand {
  if (hand.parts.some(({ invoiceId }) => invoiceId === invoice.id)) return hand
  const { currency } = left
  const remaining = handState(hand, left).remaining
  const open = minorOf(invoice.open.amount, currency)
  const takesAll = remaining > 0n !== open > 0n || remaining === 0n || absolute(open) <= absolute(remaining)
  const part: HandPart = {
    invoiceId: invoice.id, number: invoice.number ?? '', customerName: invoice.customer.name, dueOn: invoice.dueOn, open: invoice.open.amount,
    amount: formatAmount(takesAll ? open : remaining, currencyOf(currency)),
  }
  return { ...hand, parts: [...hand.parts, part] }
}

export type PartFault = 'missing' | 'unreadable' | 'too_much' | 'wrong_sign'
export function faultOf({ amount, open }: HandPart, currency: string): PartFault | undefined {
  if (amount === null) return 'unreadable'
  const minor = amount === '' ? 0n : minorOf(amount, currency)
  const owed = minorOf(open, currency)
  if (minor === 0n) return 'missing'
  if (minor > 0n !== owed > 0n) return 'wrong_sign'
  return absolute(minor) > absolute(owed) ? 'too_much' : undefined
}

export type HandState = {
  /** Of the line, once the amounts typed are taken off; negative when they are more than the line. Signed as the line. */
  readonly remaining: bigint
  /** Where the difference may go; '' (left to treat) only when it is a part of the line. */
  readonly accounts: readonly string[]
  readonly account: string | undefined
  /** What would be sent, once nothing is missing. */
  readonly choice: Choice | undefined
}

/** What is left of the line, where it may go, and whether the whole can be accepted. `left` is what the line has to treat. */
export function handState(hand: Hand, left: { readonly amount: string; readonly currency: string }): HandState {
  const { currency } = left
  const total = minorOf(left.amount, currency)
  const amounts = hand.parts.map(({ amount }) => (amount ? minorOf(amount, currency) : 0n))
  const remaining = total - sum(amounts)
  const accounts = accountsFor(remaining, total)
  const account = accounts.includes(hand.account) ? hand.account : defaultAccount(accounts, remaining)
  const isWhole = hand.parts.length > 0 && hand.parts.every((part) => faultOf(part, currency) === undefined)
  const residual = remaining !== 0n && account ? { account, amount: remaining } : null
  const choice: Choice = { residual, parts: hand.parts.map(({ invoiceId, number, customerName }, index) => ({ invoiceId, number, customerName, amount: amounts[index]! })) }
  if (hand.parts.length === 0) return { remaining, accounts, account: undefined, choice: canBeImputed(hand.account) ? { parts: [], residual: { account: hand.account, amount: total } } : undefined }
  const explained = remaining === 0n || account !== undefined
  // What is explained goes the way of the line: a line is never treated backwards.
  const isForward = total - (residual ? 0n : remaining) !== 0n && (total - (residual ? 0n : remaining)) > 0n === total > 0n
  return { remaining, accounts, account, choice: isWhole && explained && isForward ? choice : undefined }
}

/** Third parties are settled by their invoices; banks and waiting accounts have lines of their own. */
export function canBeImputed(account: string): boolean {
  return /^[1-7]\d{2}/.test(account) && !/^(40|411|471|512)/.test(account)
}

function accountsFor(remaining: bigint, total: bigint): readonly string[] {
  if (remaining === 0n) return []
  const keeps = remaining > 0n === total > 0n ? [''] : []
  return [...keeps, ...(remaining < 0n ? LESS_RECEIVED : MORE_RECEIVED)]
}

function defaultAccount(accounts: readonly string[], remaining: bigint): string | undefined {
  if (accounts.includes('')) return ''
  return absolute(remaining) <= ROUNDING_MAX ? accounts.at(-1) : undefined
}

/** Open invoices as they are most likely meant: those that owe exactly what is left, then the others as they came. */
export function likeliestFirst(invoices: readonly InvoiceSummary[], remaining: bigint, currency: string): readonly InvoiceSummary[] {
  const exact = (invoice: InvoiceSummary) => (invoice.open.currency === currency && minorOf(invoice.open.amount, currency) === remaining ? 0 : 1)
  return invoices.toSorted((a, b) => exact(a) - exact(b))
}
