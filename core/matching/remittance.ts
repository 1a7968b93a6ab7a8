import { type LocalDate, toEpochDay } from '../kernel/local-date.ts'
import { sum } from '../kernel/money.ts'
import type { Channel, PaymentLine } from './model.ts'
import { wordsOf } from './normalise.ts'

/** One cheque of a slip, or one charge of a processor's payout. `fee` is what was kept back, positive, in minor units. */
export type RemittancePart = { readonly payer: string; readonly invoiceNumber: string | null; readonly minor: bigint; readonly fee: bigint }

/** What a bank line holds when many payments arrive as one: a slip of cheques, or a card processor's payout. */
export type Remittance = { readonly kind: 'cheques' | 'payout'; readonly id: string; readonly on: LocalDate; readonly parts: readonly RemittancePart[] }

const REMITTANCE_WORDS = new Set(['REMISE', 'CHEQUE', 'CHEQUES', 'CHQ', 'CHQS', 'STRIPE', 'PAYPAL', 'SUMUP', 'ADYEN', 'MOLLIE', 'STANCER', 'GOCARDLESS', 'PAYPLUG', 'PAYMENTS', 'PAYOUT', 'ENCAISSEMENT'])
const DAYS_LATE_MAX = 10
const CUT_DIGITS_MIN = 3

/** What reaches the bank: the parts less what the processor kept. */
export function netOf(remittance: Remittance): bigint {
  return sum(remittance.parts.map((part) => part.minor - part.fee))
}

/** The channel of each part of a remittance. */
export function channelOf(kind: Remittance['kind']): Channel {
  return kind === 'cheques' ? 'cheque' : 'card'
}

function speaksOf(words: readonly string[], id: string): 'whole' | 'cut' | 'word' | null {
  const number = wordsOf(id).join('')
  if (words.some((word) => word === number || word.replace(/^0+/, '') === number.replace(/^0+/, ''))) return 'whole'
  const last = words.at(-1) ?? ''
  if (last.length >= CUT_DIGITS_MIN && number.startsWith(last)) return 'cut'
  return words.some((word) => REMITTANCE_WORDS.has(word)) ? 'word' : null
}

/**
 * Tells which bank line each remittance arrived as: the net amount to the cent, at most ten days after the remittance, and its
 * number, the start of it, or at least the wording of a remittance in the label. A remittance explains one line only.
 */
export function pairRemittances(lines: readonly PaymentLine[], remittances: readonly Remittance[]): Map<string, Remittance> {
  const byNet = new Map<bigint, { readonly remittance: Remittance; readonly day: number; taken: boolean }[]>()
  for (const remittance of remittances) {
    const net = netOf(remittance)
    byNet.set(net, [...(byNet.get(net) ?? []), { remittance, day: toEpochDay(remittance.on), taken: false }])
  }
  const found = new Map<string, Remittance>()
  for (const wanted of ['whole', 'cut', 'word'] as const) {
    for (const line of lines) {
      if (line.minor <= 0n || found.has(line.id)) continue
      const candidates = byNet.get(line.minor)
      if (!candidates) continue
      const day = toEpochDay(line.bookedOn)
      const words = wordsOf(line.label)
      const fitting = candidates.filter((candidate) => !candidate.taken && day >= candidate.day && day - candidate.day <= DAYS_LATE_MAX && speaksOf(words, candidate.remittance.id) === wanted)
      const best = fitting.sort((a, b) => b.day - a.day)[0]
      if (!best) continue
      best.taken = true
      found.set(line.id, best.remittance)
    }
  }
  return found
}
