import { type LocalDate, toEpochDay } from '../kernel/local-date.ts'
import { fold } from '../matching/normalise.ts'

/** What recognising a bank line needs. `account` is the same text for the same account whatever the format; amounts are signed minor units. */
export type DedupLine = {
  readonly account: string
  readonly bookedOn: LocalDate
  readonly valueOn: LocalDate | null
  readonly minor: bigint
  readonly currency: string
  readonly label: string
  /** End-to-end or remittance reference. */
  readonly reference: string | null
  /** The bank's own identifier, unique in its account when present. */
  readonly bankId: string | null
  /** Who numbers: a service counts otherwise than the files of the bank, and two numbers of two kinds say nothing of each other. Files when absent. */
  readonly idKind?: string
  /** Other identifiers a known line was ever given by. */
  readonly aliases?: readonly { readonly kind: string; readonly id: string }[]
}

/** The kind of the identifiers of files. */
export const FILE_IDS = ''

/** Every identifier of a line, each with its kind. */
export function idsOf(line: DedupLine): readonly { readonly kind: string; readonly id: string }[] {
  const own = line.bankId === null ? [] : [{ kind: line.idKind ?? FILE_IDS, id: line.bankId }]
  return line.aliases ? [...own, ...line.aliases] : own
}

/** The text of a label as it is compared. */
type Words = { readonly squeezed: string; readonly words: readonly string[] }

/** A line prepared for comparison, with its place in its delivery. Its text is read when it is first compared: most lines never are. */
export type Prepared = DedupLine & { readonly index: number; readonly day: number; readonly valueDay: number | null; readonly text: () => Words }

/** Words that one format writes around the payer's text and another leaves out. */
const QUALIFIERS = new Set('SEPA MOTIF REF REFDO REFERENCE DE POUR BEN LIB ID EMETTEUR MDT ECH NOTPROVIDED NOTPROVIDED LCC RCN NPY NBE IPY CPY RUM ICS EREF MREF SVWZ KREF'.split(' '))

/** Prepares a line. */
export function prepareLine(line: DedupLine, index: number): Prepared {
  let read: Words | undefined
  const text = (): Words => {
    if (!read) {
      const words = fold(line.label).match(/[A-Z0-9]+/g) ?? []
      read = { squeezed: words.join(''), words }
    }
    return read
  }
  return { ...line, index, day: toEpochDay(line.bookedOn), valueDay: line.valueOn ? toEpochDay(line.valueOn) : null, text }
}

const PREFIX_LENGTH_MIN = 8

/**
 * How far two labels can be the same text, 0 to 1. Case, accents, punctuation and spaces do not count; a label cut by the bank
 * is the start of the whole one; otherwise the share of letters that both hold, format qualifiers left out.
 */
export function labelLikeness(one: Prepared, other: Prepared): number {
  const [a, b] = [one.text(), other.text()]
  if (a.squeezed === b.squeezed) return 1
  const [short, long] = a.squeezed.length <= b.squeezed.length ? [a, b] : [b, a]
  if (short.squeezed.length >= PREFIX_LENGTH_MIN && long.squeezed.startsWith(short.squeezed)) return 0.97
  if (short.squeezed.length >= PREFIX_LENGTH_MIN && long.squeezed.includes(short.squeezed)) return 0.9
  const pool = long.words.filter((word) => !QUALIFIERS.has(word))
  let shared = 0
  let total = 0
  for (const word of short.words) {
    if (QUALIFIERS.has(word)) continue
    total += word.length
    const at = pool.findIndex((other) => other === word || (word.length >= 3 && (other.startsWith(word) || (other.length >= 3 && word.startsWith(other)))))
    if (at < 0) continue
    shared += Math.min(word.length, pool[at]!.length)
    pool.splice(at, 1)
  }
  return total === 0 ? 0 : (0.95 * shared) / total
}

/** True when the two lines share a day: booked the same day, or one is booked on the other's value date and their value dates do not disagree. */
export function daysAgree(a: Prepared, b: Prepared): boolean {
  if (a.day === b.day) return true
  const crossed = a.day === b.valueDay || b.day === a.valueDay
  const sameValue = a.valueDay !== null && a.valueDay === b.valueDay
  return sameValue || (crossed && (a.valueDay === null || b.valueDay === null))
}
