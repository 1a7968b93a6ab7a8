import { type LocalDate, toEpochDay } from '../kernel/local-date.ts'
import { byKey } from './by-key.ts'
import { type DedupLine, FILE_IDS, idsOf, labelLikeness, prepareLine, type Prepared } from './dedup-evidence.ts'

/** A booked line that may be an announced one come true. `replaces` is the identifier the bank says it announced it by. */
export type BookedLine = DedupLine & { readonly replaces?: string | null }

/** A card payment is booked a few days after it is announced, a file may date it a little before. */
const BOOKED_BEFORE_DAYS_MAX = 2
const BOOKED_AFTER_DAYS_MAX = 10
const LIKENESS_MIN = 0.5
/** An announcement nobody repeats is forgotten once the bank has booked this many days beyond it. */
const FORGOTTEN_AFTER_DAYS = 15

type Pair = { readonly booked: Prepared; readonly pending: Prepared; readonly likeness: number; readonly days: number }

/**
 * For each booked line, the index of the pending line it makes true, or null. The bank's identifier decides, whatever became of
 * the amount (a tip, an exchange rate); otherwise the same amount, some days apart, under labels that can be the same text.
 * Each pending line comes true once. Works within one account.
 */
export function settlePending(pending: readonly DedupLine[], booked: readonly BookedLine[]): (number | null)[] {
  const settled: (number | null)[] = booked.map(() => null)
  const taken = new Set<number>()
  const byId = new Map(pending.flatMap((line, at) => idsOf(line).map(({ kind, id }): [string, number] => [`${kind}|${id}`, at])))
  booked.forEach((line, at) => {
    for (const id of [line.replaces, line.bankId]) {
      const found = id ? byId.get(`${line.idKind ?? FILE_IDS}|${id}`) : undefined
      if (found === undefined || taken.has(found) || settled[at] !== null) continue
      settled[at] = found
      taken.add(found)
    }
  })
  for (const { booked: line, pending: announced } of likely(pending.map(prepareLine).filter((one) => !taken.has(one.index)), booked.map(prepareLine).filter((one) => settled[one.index] === null))) {
    if (settled[line.index] !== null || taken.has(announced.index)) continue
    settled[line.index] = announced.index
    taken.add(announced.index)
  }
  return settled
}

function likely(pending: readonly Prepared[], booked: readonly Prepared[]): Pair[] {
  const byAmount = byKey(pending, (line) => `${line.currency}|${line.minor}`)
  const pairs = booked.flatMap((line) => (byAmount.get(`${line.currency}|${line.minor}`) ?? []).map((announced): Pair => (
    { booked: line, pending: announced, likeness: labelLikeness(line, announced), days: line.day - announced.day })))
  return pairs.filter(({ likeness, days }) => likeness >= LIKENESS_MIN && days >= -BOOKED_BEFORE_DAYS_MAX && days <= BOOKED_AFTER_DAYS_MAX)
    .sort((a, b) => b.likeness - a.likeness || Math.abs(a.days) - Math.abs(b.days) || a.booked.index - b.booked.index || a.pending.index - b.pending.index)
}

/**
 * Which pending lines the bank has withdrawn: it lists what it announces now and they are not in it, or it has booked well
 * beyond their day without them. `repeated` are the indexes it announced again or booked.
 */
export function withdrawnPending(pending: readonly DedupLine[], delivery: { readonly repeated: ReadonlySet<number>; readonly listsPending: boolean; readonly lastBookedOn: LocalDate | null }): number[] {
  const beyond = delivery.lastBookedOn === null ? -Infinity : toEpochDay(delivery.lastBookedOn) - FORGOTTEN_AFTER_DAYS
  return pending.flatMap((line, at) => (!delivery.repeated.has(at) && (delivery.listsPending || toEpochDay(line.bookedOn) < beyond) ? [at] : []))
}
