import { sum } from '../kernel/money.ts'
import { selectSum } from './amount.ts'
import { type Item, openOn, spanOn } from './book.ts'
import type { Shape } from './confidence.ts'
import { type Context, type Hypothesis, hypothesis, namedParties, referenceLevel, sameSign, within } from './context.ts'
import { type ReferenceLevel, readRange } from './references.ts'
import { partiesToSearch } from './single.ts'

const ITEMS_MAX = 60

type Found = { readonly items: readonly Item[]; readonly shape: Shape; readonly reference: ReferenceLevel; readonly alone: boolean }

function total(items: readonly Item[]): bigint {
  return sum(items.map((item) => item.left))
}

/** Items that the label speaks of, whole numbers and last digits alike. */
function listed(context: Context, items: readonly Item[]): { readonly whole: Item[]; readonly tails: Item[] } {
  const whole: Item[] = []
  const tails: Item[] = []
  for (const item of items) {
    const level = referenceLevel(context, item.entry)
    if (level === 'full') whole.push(item)
    else if (level === 'tail' || level === 'cut') tails.push(item)
  }
  return { whole, tails }
}

/** "FA-2026-0040 A 47": every open item of the party between the two numbers. */
function inRange(context: Context, items: readonly Item[]): Item[] {
  const range = readRange(context.reading)
  if (!range) return []
  const first = items.findIndex((item) => item.entry.number.digits.endsWith(range.first) || item.entry.number.serial === range.first)
  const last = items.findIndex((item) => item.entry.number.serial === range.last || (range.last.length >= 4 && item.entry.number.digits.endsWith(range.last)))
  return first >= 0 && last > first ? items.slice(first, last + 1) : []
}

/** Must-have items plus others that complete the sum; null when nothing does. */
function complete(required: readonly Item[], others: readonly Item[], target: bigint): { readonly items: Item[]; readonly alone: boolean } | null {
  const missing = target - total(required)
  if (!sameSign(missing, target)) return null
  const singles = others.filter((item) => item.left === missing)
  if (singles.length > 0) return { items: [...required, singles[0]!], alone: singles.length === 1 }
  const selection = selectSum(others.map((item) => item.left), missing)
  return selection ? { items: [...required, ...selection.chosen.map((at) => others[at]!)], alone: selection.alone } : null
}

function findGroup(context: Context, items: readonly Item[], deep: boolean): Found | null {
  const target = context.payment.minor
  const { whole, tails } = listed(context, items)
  const both = items.filter((item) => whole.includes(item) || tails.includes(item))
  const reference: ReferenceLevel = whole.length > 0 ? 'full' : tails.length > 0 ? 'tail' : context.quoted.length === 0 ? 'none' : context.quoted.some((entry) => entry.invoice.partyId === items[0]!.invoice.partyId) ? 'sibling' : 'other'
  if (whole.length > 1 && total(whole) === target) return { items: whole, shape: 'sum-listed', reference: 'full', alone: true }
  if (both.length > 1 && total(both) === target) return { items: both, shape: 'sum-listed', reference, alone: true }
  const range = inRange(context, items)
  if (range.length > 1 && total(range) === target) return { items: range, shape: 'sum-range', reference, alone: true }
  for (const required of both.length > whole.length && whole.length > 0 ? [both, whole] : [both]) {
    if (required.length === 0) continue
    const completed = complete(required, items.filter((item) => !required.includes(item)), target)
    if (completed) return { items: completed.items, shape: 'sum-partly-listed', reference, alone: completed.alone }
  }
  const untouched = items.filter((item) => item.left === item.total)
  const chosen = chooseSum(untouched, target, deep) ?? (untouched.length < items.length ? chooseSum(items, target, deep) : null)
  // A sum that leaves out an invoice quoted in the label speaks against the label.
  if (chosen) return { ...chosen, reference: whole.every((item) => chosen.items.includes(item)) ? reference : 'sibling' }
  return whole.length > 1 && within(target - total(whole), target, 2n) ? { items: whole, shape: 'sum-gap', reference: 'full', alone: true } : null
}

/** Any items that sum to the target; the caller tries those nobody has paid a part of first. */
function chooseSum(items: readonly Item[], target: bigint, deep: boolean): Omit<Found, 'reference'> | null {
  const selection = selectSum(items.map((item) => item.left), target, deep)
  return selection && { items: selection.chosen.map((at) => items[at]!), shape: `sum-${selection.order}`, alone: selection.alone }
}

/** Beside the parties named: those faintly named, and those of whom the label quotes at least two numbers by their last digits. */
function partiesOfGroups(context: Context): Set<string> {
  const { payment, reading, world } = context
  const found = new Set([...partiesToSearch(context), ...namedParties(context).map((match) => match.partyId)])
  const heard = new Map<string, number>()
  for (const run of reading.digitRuns) {
    const parties = new Set((world.book.bySerial.get(run) ?? []).filter((entry) => spanOn(entry, payment.day)).map((entry) => entry.invoice.partyId))
    for (const partyId of parties) heard.set(partyId, (heard.get(partyId) ?? 0) + 1)
  }
  for (const [partyId, count] of heard) if (count >= 2) found.add(partyId)
  return found
}

/** One payment for several invoices of one party. */
export function groups(context: Context): Hypothesis[] {
  const { payment, world } = context
  const found: Hypothesis[] = []
  const certain = new Set(partiesToSearch(context))
  for (const partyId of partiesOfGroups(context)) {
    const items = openOn(world.book.byParty.get(partyId), payment.day, ITEMS_MAX).filter((item) => sameSign(item.left, payment.minor))
    if (items.length < 2) continue
    const group = findGroup(context, items, certain.has(partyId))
    if (!group) continue
    const gap = payment.minor - total(group.items)
    const shares = group.items.map((item) => ({ item, minor: item.left, close: true }))
    found.push(hypothesis(context, { shape: group.shape, shares, reference: group.reference, partyId, rivals: group.alone ? 'alone' : 'tied', residual: gap === 0n ? null : { kind: gap > 0n ? 'overpayment' : 'bank_fee', minor: gap } }))
  }
  return found
}

/** An invoice paid less a credit note of the same party: both are settled. */
export function netted(context: Context): Hypothesis[] {
  const { payment, world } = context
  const found: Hypothesis[] = []
  for (const partyId of partiesToSearch(context)) {
    const open = openOn(world.book.byParty.get(partyId), payment.day, ITEMS_MAX)
    const credits = open.filter((item) => item.left !== 0n && !sameSign(item.left, payment.minor))
    const pairs = credits.flatMap((credit) => open.filter((item) => item.left === payment.minor - credit.left).map((item) => ({ item, credit })))
    const ranked = pairs.map((pair) => ({ ...pair, levels: [referenceLevel(context, pair.item.entry), referenceLevel(context, pair.credit.entry)] as const }))
      .sort((a, b) => quoted(b.levels) - quoted(a.levels))
    const best = ranked[0]
    if (!best) continue
    const rivals = ranked.length === 1 ? 'alone' : quoted(ranked[1]!.levels) < quoted(best.levels) ? 'weaker' : 'twins'
    found.push(hypothesis(context, { shape: 'netted', shares: [best.item, best.credit].map((item) => ({ item, minor: item.left, close: false })), reference: ['none', 'other', 'sibling'].includes(best.levels[0]) ? best.levels[1] : best.levels[0], partyId, rivals }))
  }
  return found
}

function quoted(levels: readonly ReferenceLevel[]): number {
  return levels.filter((level) => level === 'full').length * 2 + levels.filter((level) => level === 'tail' || level === 'cut' || level === 'typo').length
}

/** Several quoted invoices of several parties that together make the amount: a factor, a holding, a bookkeeper paying for both. */
export function acrossParties(context: Context): Hypothesis[] {
  const { payment } = context
  const items = context.quoted.flatMap((entry) => { const span = spanOn(entry, payment.day); return span ? [span] : [] })
  const parties = new Set(items.map((item) => item.invoice.partyId))
  if (items.length < 2 || parties.size < 2 || total(items) !== payment.minor) return []
  return [hypothesis(context, { shape: 'sum-listed', shares: items.map((item) => ({ item, minor: item.left, close: false })), reference: 'full', partyId: items[0]!.invoice.partyId, rivals: 'weaker' })]
}
