import type { Channel } from './model.ts'
import { MEASURED } from './measured.ts'
import type { PartyLevel } from './party.ts'
import type { ReferenceLevel } from './references.ts'

/** The shape of an explanation: how the money relates to what is open. */
export type Shape =
  | 'exact' | 'part' | 'part-untold' | 'fraction' | 'rounding' | 'bank_fee' | 'discount' | 'overpayment' | 'foreign' | 'foreign-near'
  | 'netted' | 'sum-listed' | 'sum-range' | 'sum-partly-listed' | 'sum-oldest' | 'sum-oldest-and-one' | 'sum-any' | 'sum-gap'
  | 'rejected' | 'paid-twice'

/** `alone`: nothing else fits; `weaker`: others fit less; `twins`: equal invoices of one party; `tied`: equally good candidates of several parties. */
export type Rivals = 'alone' | 'weaker' | 'twins' | 'tied'

/** Whether the party usually pays this way: only asked when the payer is not recognised. */
export type Usage = 'usual' | 'unusual' | 'unknown'

export type Evidence = { readonly shape: Shape; readonly reference: ReferenceLevel; readonly party: PartyLevel; readonly rivals: Rivals; readonly channel: Channel; readonly usage: Usage }

/**
 * At or above this confidence a pair is posted without a person. Set so that the pairs above it, taken together, are right
 * 999 times in 1000: a class of evidence enters only when its own measured error is below 4 in 1000.
 */
export const AUTOMATIC_THRESHOLD = 0.996

/**
 * Posting without a person asks for two signals out of three: a number, a party, an amount. One alone, however well it did on
 * past data, stays under the threshold; so does a label that names somebody else.
 */
const ONE_SIGNAL_MAX = 0.99

function signals({ reference, party, shape }: Evidence): number {
  if (party === 'other') return 1
  const numbered = reference === 'full' || reference === 'tail' || reference === 'typo' || reference === 'cut'
  const named = party === 'iban' || party === 'known' || party === 'full' || party === 'near'
  const counted = !UNCOUNTED.has(shape)
  return [numbered, named, counted].filter(Boolean).length
}

/** Shapes whose amount proves nothing by itself. */
const UNCOUNTED = new Set<Shape>(['part', 'part-untold', 'fraction', 'bank_fee', 'discount', 'rounding', 'overpayment', 'foreign-near', 'sum-gap', 'sum-any'])

/** A class of evidence that was seldom or never measured is never automatic. */
const UNMEASURED_MAX = 0.98

const REFERENCE_DOUBT: Readonly<Record<ReferenceLevel, number>> = { full: 0.02, tail: 0.1, typo: 0.12, cut: 0.2, none: 0.45, other: 0.65, sibling: 0.95 }
const PARTY_DOUBT: Readonly<Record<PartyLevel, number>> = { iban: 0.02, known: 0.05, full: 0.06, near: 0.12, weak: 0.45, none: 0.75, other: 0.95 }
const SHAPE_DOUBT: Readonly<Record<Shape, number>> = {
  exact: 0.5, part: 2, 'part-untold': 15, fraction: 8, rounding: 1.2, bank_fee: 2.5, discount: 2, overpayment: 8, foreign: 0.5, 'foreign-near': 2,
  netted: 0.8, 'sum-listed': 0.3, 'sum-range': 0.4, 'sum-partly-listed': 0.8, 'sum-oldest': 0.8, 'sum-oldest-and-one': 1.5, 'sum-any': 6, 'sum-gap': 5,
  rejected: 1, 'paid-twice': 1,
}
const RIVALS_DOUBT: Readonly<Record<Rivals, number>> = { alone: 1, weaker: 1.1, twins: 1.8, tied: 5 }
const USAGE_DOUBT: Readonly<Record<Usage, number>> = { usual: 0.8, unknown: 1, unusual: 1.7 }

/** The class of evidence, as the table of measures names it. */
export function evidenceClass(evidence: Evidence): string {
  const { channel, shape, reference, party, rivals, usage } = evidence
  return [channel, shape, reference, party, rivals, ...(asksUsage(party) ? [usage] : [])].join(' ')
}

/** Usage only helps when the payer's name does not settle the question. */
export function asksUsage(party: PartyLevel): boolean {
  return party === 'none' || party === 'weak' || party === 'other'
}

/** A rule-of-thumb confidence from the doubts of each signal: used for classes too rare to have been measured, and as their prior. */
export function estimate(evidence: Evidence): number {
  const doubt = REFERENCE_DOUBT[evidence.reference] * PARTY_DOUBT[evidence.party] * SHAPE_DOUBT[evidence.shape] * RIVALS_DOUBT[evidence.rivals] * (asksUsage(evidence.party) ? USAGE_DOUBT[evidence.usage] : 1) * (contradicted(evidence) ? 8 : 1)
  // Scaled rather than capped: two strong explanations must still be told apart.
  return Math.max(0.02, UNMEASURED_MAX * (1 - doubt))
}

/** The label names one party, the invoice is another's, and the amount does not settle it: most often a wrong number was quoted. */
function contradicted({ party, shape }: Evidence): boolean {
  return party === 'other' && shape !== 'exact' && shape !== 'sum-listed'
}

const PRIOR_WEIGHT = 3

/**
 * The probability (0..1) that an explanation with this evidence is right: the measured share of its class, shrunk towards
 * the estimate when few cases were seen. Source of the measures: see measured.ts.
 */
export function confidenceOf(evidence: Evidence): number {
  const prior = estimate(evidence)
  const measure = MEASURED[evidenceClass(evidence)]
  if (!measure) return prior
  const [right, seen] = measure
  const share = (right + prior * PRIOR_WEIGHT) / (seen + PRIOR_WEIGHT)
  return signals(evidence) >= 2 ? share : Math.min(share, ONE_SIGNAL_MAX)
}
