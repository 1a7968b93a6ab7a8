import { reopen, settle } from './book.ts'
import { type Context, type Hypothesis, type Payment, type World } from './context.ts'
import { acrossParties, groups, netted } from './group.ts'
import { exactSingle, foreignSingle, nearSingle, paidTwice, rejected } from './single.ts'

/** When a single invoice explains the line this well, longer searches cannot change the answer. */
const GOOD_ENOUGH = 0.99

/** Every explanation worth telling, best first. A cheque or a card charge settles one invoice, so no group is searched for it. */
export function hypotheses(context: Context): Hypothesis[] {
  const exact = exactSingle(context)
  const first = exact[0]
  if (first && first.confidence >= GOOD_ENOUGH && context.quoted.every((entry) => entry === first.shares[0]!.item.entry)) return exact
  const { channel } = context.payment
  const near = nearSingle(context)
  if (channel === 'cheque' || channel === 'card') return ranked([...exact, ...near])
  const twice = paidTwice(context)
  const all = [...exact, ...twice, ...rejected(context), ...foreignSingle(context), ...near, ...groups(context), ...netted(context), ...acrossParties(context)]
  // The number quoted is that of an invoice already settled with this very amount: its party's other invoices are not meant.
  return ranked(twice.length > 0 ? all.filter((found) => found.evidence.reference !== 'sibling') : all)
}

function ranked(all: Hypothesis[]): Hypothesis[] {
  return all.sort((a, b) => b.confidence - a.confidence)
}

/** Writes an accepted explanation into the book. */
export function accept(world: World, payment: Payment, chosen: Hypothesis): void {
  if (chosen.evidence.shape === 'rejected' && chosen.entry) reopen(world.book, chosen.entry, { minor: -payment.minor, day: payment.day })
  for (const { item, minor, close } of chosen.shares) settle(world.book, item, { minor, day: payment.day, close })
}
