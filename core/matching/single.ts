import { absolute } from '../kernel/money.ts'
import { explainGap, foreignAmounts, isFraction, tellsInstalment } from './amount.ts'
import { foreignKey, type Item, openOn, spanOn } from './book.ts'
import { estimate, type Rivals, type Shape } from './confidence.ts'
import { type Context, daysOff, type Hypothesis, hypothesis, namedParties, partyLevel, referenceLevel, sameSign, within } from './context.ts'
import type { Residual } from './model.ts'
import { payerKey } from './normalise.ts'
import type { PartyLevel } from './party.ts'
import type { ReferenceLevel } from './references.ts'

type Candidate = { readonly item: Item; readonly reference: ReferenceLevel; readonly party: PartyLevel; readonly strength: number; readonly off: number }

/** Invoices older than this are not proposed on their amount alone. */
const AGE_DAYS_MAX = 400

function weigh(context: Context, item: Item, shape: Shape): Candidate {
  const reference = referenceLevel(context, item.entry)
  const party = partyLevel(context, item.invoice.partyId)
  const strength = estimate({ shape, reference, party, rivals: 'alone', channel: context.payment.channel, usage: 'unknown' })
  return { item, reference, party, strength, off: daysOff(context, item) }
}

/** Several candidates of one shape: the strongest signals win, then the likeliest date; what remains equal is told as rivals. */
function choose(candidates: readonly Candidate[]): { readonly best: Candidate; readonly rivals: Rivals } | null {
  const ordered = [...candidates].sort((a, b) => b.strength - a.strength || a.off - b.off || a.item.from - b.item.from)
  const best = ordered[0]
  if (!best) return null
  const equals = ordered.filter((other) => other !== best && other.strength >= best.strength - 1e-9)
  const elsewhere = equals.some((other) => other.item.invoice.partyId !== best.item.invoice.partyId)
  return { best, rivals: elsewhere ? 'tied' : equals.length > 0 ? 'twins' : ordered.length > 1 ? 'weaker' : 'alone' }
}

/** The invoice open for exactly this amount, if the signals point to one. */
export function exactSingle(context: Context): Hypothesis[] {
  const { payment, world } = context
  const items = openOn(world.book.byLeft.get(payment.minor), payment.day).filter((item) => payment.day - item.from <= AGE_DAYS_MAX || context.quoted.includes(item.entry))
  const chosen = choose(items.filter((item) => isAddressed(context, item)).map((item) => weigh(context, item, 'exact')))
  if (!chosen) return []
  const { best, rivals } = chosen
  return [hypothesis(context, { shape: 'exact', shares: [{ item: best.item, minor: payment.minor, close: false }], reference: best.reference, partyId: best.item.invoice.partyId, rivals })]
}

function gapShare(context: Context, item: Item, shape: Shape): { readonly minor: bigint; readonly residual: Residual | null; readonly close: boolean } {
  const paid = context.payment.minor
  if (shape === 'part' || shape === 'part-untold' || shape === 'fraction') return { minor: paid, residual: null, close: false }
  const kind = shape === 'foreign' || shape === 'foreign-near' ? 'exchange' : shape
  const minor = item.left
  return { minor, close: true, residual: paid === minor ? null : { kind: kind as Residual['kind'], minor: paid - minor } }
}

function isReferenced(context: Context, item: Item): boolean {
  const level = referenceLevel(context, item.entry)
  return level !== 'none' && level !== 'other' && level !== 'sibling'
}

/** Money that goes out was addressed by us: when its label names somebody, and not this party nor this number, an equal amount is a coincidence. */
function isAddressed(context: Context, item: Item): boolean {
  return context.payment.minor > 0n || partyLevel(context, item.invoice.partyId) !== 'none' || isReferenced(context, item) || payerKey(context.payment.label) === ''
}

function gapShape(context: Context, item: Item): Shape | null {
  const { payment, reading } = context
  if (item.invoice.currency !== payment.currency) return within(payment.minor - item.left, item.left, 15n) ? 'foreign-near' : null
  const gap = explainGap(payment.minor, item.left, reading.wordSet)
  if (gap === null || gap === 'exact' || gap === 'processor_fee' || gap === 'exchange') return null
  // Without a number in the label, a part is credible only as a plain fraction, and a large gap not at all.
  if (gap === 'part') {
    if (isReferenced(context, item)) return tellsInstalment(reading.wordSet) ? 'part' : 'part-untold'
    return isFraction(payment.minor, item.left) ? 'fraction' : null
  }
  // Nobody keeps a fee back from what we pay, and nobody pays too much without saying for what.
  if (gap === 'overpayment' || payment.minor < 0n) return isReferenced(context, item) ? gap : null
  return within(payment.minor - item.left, item.left, 6n) || isReferenced(context, item) ? gap : null
}

/** Invoices quoted in the label, or open at a named party, whose amount is near: fee, discount, rounding, exchange, instalment. */
export function nearSingle(context: Context): Hypothesis[] {
  const { payment, world } = context
  const seen = new Set<Item>()
  const byShape = new Map<Shape, Candidate[]>()
  const consider = (item: Item | null) => {
    if (!item || seen.has(item) || !sameSign(item.left, payment.minor) || item.left === payment.minor) return
    seen.add(item)
    const shape = gapShape(context, item)
    if (shape) byShape.set(shape, [...(byShape.get(shape) ?? []), weigh(context, item, shape)])
  }
  const exactParties = new Set(openOn(world.book.byLeft.get(payment.minor), payment.day).map((item) => item.invoice.partyId))
  for (const entry of context.quoted) consider(spanOn(entry, payment.day))
  for (const partyId of partiesToSearch(context)) {
    for (const item of openOn(world.book.byParty.get(partyId), payment.day, 80)) consider(item)
  }
  return [...byShape].flatMap(([shape, candidates]) => {
    const { best, rivals: others } = choose(candidates)!
    // The same party owes exactly this amount elsewhere: the difference need not be explained at all.
    const rivals = exactParties.has(best.item.invoice.partyId) ? 'tied' : others
    const { minor, residual, close } = gapShare(context, best.item, shape)
    return [hypothesis(context, { shape, shares: [{ item: best.item, minor, close }], residual, reference: best.reference, partyId: best.item.invoice.partyId, rivals })]
  })
}

/** The parties worth a search of their open items: those whose account, wording or name is in the line, or whose invoice is quoted. */
export function partiesToSearch(context: Context): string[] {
  const found = new Set<string>()
  if (context.ibanParty) found.add(context.ibanParty)
  if (context.knownParty) found.add(context.knownParty)
  for (const entry of context.quoted.slice(0, 8)) found.add(entry.invoice.partyId)
  for (const match of namedParties(context).slice(0, 3)) if (match.coverage >= 0.55) found.add(match.partyId)
  return [...found]
}

/** The label states an amount in another currency that is an invoice's total in that currency. */
export function foreignSingle(context: Context): Hypothesis[] {
  const { payment, world } = context
  const items = foreignAmounts(payment.label).filter(({ currency }) => currency !== payment.currency)
    .flatMap(({ currency, minor }) => openOn(world.book.byForeign.get(foreignKey(currency, minor)), payment.day))
    .filter((item) => sameSign(item.left, payment.minor) && within(payment.minor - item.left, item.left, 40n))
  const chosen = choose(items.map((item) => weigh(context, item, 'foreign')))
  if (!chosen) return []
  const { best, rivals } = chosen
  const { minor, residual, close } = gapShare(context, best.item, 'foreign')
  return [hypothesis(context, { shape: 'foreign', shares: [{ item: best.item, minor, close }], residual, reference: best.reference, partyId: best.item.invoice.partyId, rivals })]
}

const REJECTION_WORDS = ['REJET', 'REJETE', 'REJETEE', 'IMPAYE', 'IMPAYEE', 'RETOUR', 'RETOURNE', 'REJECT', 'RETURN', 'UNPAID']

/** Money taken back for an invoice that was collected: a rejected debit or cheque. */
export function rejected(context: Context): Hypothesis[] {
  const { payment, reading, world } = context
  if (payment.minor >= 0n) return []
  const told = REJECTION_WORDS.some((word) => reading.wordSet.has(word))
  const back = -payment.minor
  const quoted = context.quoted.filter((entry) => entry.spans.some((span) => span.total === back && span.from <= payment.day && (told || span.settledOn <= payment.day)))
  const found = quoted.length > 0 || !told ? quoted : (world.book.settled.get(back) ?? [])
    .filter((item) => item.settledOn <= payment.day && payment.day - item.settledOn <= 60 && ['iban', 'known', 'full', 'near'].includes(partyLevel(context, item.invoice.partyId)))
    .sort((a, b) => b.settledOn - a.settledOn).map((item) => item.entry)
  const entry = found[0]
  if (!entry) return []
  const reference = quoted.length > 0 ? 'full' : referenceLevel(context, entry)
  return [hypothesis(context, { shape: 'rejected', shares: [], reference, partyId: entry.invoice.partyId, rivals: found.length > 1 ? 'twins' : 'alone', entry })]
}

const PAID_TWICE_DAYS_MAX = 120

/** The quoted invoice was already settled with the same amount: this is the same payment made again. It must not take another invoice. */
export function paidTwice(context: Context): Hypothesis[] {
  const { payment } = context
  const entry = context.quoted.find(({ spans, invoice }) => {
    const last = spans.at(-1)!
    return last.left === 0n && absolute(last.total) === absolute(payment.minor) && sameSign(last.total, payment.minor)
      && last.settledOn <= payment.day && payment.day - last.settledOn <= PAID_TWICE_DAYS_MAX && partyLevel(context, invoice.partyId) !== 'other'
  })
  return entry ? [hypothesis(context, { shape: 'paid-twice', shares: [], reference: 'full', partyId: entry.invoice.partyId, rivals: 'alone', entry })] : []
}
