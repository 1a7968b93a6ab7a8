import type { Text } from '../kernel/problem.ts'
import { type DedupLine, daysAgree, FILE_IDS, idsOf, labelLikeness, prepareLine, type Prepared } from './dedup-evidence.ts'

export type { DedupLine } from './dedup-evidence.ts'

/**
 * What to do with a delivered line. `known`: it repeats the known line at `knownIndex`, do not import. `new`: import.
 * `suspicious`: it resembles `knownIndex` but nothing proves that it repeats it: a person decides, and by default it is imported,
 * since a movement lost is worse than a movement seen twice.
 */
export type DedupDecision = { readonly action: 'new' | 'known' | 'suspicious'; readonly because: Text; readonly knownIndex: number | null; readonly evidence: Evidence }

/** What a decision rests on. */
export type Evidence = keyof typeof BECAUSE

/** What the caller knows beside the lines it gives. */
export type DedupContext = {
  /** How many lines each day holds, by LocalDate, when `known` leaves out those whose amount no delivered line has. */
  readonly knownPerDay?: ReadonlyMap<string, number>
}

const SAME_DAY_LIKENESS_MIN = 0.5
const SHIFTED_LIKENESS_MIN = 0.8
const SHIFT_DAYS_MAX = 6
const POOR_LIKENESS_MIN = 0.25

type Side = { readonly lines: readonly Prepared[]; readonly byDayAmount: Map<string, Prepared[]>; readonly byAmount: Map<string, Prepared[]>; readonly byBankId: Map<string, Prepared[]>; readonly daySums: Map<string, string[]> }

function amountKey(line: DedupLine): string {
  return `${line.account}|${line.currency}|${line.minor}`
}

function idKey(line: DedupLine, kind: string, id: string): string {
  return `${line.account}|${kind}|${id}`
}

/** The key of a delivered line's own identifier. */
function ownKey(line: DedupLine): string {
  return idKey(line, line.idKind ?? FILE_IDS, line.bankId!)
}

/** `isKnown`: the side that is searched; the other is only walked. */
function index(lines: readonly DedupLine[], isKnown: boolean): Side {
  const side: Side = { lines: lines.map(prepareLine), byDayAmount: new Map(), byAmount: new Map(), byBankId: new Map(), daySums: new Map() }
  const put = <T>(map: Map<string, T[]>, key: string, value: T) => {
    const list = map.get(key)
    if (list) list.push(value)
    else map.set(key, [value])
  }
  for (const line of side.lines) {
    if (isKnown) {
      put(side.byDayAmount, `${line.day}|${amountKey(line)}`, line)
      put(side.byAmount, amountKey(line), line)
    }
    for (const { kind, id } of idsOf(line)) put(side.byBankId, idKey(line, kind, id), line)
    put(side.daySums, `${line.account}|${line.day}`, `${line.currency}|${line.minor}`)
  }
  return side
}

type Matching = { readonly known: Side; readonly delivered: Side; readonly decisions: (DedupDecision | null)[]; readonly claimed: Set<number>; readonly sharedIds: ReadonlySet<string>; readonly firstDay: ReadonlyMap<string, number>; readonly context: DedupContext }

function claim(matching: Matching, pair: { readonly line: Prepared; readonly known: Prepared }, evidence: Evidence): void {
  matching.claimed.add(pair.known.index)
  matching.decisions[pair.line.index] = { action: 'known', because: BECAUSE[evidence], knownIndex: pair.known.index, evidence }
}

function suspect(matching: Matching, line: Prepared, { known, evidence }: { readonly known: Prepared | null; readonly evidence: Evidence }): void {
  matching.decisions[line.index] = { action: 'suspicious', because: BECAUSE[evidence], knownIndex: known?.index ?? null, evidence }
}

/** The known line bears identifiers of the kind of the delivered one's, and that is none of them. */
function bearsOtherIds(line: Prepared, known: Prepared): boolean {
  if (line.bankId === null) return false
  const kind = line.idKind ?? FILE_IDS
  const ids = idsOf(known).filter((one) => one.kind === kind)
  return ids.length > 0 && ids.every(({ id }) => id !== line.bankId)
}

/** Both have an identifier of the same kind and they differ: two movements, however alike. */
function idsConflict(matching: Matching, line: Prepared, known: Prepared): boolean {
  return matching.sharedIds.has(line.account) && bearsOtherIds(line, known)
}

/** Identifiers written the same way (as many letters and digits in the same places) that differ. */
function idsDiffer(line: Prepared, known: Prepared): boolean {
  const shape = (id: string) => id.replace(/\d/g, '9').replace(/[A-Za-z]/g, 'a')
  return bearsOtherIds(line, known) && idsOf(known).some(({ kind, id }) => kind === (line.idKind ?? FILE_IDS) && shape(id) === shape(line.bankId!))
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
    const key = ownKey(line)
    const same = matching.known.byBankId.get(key) ?? []
    const free = same.find((known) => !matching.claimed.has(known.index) && known.minor === line.minor && known.currency === line.currency)
    if (free) claim(matching, { line, known: free }, 'identifier')
    else if (same.length > 0) suspect(matching, line, { known: same[0]!, evidence: same[0]!.minor === line.minor ? 'identifierTwice' : 'identifierOtherAmount' })
    else if (seen.has(key)) suspect(matching, line, { known: null, evidence: 'identifierTwice' })
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
    if (doubtful.has(line.account) && idsDiffer(line, known)) suspect(matching, line, { known, evidence: 'otherIdentifier' })
    else if (likeness >= SAME_DAY_LIKENESS_MIN) claim(matching, { line, known }, likeness === 1 ? 'same' : 'labelAltered')
    else if (dayComplete(matching, line) && (likeness >= POOR_LIKENESS_MIN || matching.known.daySums.get(`${line.account}|${line.day}`)!.length > 1)) claim(matching, { line, known }, 'dayComplete')
  }
  for (const { line, known } of pairs) {
    if (matching.decisions[line.index] === null && !matching.claimed.has(known.index)) suspect(matching, line, { known, evidence: 'otherLabel' })
  }
}

/** Both deliveries hold exactly the same amounts on that day: the same day told in another format. */
function dayComplete(matching: Matching, line: Prepared): boolean {
  const key = `${line.account}|${line.day}`
  const known = matching.known.daySums.get(key) ?? []
  const delivered = matching.delivered.daySums.get(key) ?? []
  if (matching.context.knownPerDay && (matching.context.knownPerDay.get(line.bookedOn) ?? 0) !== known.length) return false
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
    if (agreed) claim(matching, { line, known: agreed.known }, 'dateShifted')
    else if (near[0]) doubtful.push({ line, known: near[0].known })
  }
  for (const { line, known } of doubtful) {
    // A delivery that does not reach back to the known line says nothing about it: the new line is simply another movement.
    const covered = (matching.firstDay.get(line.account) ?? Infinity) <= known.day
    if (covered && !matching.claimed.has(known.index)) suspect(matching, line, { known, evidence: 'lookAlike' })
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
 * Works within one account; amounts are signed minor units. `known` may leave out lines that share neither amount nor
 * identifier with any delivered one, given `knownPerDay`. Never fails. The decisions are in the order of `delivered`.
 */
export function decide(known: readonly DedupLine[], delivered: readonly DedupLine[], context: DedupContext = {}): DedupDecision[] {
  if (known.length === 0) return alone(delivered)
  const knownSide = index(known, true)
  const deliveredSide = index(delivered, false)
  for (const list of knownSide.byAmount.values()) list.sort((a, b) => a.day - b.day || a.index - b.index)
  const sharedIds = new Set([...deliveredSide.byBankId].filter(([key]) => knownSide.byBankId.has(key)).map(([, lines]) => lines[0]!.account))
  const firstDay = new Map<string, number>()
  for (const line of deliveredSide.lines) firstDay.set(line.account, Math.min(firstDay.get(line.account) ?? Infinity, line.day))
  const matching: Matching = { known: knownSide, delivered: deliveredSide, decisions: delivered.map(() => null), claimed: new Set(), sharedIds, firstDay, context }
  byIdentifier(matching)
  bySameDay(matching)
  byShiftedDay(matching)
  return matching.decisions.map((decision) => decision ?? { action: 'new', because: BECAUSE.unseen, knownIndex: null, evidence: 'unseen' })
}

/** A delivery to an account that holds nothing: only an identifier that comes twice is odd. */
function alone(delivered: readonly DedupLine[]): DedupDecision[] {
  const seen = new Set<string>()
  return delivered.map((line): DedupDecision => {
    const key = line.bankId ? ownKey(line) : null
    const isTwice = key !== null && seen.has(key)
    if (key !== null) seen.add(key)
    return isTwice ? { action: 'suspicious', because: BECAUSE.identifierTwice, knownIndex: null, evidence: 'identifierTwice' } : { action: 'new', because: BECAUSE.unseen, knownIndex: null, evidence: 'unseen' }
  })
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
