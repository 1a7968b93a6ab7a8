import type { LocalDate } from '../kernel/local-date.ts'
import { openBook } from './book.ts'
import { AUTOMATIC_THRESHOLD } from './confidence.ts'
import { type Context, type Hypothesis, paymentOf, readPayment, type World, worldOf } from './context.ts'
import { hypotheses } from './hypotheses.ts'
import type { Allocation, Memory, OpenInvoice, Party, PaymentLine, Proposal } from './model.ts'
import { explain } from './reasons.ts'

/** One bank line, and what it may be matched with. `today` bounds what is proposed: an invoice issued later is not open yet. */
export type ProposeInput = {
  readonly line: PaymentLine
  /** Open invoices, and settled ones (open 0 is fine) so that a second payment or a rejection is recognised by number. */
  readonly openInvoices: readonly OpenInvoice[]
  readonly parties: readonly Party[]
  readonly memory: Memory
  readonly today: LocalDate
}

/** Invoices and parties prepared once, to propose for many lines against the same state. */
export type ProposalSource = { readonly world: World; readonly names: ReadonlyMap<string, string> }

const PROPOSALS_MAX = 5
const PROPOSED_MIN = 0.15

/** Prepares invoices, parties and memory for proposing. */
export function proposalSource({ openInvoices, parties, memory, today }: Omit<ProposeInput, 'line'>): ProposalSource {
  const world = worldOf({ book: openBook(openInvoices.filter((invoice) => invoice.issuedOn <= today)), parties, memory })
  return { world, names: new Map(parties.map((party) => [party.id, party.name])) }
}

/**
 * Explanations of one bank line, best first, at most five, each with its allocations (signed minor units), what the difference
 * is, a calibrated confidence, and its reasons in words. The priority is the reference, then the party or IBAN, then the amount.
 * An empty list means nothing credible: no proposal is better than a wrong one. Nothing is posted or consumed here.
 */
export function propose(input: ProposeInput): Proposal[] {
  return proposeFrom(proposalSource(input), input.line)
}

/** The same for one line of many, from a prepared source. */
export function proposeFrom({ world, names }: ProposalSource, line: PaymentLine): Proposal[] {
  const context = readPayment(world, paymentOf(line, 'transfer'))
  const seen = new Set<string>()
  return hypotheses(context)
    .filter((found) => found.confidence >= PROPOSED_MIN)
    .filter((found) => {
      const key = found.shares.map((share) => share.item.invoice.id).sort().join() || `${found.evidence.shape} ${found.entry?.invoice.id ?? ''}`
      return seen.has(key) ? false : Boolean(seen.add(key))
    })
    .slice(0, PROPOSALS_MAX)
    .map((found) => toProposal(context, found, names))
}

function toProposal(context: Context, found: Hypothesis, names: ReadonlyMap<string, string>): Proposal {
  const back: Allocation[] = found.evidence.shape === 'rejected' && found.entry ? [{ invoiceId: found.entry.invoice.id, minor: context.payment.minor }] : []
  return {
    allocations: [...found.shares.map(({ item, minor }) => ({ invoiceId: item.invoice.id, minor })), ...back],
    residual: found.residual,
    confidence: found.confidence,
    automatic: found.confidence >= AUTOMATIC_THRESHOLD,
    reasons: explain(context, found, { partyName: (partyId) => names.get(partyId) ?? partyId }),
  }
}
