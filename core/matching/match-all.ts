import type { LocalDate } from '../kernel/local-date.ts'
import { type Book, openBook } from './book.ts'
import { AUTOMATIC_THRESHOLD } from './confidence.ts'
import { type Context, type Hypothesis, namedParties, type Payment, paymentOf, readPayment, type World, worldOf } from './context.ts'
import { accept, hypotheses } from './hypotheses.ts'
import { emptyMemory, learning, type LearningMemory } from './memory.ts'
import type { Channel, Memory, OpenInvoice, Party, PaymentLine, Residual } from './model.ts'
import { channelOf, netOf, pairRemittances, type Remittance } from './remittance.ts'

/** One bank line given to one invoice, with the calibrated probability that it is right. */
export type MatchedPair = { readonly invoiceId: string; readonly minor: bigint; readonly confidence: number; readonly automatic: boolean; readonly evidence: Hypothesis['evidence'] }

/** What became of a bank line: its pairs (none when nothing is credible), and the difference to post. */
export type LineMatch = { readonly lineId: string; readonly pairs: readonly MatchedPair[]; readonly residuals: readonly Residual[] }

export type MatchAllInput = {
  readonly lines: readonly PaymentLine[]
  readonly invoices: readonly OpenInvoice[]
  readonly parties: readonly Party[]
  readonly remittances: readonly Remittance[]
  readonly memory?: Memory
}

/** Explanations less likely than this are left to a person. */
const ACCEPTED_MIN = 0.5

/**
 * The surest explanations are accepted first over the whole period, then the others in turn: a payment without a number
 * must not take the invoice that a later payment quotes in full. The very first pass looks at payments that quote a number.
 */
const PASSES: readonly Pass[] = [
  { threshold: 0.98, quotedOnly: true },
  ...[0.995, 0.985, 0.97, 0.94, 0.9, 0.8, 0.65, ACCEPTED_MIN].map((threshold) => ({ threshold, quotedOnly: false })),
]

/** One round over the payments still waiting. */
type Pass = { readonly threshold: number; readonly quotedOnly: boolean }

/** `last`: the best confidence found when the payment was last looked at; `hopeless`: nothing that happens to others can explain it. */
type Waiting = { readonly payment: Payment; readonly lineId: string; last: number; hopeless: boolean }
/** What one payment can gain in confidence when rivals are settled by others. */
const CONFIDENCE_GAIN = 0.1

type Outcome = { readonly pairs: MatchedPair[]; readonly residuals: Residual[] }

/**
 * Matches bank lines with invoices, consistently: each invoice is consumed as payments are accepted, in date order within each
 * pass; cheques and card charges inside a remittance are matched one by one. Amounts are signed minor units. Refuses nothing:
 * a line that nothing explains well enough has no pair.
 */
export function matchAll(input: MatchAllInput): LineMatch[] {
  const book = openBook(input.invoices)
  const memory = learning(input.memory ?? emptyMemory())
  const world = worldOf({ book, parties: input.parties, memory })
  const outcomes = new Map<string, Outcome>(input.lines.map((line) => [line.id, { pairs: [], residuals: [] }]))
  let waiting = split(input.lines, input.remittances, outcomes)
  for (const pass of PASSES) waiting = waiting.filter((entry) => !decide(world, memory, { entry, pass, outcomes }) && !entry.hopeless)
  straighten(input.lines, { outcomes, book })
  return input.lines.map((line) => ({ lineId: line.id, ...outcomes.get(line.id)! }))
}

/** Bank lines in date order, remittances replaced by their parts. */
function split(lines: readonly PaymentLine[], remittances: readonly Remittance[], outcomes: Map<string, Outcome>): Waiting[] {
  const paired = pairRemittances(lines, remittances)
  const waiting: Waiting[] = []
  for (const line of lines) {
    const remittance = paired.get(line.id)
    if (!remittance) { waiting.push({ lineId: line.id, payment: paymentOf(line, lineChannel(line)), last: 1, hopeless: false }); continue }
    const gross = remittance.parts.reduce((total, part) => total + part.minor, 0n)
    if (gross !== netOf(remittance)) outcomes.get(line.id)!.residuals.push({ kind: 'processor_fee', minor: netOf(remittance) - gross })
    for (const part of remittance.parts) {
      const label = part.invoiceNumber ? `${part.payer} ${part.invoiceNumber}` : part.payer
      const payment = paymentOf({ ...line, label, minor: part.minor, reference: null, counterparty: { name: null, iban: null } }, channelOf(remittance.kind))
      waiting.push({ lineId: line.id, payment, last: 1, hopeless: false })
    }
  }
  return waiting.map((entry, at) => ({ entry, at })).sort((a, b) => a.entry.payment.day - b.entry.payment.day || a.at - b.at).map(({ entry }) => entry)
}

function lineChannel(line: PaymentLine): Channel {
  return line.minor > 0n && /\b(PRLV|PRELEVEMENTS?|SDD)\b/i.test(line.label) ? 'debit' : 'transfer'
}

/** A line that names nobody and quotes nothing will not be explained by what happens to other lines. */
function mayChange(context: Context): boolean {
  return context.quoted.length > 0 || (namedParties(context)[0]?.coverage ?? 0) >= 0.72
}

/** Decides one payment if its best explanation reaches the threshold; true when it is done with. */
function decide(world: World, memory: LearningMemory, { entry, pass, outcomes }: { readonly entry: Waiting; readonly pass: Pass; readonly outcomes: Map<string, Outcome> }): boolean {
  const { payment, lineId } = entry
  const { threshold, quotedOnly } = pass
  // What was far from the threshold is only looked at again when the threshold comes nearer.
  if (entry.last < threshold - CONFIDENCE_GAIN && threshold > ACCEPTED_MIN) return false
  const context = readPayment(world, payment)
  if (quotedOnly && context.quoted.length === 0) return false
  const best = hypotheses(context)[0]
  entry.last = best?.confidence ?? 0
  entry.hopeless = !best && !mayChange(context)
  // A payment made twice takes nothing, and is looked at again in each pass: a rejection found later may have reopened its invoice.
  if (!best || best.confidence < threshold || best.evidence.shape === 'paid-twice') return false
  const outcome = outcomes.get(lineId)!
  const automatic = best.confidence >= AUTOMATIC_THRESHOLD
  const give = (invoiceId: string, minor: bigint) => outcome.pairs.push({ invoiceId, minor, confidence: best.confidence, automatic, evidence: best.evidence })
  for (const { item, minor } of best.shares) give(item.invoice.id, minor)
  if (best.evidence.shape === 'rejected' && best.entry) give(best.entry.invoice.id, payment.minor)
  if (best.residual) outcome.residuals.push(best.residual)
  memory.learn(payment, best)
  accept(world, payment, best)
  return true
}


/**
 * Equal invoices of one party, paid without a number: the earlier payment is given to the invoice due earlier.
 * Passes accept them in order of confidence, which is not the order in which a customer pays.
 */
function straighten(lines: readonly PaymentLine[], { outcomes, book }: { readonly outcomes: ReadonlyMap<string, Outcome>; readonly book: Book }): void {
  const alike = new Map<string, { readonly outcome: Outcome; readonly at: number; readonly on: LocalDate }[]>()
  for (const line of lines) {
    const outcome = outcomes.get(line.id)!
    outcome.pairs.forEach((pair, at) => {
      const { shape, reference } = pair.evidence
      if (shape !== 'exact' || (reference !== 'none' && reference !== 'other' && reference !== 'sibling')) return
      const key = `${book.entries.get(pair.invoiceId)!.invoice.partyId}|${pair.minor}`
      const list = alike.get(key)
      if (list) list.push({ outcome, at, on: line.bookedOn })
      else alike.set(key, [{ outcome, at, on: line.bookedOn }])
    })
  }
  for (const places of alike.values()) {
    if (places.length < 2) continue
    const invoices = places.map(({ outcome, at }) => book.entries.get(outcome.pairs[at]!.invoiceId)!.invoice)
    const dueOf = (invoice: OpenInvoice) => invoice.dueOn ?? invoice.issuedOn
    invoices.sort((a, b) => (dueOf(a) < dueOf(b) ? -1 : dueOf(a) > dueOf(b) ? 1 : 0))
    const inOrder = [...places].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    // An invoice cannot be paid before it exists: when the order asks for it, the passes were right.
    if (inOrder.some(({ on }, index) => invoices[index]!.issuedOn > on)) continue
    inOrder.forEach(({ outcome, at }, index) => { outcome.pairs[at] = { ...outcome.pairs[at]!, invoiceId: invoices[index]!.id } })
  }
}
