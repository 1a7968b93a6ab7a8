import { toEpochDay } from '../kernel/local-date.ts'
import { absolute } from '../kernel/money.ts'
import type { Book, Entry, Item } from './book.ts'
import { asksUsage, confidenceOf, type Evidence, type Rivals, type Shape, type Usage } from './confidence.ts'
import type { Channel, Habit, Memory, Party, PaymentLine, Residual } from './model.ts'
import { payerKey, squeeze } from './normalise.ts'
import { type Direction, identify, indexParties, levelOf, nameMatch, type NameMatch, type PartyIndex, type PartyLevel } from './party.ts'
import { type LabelReading, readLabel, type ReferenceLevel, weakReference, wholeNumbers } from './references.ts'

/** A bank line, or one cheque or card charge inside it, on its way to a match. */
export type Payment = PaymentLine & { readonly channel: Channel; readonly day: number }

/** What matching knows besides the payment. */
export type World = { readonly book: Book; readonly parties: PartyIndex; readonly memory: Memory }

/** Prepares the world: a party is only looked for in the direction in which it has an invoice or a credit note. */
export function worldOf({ book, parties, memory }: { readonly book: Book; readonly parties: readonly Party[]; readonly memory: Memory }): World {
  const sides: Record<Direction, Set<string>> = { in: new Set(), out: new Set() }
  for (const { invoice, spans } of book.entries.values()) sides[spans[0]!.total < 0n ? 'out' : 'in'].add(invoice.partyId)
  return { book, memory, parties: indexParties(parties, (partyId, direction) => sides[direction].has(partyId)) }
}

/** A payment read once and the answers asked of it, kept for all candidates. */
export type Context = {
  readonly world: World
  readonly payment: Payment
  readonly reading: LabelReading
  /** Invoices whose whole number stands in the label, settled ones included. */
  readonly quoted: readonly Entry[]
  /** Asked through `namedParties`, which searches once. */
  named: readonly NameMatch[] | null
  readonly ibanParty: string | null
  readonly knownParty: string | null
  readonly levels: Map<string, PartyLevel>
  readonly references: Map<Entry, ReferenceLevel>
}

/** One explanation before it is put in words. `close`: the item is settled whatever the difference. */
export type Share = { readonly item: Item; readonly minor: bigint; readonly close: boolean }
export type Hypothesis = {
  readonly shares: readonly Share[]
  readonly residual: Residual | null
  readonly evidence: Evidence
  readonly confidence: number
  /** For a rejection or a second payment: the invoice concerned. */
  readonly entry: Entry | null
}

/** Completes a payment line with its day number. */
export function paymentOf(line: PaymentLine, channel: Channel): Payment {
  return { ...line, channel, day: toEpochDay(line.bookedOn) }
}

/** Reads a payment against the world. */
export function readPayment(world: World, payment: Payment): Context {
  const { label, counterparty, reference } = payment
  const reading = readLabel(counterparty.name && !label.includes(counterparty.name) ? `${label} ${counterparty.name}` : label, reference)
  const alias = world.memory.aliases.size > 0 ? world.memory.aliases.get(payerKey(label)) : undefined
  return {
    world, payment, reading,
    // A number that was not yet given on that day is a coincidence.
    quoted: wholeNumbers(world.book.numbers, reading).filter((entry) => entry.spans[0]!.from <= payment.day),
    named: null,
    ibanParty: counterparty.iban ? world.parties.byIban.get(squeeze(counterparty.iban)) ?? null : null,
    knownParty: alias?.partyId ?? null,
    levels: new Map(),
    references: new Map(),
  }
}

/** The parties the label may name, best first; searched when first asked. */
export function namedParties(context: Context): readonly NameMatch[] {
  context.named ??= identify(context.world.parties, context.reading, context.payment.minor > 0n ? 'in' : 'out')
  return context.named
}

/** How the payment speaks of a party; the answer is kept. */
export function partyLevel(context: Context, partyId: string): PartyLevel {
  const kept = context.levels.get(partyId)
  if (kept) return kept
  const level = context.ibanParty === partyId ? 'iban' : freshLevel(context, partyId)
  context.levels.set(partyId, level)
  return level
}

function freshLevel(context: Context, partyId: string): PartyLevel {
  const match = nameMatch(context.world.parties, partyId, context.reading)
  // The whole name beside the number of one of its invoices: no need to look for anybody else.
  if (match.coverage >= 0.97 && context.quoted.some((entry) => entry.invoice.partyId === partyId)) return 'full'
  const rival = namedParties(context).find((other) => other.partyId !== partyId) ?? null
  const level = levelOf(match, rival)
  return context.knownParty === partyId && level !== 'full' ? 'known' : level
}

/** How the label speaks of an invoice's number. */
export function referenceLevel(context: Context, entry: Entry): ReferenceLevel {
  const kept = context.references.get(entry)
  if (kept) return kept
  const weak = context.quoted.includes(entry) ? 'full' : weakReference(entry.number, context.reading)
  // One slip away from a number that is itself an invoice's: the label means that invoice.
  const level = weak !== null && (weak !== 'typo' || context.quoted.length === 0) ? weak : elsewhere(context, entry)
  context.references.set(entry, level)
  return level
}

function elsewhere({ quoted }: Context, { invoice }: Entry): ReferenceLevel {
  if (quoted.length === 0) return 'none'
  return quoted.some((other) => other.invoice.partyId === invoice.partyId) ? 'sibling' : 'other'
}

function usageOf(habit: Habit | undefined, channel: Channel): Usage {
  if (!habit || habit.payments < 3) return 'unknown'
  return (habit.channels[channel] ?? 0) * 4 >= habit.payments ? 'usual' : 'unusual'
}

/** Builds a hypothesis with its calibrated confidence; the evidence is that of the invoice that speaks best for it. */
export function hypothesis(context: Context, what: { readonly shape: Shape; readonly shares: readonly Share[]; readonly reference: ReferenceLevel; readonly partyId: string; readonly rivals: Rivals; readonly residual?: Residual | null; readonly entry?: Entry }): Hypothesis {
  const party = partyLevel(context, what.partyId)
  const usage = asksUsage(party) ? usageOf(context.world.memory.habits.get(what.partyId), context.payment.channel) : 'unknown'
  const evidence: Evidence = { shape: what.shape, reference: what.reference, party, rivals: what.rivals, channel: context.payment.channel, usage }
  return { shares: what.shares, residual: what.residual ?? null, evidence, confidence: confidenceOf(evidence), entry: what.entry ?? null }
}

/** Days between the payment and the day this party would usually have paid the item: the smaller, the likelier. */
export function daysOff(context: Context, item: Item): number {
  const usual = context.world.memory.habits.get(item.invoice.partyId)?.delayDays ?? 4
  return Math.abs(context.payment.day - item.due - usual)
}

/** True when both amounts come in, or both go out. */
export function sameSign(a: bigint, b: bigint): boolean {
  return a !== 0n && b !== 0n && a > 0n === b > 0n
}

/** True when the gap is at most so many hundredths of the size. */
export function within(gap: bigint, size: bigint, percent: bigint): boolean {
  return absolute(gap) * 100n <= absolute(size) * percent
}
