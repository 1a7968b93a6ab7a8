import type { Text } from '../kernel/problem.ts'
import { type DedupLine, daysAgree, labelLikeness, prepareLine, type Prepared } from './dedup-evidence.ts'

export type { DedupLine } from './dedup-evidence.ts'

/**
 * What to do with a delivered line. `known`: it repeats the known line at `knownIndex`, do not import. `new`: import.
 * `suspicious`: it resembles `knownIndex` but nothing proves that it repeats it: a person decides, and by default it is imported,
 * since a movement lost is worse than a movement seen twice.
 */
export type DedupDecision = { readonly action: 'new' | 'known' | 'suspicious'; readonly because: Text; readonly knownIndex: number | null }

const SAME_DAY_LIKENESS_MIN = 0.5
const SHIFTED_LIKENESS_MIN = 0.8
const SHIFT_DAYS_MAX = 6
const POOR_LIKENESS_MIN = 0.25

type Side = { readonly lines: readonly Prepared[]; readonly byDayAmount: Map<string, Prepared[]>; readonly byAmount: Map<string, Prepared[]>; readonly byBankId: Map<string, Prepared[]>; readonly daySums: Map<string, string[]> }

function amountKey(line: DedupLine): string {
  return `${line.account}|${line.currency}|${line.minor}`
}

function index(lines: readonly DedupLine[]): Side {
  const side: Side = { lines: lines.map(prepareLine), byDayAmount: new Map(), byAmount: new Map(), byBankId: new Map(), daySums: new Map() }
  const put = <T>(map: Map<string, T[]>, key: string, value: T) => {
    const list = map.get(key)
    if (list) list.push(value)
    else map.set(key, [value])
  }
  for (const line of side.lines) {
    put(side.byDayAmount, `${line.day}|${amountKey(line)}`, line)
    put(side.byAmount, amountKey(line), line)
    if (line.bankId) put(side.byBankId, `${line.account}|${line.bankId}`, line)
    put(side.daySums, `${line.account}|${line.day}`, `${line.currency}|${line.minor}`)
  }
  return side
}

type Matching = { readonly known: Side; readonly delivered: Side; readonly decisions: (DedupDecision | null)[]; readonly claimed: Set<number>; readonly sharedIds: ReadonlySet<string>; readonly firstDay: ReadonlyMap<string, number> }

function claim(matching: Matching, pair: { readonly line: Prepared; readonly known: Prepared }, because: Text): void {
  matching.claimed.add(pair.known.index)
  matching.decisions[pair.line.index] = { action: 'known', because, knownIndex: pair.known.index }
}

/** Both have an identifier of the same kind and they differ: two movements, however alike. */
function idsConflict(matching: Matching, a: Prepared, b: Prepared): boolean {
  return a.bankId !== null && b.bankId !== null && a.bankId !== b.bankId && matching.sharedIds.has(a.account)
}

/** Identifiers written the same way (as many letters and digits in the same places) that differ. */
function idsDiffer(a: Prepared, b: Prepared): boolean {
  const shape = (id: string) => id.replace(/\d/g, '9').replace(/[A-Za-z]/g, 'a')
  return a.bankId !== null && b.bankId !== null && a.bankId !== b.bankId && shape(a.bankId) === shape(b.bankId)
}

/** A bank that renumbers a whole delivery gives other identifiers to many lines; beyond this many, they prove nothing. */
const OTHER_IDS_MAX = 2

/** Accounts in which only one or two lines look known under another identifier: those are probably movements of their own. */
function accountsWithFewOtherIds(pairs: readonly { readonly line: Prepared; readonly known: Prepared }[]): ReadonlySet<string> {
  const lines = new Map<string, Set<number>>()
  for (const { line, known } of pairs) if (idsDiffer(line, known)) lines.set(line.account, (lines.get(line.account) ?? new Set()).add(line.index))
  return new Set([...lines].filter(([, indexes]) => indexes.size <= OTHER_IDS_MAX).map(([account]) => account))
}

function waiting(matching: Matching): Prepared[] {
  return matching.delivered.lines.filter((line) => matching.decisions[line.index] === null)
}

/** The bank's own identifier settles the question at once. */
function byIdentifier(matching: Matching): void {
  const seen = new Set<string>()
  for (const line of matching.delivered.lines) {
    if (!line.bankId) continue
    const key = `${line.account}|${line.bankId}`
    const same = matching.known.byBankId.get(key) ?? []
    const free = same.find((known) => !matching.claimed.has(known.index) && known.minor === line.minor && known.currency === line.currency)
    if (free) claim(matching, { line, known: free }, BECAUSE.identifier)
    else if (same.length > 0) matching.decisions[line.index] = { action: 'suspicious', because: same[0]!.minor === line.minor ? BECAUSE.identifierTwice : BECAUSE.identifierOtherAmount, knownIndex: same[0]!.index }
    else if (seen.has(key)) matching.decisions[line.index] = { action: 'suspicious', because: BECAUSE.identifierTwice, knownIndex: null }
    seen.add(key)
  }
}

/** Same account, day and amount: the labels most alike first, each known line covered once, so that genuine twins stay two. */
function bySameDay(matching: Matching): void {
  const pairs: { readonly line: Prepared; readonly known: Prepared; readonly likeness: number }[] = []
  for (const line of waiting(matching)) {
    for (const known of matching.known.byDayAmount.get(`${line.day}|${amountKey(line)}`) ?? []) {
      if (matching.claimed.has(known.index) || idsConflict(matching, line, known)) continue
      const likeness = line.reference && line.reference === known.reference ? 1 : labelLikeness(line, known)
      pairs.push({ line, known, likeness })
    }
  }
  pairs.sort((a, b) => b.likeness - a.likeness || a.line.index - b.line.index || a.known.index - b.known.index)
  const doubtful = accountsWithFewOtherIds(pairs)
  for (const { line, known, likeness } of pairs) {
    if (matching.decisions[line.index] !== null || matching.claimed.has(known.index)) continue
    if (doubtful.has(line.account) && idsDiffer(line, known)) matching.decisions[line.index] = { action: 'suspicious', because: BECAUSE.otherIdentifier, knownIndex: known.index }
    else if (likeness >= SAME_DAY_LIKENESS_MIN) claim(matching, { line, known }, likeness === 1 ? BECAUSE.same : BECAUSE.labelAltered)
    else if (dayComplete(matching, line) && (likeness >= POOR_LIKENESS_MIN || matching.known.daySums.get(`${line.account}|${line.day}`)!.length > 1)) claim(matching, { line, known }, BECAUSE.dayComplete)
  }
  for (const { line, known } of pairs) {
    if (matching.decisions[line.index] === null && !matching.claimed.has(known.index)) matching.decisions[line.index] = { action: 'suspicious', because: BECAUSE.otherLabel, knownIndex: known.index }
  }
}

/** Both deliveries hold exactly the same amounts on that day: the same day told in another format. */
function dayComplete(matching: Matching, line: Prepared): boolean {
  const key = `${line.account}|${line.day}`
  const known = matching.known.daySums.get(key) ?? []
  const delivered = matching.delivered.daySums.get(key) ?? []
  return known.length === delivered.length && [...known].sort().join() === [...delivered].sort().join()
}

/** The booking date moved (an export by value date, a correction): the value dates still agree. Otherwise a look-alike is only told. */
function byShiftedDay(matching: Matching): void {
  const doubtful: { readonly line: Prepared; readonly known: Prepared }[] = []
  for (const line of waiting(matching)) {
    const near = around(matching.known.byAmount.get(amountKey(line)) ?? [], line.day)
      .filter((known) => !matching.claimed.has(known.index) && !idsConflict(matching, line, known))
      .map((known) => ({ known, likeness: line.reference && line.reference === known.reference ? 1 : labelLikeness(line, known) }))
      .filter(({ likeness }) => likeness >= SHIFTED_LIKENESS_MIN)
      .sort((a, b) => b.likeness - a.likeness || Math.abs(a.known.day - line.day) - Math.abs(b.known.day - line.day))
    const agreed = near.find(({ known }) => daysAgree(line, known))
    if (agreed) claim(matching, { line, known: agreed.known }, BECAUSE.dateShifted)
    else if (near[0]) doubtful.push({ line, known: near[0].known })
  }
  for (const { line, known } of doubtful) {
    // A delivery that does not reach back to the known line says nothing about it: the new line is simply another movement.
    const covered = (matching.firstDay.get(line.account) ?? Infinity) <= known.day
    if (covered && !matching.claimed.has(known.index)) matching.decisions[line.index] = { action: 'suspicious', because: BECAUSE.lookAlike, knownIndex: known.index }
  }
}

/** The lines of a day-ordered list that are within the shift allowed. */
function around(lines: readonly Prepared[], day: number): Prepared[] {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (lines[middle]!.day < day - SHIFT_DAYS_MAX) low = middle + 1
    else high = middle
  }
  const found: Prepared[] = []
  for (let at = low; at < lines.length && lines[at]!.day <= day + SHIFT_DAYS_MAX; at += 1) found.push(lines[at]!)
  return found
}

/**
 * Decides for every delivered line whether it is new, already known, or suspicious. Known lines are covered one by one, so the
 * second of two identical movements is new unless two were known. Evidence, strongest first: the bank's identifier; same day,
 * amount and label (altered, cut or told in another format); the same complete day; a booking date moved to the value date.
 * Works within one account; amounts are signed minor units. Never fails. The decisions are in the order of `delivered`.
 */
export function decide(known: readonly DedupLine[], delivered: readonly DedupLine[]): DedupDecision[] {
  const knownSide = index(known)
  const deliveredSide = index(delivered)
  for (const list of knownSide.byAmount.values()) list.sort((a, b) => a.day - b.day || a.index - b.index)
  const sharedIds = new Set([...deliveredSide.byBankId].filter(([key]) => knownSide.byBankId.has(key)).map(([, lines]) => lines[0]!.account))
  const firstDay = new Map<string, number>()
  for (const line of deliveredSide.lines) firstDay.set(line.account, Math.min(firstDay.get(line.account) ?? Infinity, line.day))
  const matching: Matching = { known: knownSide, delivered: deliveredSide, decisions: delivered.map(() => null), claimed: new Set(), sharedIds, firstDay }
  byIdentifier(matching)
  bySameDay(matching)
  byShiftedDay(matching)
  return matching.decisions.map((decision) => decision ?? { action: 'new', because: BECAUSE.unseen, knownIndex: null })
}

const BECAUSE = {
  identifier: { fr: 'même identifiant de la banque', en: 'same bank identifier' },
  identifierTwice: { fr: 'cet identifiant de la banque a déjà été vu pour une autre opération', en: 'this bank identifier was already seen on another movement' },
  identifierOtherAmount: { fr: 'même identifiant de la banque, mais un autre montant', en: 'same bank identifier, but another amount' },
  same: { fr: 'même jour, même montant, même libellé', en: 'same day, amount and label' },
  labelAltered: { fr: 'même jour et même montant, libellé écrit autrement', en: 'same day and amount, label written differently' },
  dayComplete: { fr: 'la journée entière est déjà connue, montant pour montant', en: 'the whole day is already known, amount for amount' },
  otherIdentifier: { fr: 'même jour, même montant, mais la banque lui donne une autre référence', en: 'same day, same amount, but the bank gives it another reference' },
  otherLabel: { fr: 'même jour et même montant, mais un libellé tout autre', en: 'same day and amount, but quite another label' },
  dateShifted: { fr: 'même montant et même libellé, date d\'opération déplacée à la date de valeur', en: 'same amount and label, booking date moved to the value date' },
  lookAlike: { fr: 'même montant et même libellé à quelques jours près, sans preuve qu\'il s\'agisse de la même opération', en: 'same amount and label a few days apart, with no proof that it is the same movement' },
  unseen: { fr: 'aucune opération connue ne correspond', en: 'no known movement corresponds' },
} satisfies Record<string, Text>
