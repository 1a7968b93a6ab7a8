import { earlier, type LocalDate, later } from '../kernel/local-date.ts'
import type { Text } from '../kernel/problem.ts'
import { decide, type DedupDecision, type DedupLine, type Evidence } from './dedup.ts'
import { FILE_IDS, prepareLine } from './dedup-evidence.ts'
import { settlePending, withdrawnPending } from './pending.ts'

/** A line as it is delivered. `replaces`: the identifier it was announced by. */
export type DeliveredRow = DedupLine & { readonly status: 'booked' | 'pending'; readonly replaces?: string | null }

/** What an account holds around the days of a delivery. `removed` are tombstones: taken away by a person, or with an import. */
export type KnownRows = { readonly booked: readonly DedupLine[]; readonly pending: readonly DedupLine[]; readonly removed: readonly DedupLine[]; readonly perDay?: ReadonlyMap<string, number> }

/**
 * What becomes of a delivered line. `of` says which list `index` counts in: the line it repeats, resembles, or (`books`) the
 * pending line it makes true. A line that repeats a removed one is known.
 */
export type LineVerdict = { readonly action: 'new' | 'known' | 'suspicious'; readonly because: Text; readonly of: 'booked' | 'pending' | 'removed' | null; readonly index: number | null; readonly books: boolean }

/** `withdrawn` counts in `pending`: what the bank no longer announces. */
export type DeliveryVerdict = { readonly lines: readonly LineVerdict[]; readonly withdrawn: readonly number[] }

/** Evidence that holds against a tombstone: a line that merely resembles one would be lost without anybody seeing it. */
const STRONG: ReadonlySet<Evidence> = new Set<Evidence>(['identifier', 'same', 'labelAltered'])

const BOOKS: Text = { fr: 'l\'opération annoncée est comptabilisée', en: 'the announced movement is booked' }
const REMOVED: Text = { fr: 'quelqu\'un a retiré cette opération : elle ne revient que si on la redemande', en: 'someone removed this movement: it comes back only when asked for' }

/** The same line of the same file, whenever it is given again: what a decision of a person is remembered by. */
export function lineFingerprint(line: DedupLine): string {
  return [line.bookedOn, line.minor, line.currency, prepareLine(line, 0).text().squeezed, line.reference ?? '', line.bankId ?? ''].join('|')
}

/** Gives each list its decisions back in the order of the delivery. */
function pick<T>(all: readonly T[], indexes: readonly number[]): T[] {
  return indexes.map((at) => all[at]!)
}

const NEW = (because: Text): LineVerdict => ({ action: 'new', because, of: null, index: null, books: false })

function verdictOf(decision: DedupDecision, of: 'booked' | 'removed'): LineVerdict {
  return { action: decision.action, because: decision.because, of: decision.knownIndex === null ? null : of, index: decision.knownIndex, books: false }
}

/** Booked lines: known ones first, then those that were announced, then those a person had removed. */
function bookedVerdicts(known: KnownRows, lines: readonly DeliveredRow[]): LineVerdict[] {
  const verdicts = decide(known.booked, lines, known.perDay ? { knownPerDay: known.perDay } : {}).map((decision) => verdictOf(decision, 'booked'))
  if (known.pending.length === 0 && known.removed.length === 0) return verdicts
  const open = [...verdicts.keys()].filter((at) => verdicts[at]!.action !== 'known')
  settlePending(known.pending, pick(lines, open)).forEach((index, at) => {
    if (index !== null) verdicts[open[at]!] = { action: 'new', because: BOOKS, of: 'pending', index, books: true }
  })
  if (known.removed.length === 0) return verdicts
  const fresh = open.filter((at) => verdicts[at]!.action === 'new' && !verdicts[at]!.books)
  decide(known.removed, pick(lines, fresh)).forEach((decision, at) => {
    if (decision.action === 'known' && STRONG.has(decision.evidence)) verdicts[fresh[at]!] = { ...verdictOf(decision, 'removed'), because: REMOVED }
  })
  return verdicts
}

/** Announced lines: nothing is asked about them, they are replaced or go away by themselves. */
function pendingVerdicts(known: KnownRows, lines: readonly DeliveredRow[], lastKnownOn: LocalDate | null): LineVerdict[] {
  const asBooked = decide([...known.booked, ...known.pending], lines)
  const split = known.booked.length
  const already = settlePending(lines, known.booked)
  const bookedSince = new Set(already.filter((at) => at !== null && lastKnownOn !== null && lines[at]!.bookedOn < lastKnownOn))
  return asBooked.map((decision, at): LineVerdict => {
    if (decision.action === 'known') {
      const index = decision.knownIndex!
      return index < split ? verdictOf(decision, 'booked') : { ...verdictOf(decision, 'booked'), of: 'pending', index: index - split }
    }
    if (bookedSince.has(at)) return { action: 'known', because: BOOKS, of: 'booked', index: already.indexOf(at), books: false }
    return NEW(decision.because)
  })
}

/**
 * Decides line by line what of a delivery is new to an account, which announced lines it books and which it withdraws. `source` is
 * who delivers; `listsPending` is given when it says all that is announced now (it is taken to when it announces anything).
 */
export function recogniseDelivery(known: KnownRows, delivered: readonly DeliveredRow[], { source = FILE_IDS, listsPending }: { readonly source?: string; readonly listsPending?: boolean } = {}): DeliveryVerdict {
  const indexes = [...delivered.keys()]
  const [booked, pending] = [indexes.filter((at) => delivered[at]!.status === 'booked'), indexes.filter((at) => delivered[at]!.status === 'pending')]
  const lastKnownOn = known.booked.reduce<LocalDate | null>((last, line) => (last === null ? line.bookedOn : later(last, line.bookedOn)), null)
  const lastBookedOn = booked.reduce<LocalDate | null>((last, at) => (last === null ? delivered[at]!.bookedOn : later(last, delivered[at]!.bookedOn)), null)
  const lines: LineVerdict[] = Array.from({ length: delivered.length })
  bookedVerdicts(known, pick(delivered, booked)).forEach((verdict, at) => { lines[booked[at]!] = verdict })
  if (pending.length > 0) pendingVerdicts(known, pick(delivered, pending), lastKnownOn).forEach((verdict, at) => { lines[pending[at]!] = verdict })
  const repeated = new Set(lines.flatMap(({ of, index }) => (of === 'pending' && index !== null ? [index] : [])))
  const withdrawn = withdrawnPending(known.pending, { repeated, listsPending: listsPending ?? pending.length > 0, lastBookedOn }).filter((at) => (known.pending[at]!.idKind ?? FILE_IDS) === source)
  return { lines, withdrawn }
}

/** The first and the last day of some lines; null of none. */
export function daysOf(lines: readonly { readonly bookedOn: LocalDate }[]): { readonly from: LocalDate; readonly to: LocalDate } | null {
  const first = lines[0]
  if (!first) return null
  return lines.reduce((days, line) => ({ from: earlier(days.from, line.bookedOn), to: later(days.to, line.bookedOn) }), { from: first.bookedOn, to: first.bookedOn })
}
