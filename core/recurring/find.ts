import { daysBetween, type LocalDate, toEpochDay } from '../kernel/local-date.ts'
import { absolute } from '../kernel/money.ts'
import { type AmountLevel, levelOf } from './amounts.ts'
import { partyKey } from './party-key.ts'
import { RHYTHMS, type Rhythm, slipBetween } from './rhythm.ts'

/** A booked line of a bank account, minor units, money out negative. */
export type FlowLine = {
  readonly id: string
  readonly accountId: string
  readonly bookedOn: LocalDate
  readonly minor: bigint
  readonly currency: string
  readonly label: string
  readonly merchantId: string | null
}

/** Lines that come back at a rhythm: one party, one direction, one account, one currency. */
export type Series = {
  /** Account, direction, currency and party: the same for every series of the party. */
  readonly key: string
  readonly rhythm: Rhythm
  readonly lines: readonly FlowLine[]
  readonly level: AmountLevel
  /** 0 to 100: how regular dates and amounts are, how often they came, and how little of the same party lies between them. */
  readonly confidence: number
}

const SERIES_PER_PARTY_MAX = 4
/** The latest lines of one party that are looked at. */
const LINES_PER_PARTY_MAX = 400
export const CONFIDENCE_MIN = 70
const ORDER: readonly Rhythm[] = ['week', 'two_weeks', 'month', 'quarter', 'year']
/** From one time to the next an amount may be divided or multiplied by so much, in hundredths. */
const AMOUNT_STEP_MAX = 150n

function groupKey(line: FlowLine): string {
  const party = line.merchantId === null ? `label:${partyKey(line.label)}` : `merchant:${line.merchantId}`
  return `${line.accountId}|${line.minor < 0n ? 'out' : 'in'}|${line.currency}|${party}`
}

/** Whether two amounts can be two times of the same thing. */
function resemble(a: bigint, b: bigint): boolean {
  const [low, high] = a < b ? [a, b] : [b, a]
  return high * 100n <= low * AMOUNT_STEP_MAX
}

/** A line with its day as a number and its amount without sign: a chain is looked for among many. */
type Dated = { readonly line: FlowLine; readonly day: number; readonly size: bigint }

type Link = { readonly length: number; readonly cost: number; readonly before: number }

/** What a link from one line to a later one costs: days of slip, how far the amount moved in percent, a time that was missed. Null when there is no link. */
function linkCost(rhythm: Rhythm, from: Dated, to: Dated): number | null {
  const { slip, days } = RHYTHMS[rhythm]
  const gap = to.day - from.day
  if (gap < days - slip - 3 || gap > 2 * days + slip + 4) return null
  // Most pairs are of days between one step and two: they are left before anything is worked out.
  if (gap > days + slip + 4 && gap < 2 * days - slip - 6) return null
  if (!resemble(from.size, to.size)) return null
  const moved = Number((from.size > to.size ? from.size - to.size : to.size - from.size) * 100n / (from.size > to.size ? from.size : to.size))
  const once = slipBetween(rhythm, from.line.bookedOn, { to: to.line.bookedOn, steps: 1 })
  if (once <= slip) return once + moved
  const twice = rhythm === 'year' ? slip + 1 : slipBetween(rhythm, from.line.bookedOn, { to: to.line.bookedOn, steps: 2 })
  return twice <= slip ? twice + moved + 60 : null
}

/** The longest chain at a rhythm, and among those the one whose dates and amounts move least. Lines are in order of day. */
function bestChain(lines: readonly Dated[], rhythm: Rhythm): FlowLine[] {
  const links: Link[] = []
  const farthest = 2 * RHYTHMS[rhythm].days + RHYTHMS[rhythm].slip + 4
  let best = -1
  for (const [at, line] of lines.entries()) {
    let link: Link = { length: 1, cost: 0, before: -1 }
    for (let back = at - 1; back >= 0 && line.day - lines[back]!.day <= farthest; back -= 1) {
      // A link to a shorter chain cannot be the best one, whatever it costs.
      if (links[back]!.length + 1 < link.length) continue
      const cost = linkCost(rhythm, lines[back]!, line)
      if (cost === null) continue
      const candidate = { length: links[back]!.length + 1, cost: links[back]!.cost + cost, before: back }
      if (candidate.length > link.length || (candidate.length === link.length && candidate.cost < link.cost)) link = candidate
    }
    links.push(link)
    const held = links[best]
    if (!held || link.length > held.length || (link.length === held.length && link.cost < held.cost)) best = at
  }
  const chain: FlowLine[] = []
  for (let at = best; at >= 0; at = links[at]!.before) chain.unshift(lines[at]!.line)
  return chain
}

/** How much of what the party did in that span and in that range of amounts the chain explains: 1 when nothing else lies between. */
function shareExplained(chain: readonly FlowLine[], among: readonly FlowLine[]): number {
  const { low, high } = rangeOf(chain)
  // What is a little outside of the range would have been taken as well.
  const between = among.filter(({ bookedOn, minor }) => bookedOn >= chain[0]!.bookedOn && bookedOn <= chain.at(-1)!.bookedOn && absolute(minor) * 20n >= low * 19n && absolute(minor) * 20n <= high * 21n)
  return chain.length / Math.max(chain.length, between.length)
}

/** How regular the days are: 1 to the day, 0 at the most that is allowed for each; a time that was missed counts as such. */
function regularity(chain: readonly FlowLine[], rhythm: Rhythm): number {
  const { slip } = RHYTHMS[rhythm]
  const slips = chain.slice(1).map((line, index) => Math.min(slip + 1, slipBetween(rhythm, chain[index]!.bookedOn, { to: line.bookedOn, steps: 1 })))
  const mean = slips.reduce((total, days) => total + days, 0) / Math.max(1, slips.length)
  return Math.max(0, 1 - mean / (slip + 1))
}

/** Most of the times that may be missing from a habit. */
const MISSED_SHARE_MAX = 0.25

/** The share of its times that a chain jumps over. */
function missedShare(chain: readonly FlowLine[], rhythm: Rhythm): number {
  const missed = chain.slice(1).filter((line, index) => slipBetween(rhythm, chain[index]!.bookedOn, { to: line.bookedOn, steps: 1 }) > RHYTHMS[rhythm].slip).length
  return missed / Math.max(1, chain.length - 1)
}

/** Amounts are one amount when the largest is at most so many percent of the smallest. */
const SAME_PERCENT = 102n
/** Of amounts that wander the chain took those that suited it: others a little further away would have suited another. */
const NEAR_PERCENT = 125n
/** A chain is taken for a habit when fewer than so many such chains are to be expected of lines that fall where they may. */
const ACCIDENTS_MAX = 0.03

/** The smallest and the largest amount of a chain. */
function rangeOf(chain: readonly FlowLine[]): { readonly low: bigint; readonly high: bigint } {
  const amounts = chain.map(({ minor }) => absolute(minor))
  return { low: amounts.reduce((a, b) => (a < b ? a : b)), high: amounts.reduce((a, b) => (a > b ? a : b)) }
}

/** How far apart the two are, from 0 to 1. */
function widthOf({ low, high }: { readonly low: bigint; readonly high: bigint }): number {
  const thousandths = (high - low) * 1_000n / high
  return Number(thousandths) / 1_000
}

/**
 * How many chains like this one would be expected by accident: the party's other lines of such amounts, spread over the days it is
 * known for, fall on an expected date with some chance, and must do so each time. Without any other line the width of
 * the amounts says how easily one could fall among them.
 */
function accidents(chain: readonly FlowLine[], rhythm: Rhythm, among: readonly FlowLine[]): number {
  const range = rangeOf(chain)
  const taken = new Set(chain.map(({ id }) => id))
  const reach = range.high * 100n > range.low * SAME_PERCENT ? NEAR_PERCENT : SAME_PERCENT
  const others = among.filter(({ id, minor }) => !taken.has(id) && absolute(minor) * reach >= range.low * 100n && absolute(minor) * 100n <= range.high * reach).length
  const days = Math.max(1, daysBetween(among[0]!.bookedOn, among.at(-1)!.bookedOn))
  const chance = Math.min(1, ((others + Math.min(1, 0.05 + widthOf(range))) / days) * (2 * RHYTHMS[rhythm].slip + 1))
  return (others + chain.length) * chance ** (chain.length - 1)
}

/** How sure it is that a chain is a habit, 0 to 100. */
function confidenceOf(chain: readonly FlowLine[], rhythm: Rhythm, among: readonly FlowLine[]): number {
  const { timesMin } = RHYTHMS[rhythm]
  if (missedShare(chain, rhythm) > MISSED_SHARE_MAX || accidents(chain, rhythm, among) > ACCIDENTS_MAX) return 0
  const level = levelOf(chain.map(({ minor }) => absolute(minor)))
  const often = Math.min(1, (chain.length - timesMin + 1) / 4)
  const steady = Math.max(0, 1 - level.spreadPercent / 50)
  const share = shareExplained(chain, among)
  return Math.round(100 * share * share * (0.4 * regularity(chain, rhythm) + 0.35 * steady + 0.25 * often))
}

/** Dates a year apart are a habit when the amount is one; from three on, also when the party is hardly seen otherwise and the amount hardly moved. */
function isYearly(chain: readonly FlowLine[], among: readonly FlowLine[]): boolean {
  const { low, high } = rangeOf(chain)
  if (high * 100n <= low * SAME_PERCENT) return true
  return chain.length > 2 && chain.length * 5 >= among.length * 3 && high * 10n <= low * 13n
}

type Candidate = { readonly rhythm: Rhythm; readonly chain: readonly FlowLine[]; readonly confidence: number }

/** Chains of every rhythm; the one that explains most lines, the surest of those that explain as many. */
function bestCandidate(lines: readonly FlowLine[]): Candidate | undefined {
  const dated = lines.map((line): Dated => ({ line, day: toEpochDay(line.bookedOn), size: absolute(line.minor) }))
  const candidates = ORDER.flatMap((rhythm): Candidate[] => {
    const chain = bestChain(dated, rhythm)
    if (chain.length < RHYTHMS[rhythm].timesMin) return []
    if (rhythm === 'year' && !isYearly(chain, lines)) return []
    const confidence = confidenceOf(chain, rhythm, lines)
    return confidence >= CONFIDENCE_MIN ? [{ rhythm, chain, confidence }] : []
  })
  return candidates.toSorted((a, b) => b.chain.length - a.chain.length || b.confidence - a.confidence)[0]
}

/** The lines of one party on one account, in one direction and currency. */
export type Party = { readonly key: string; readonly lines: readonly FlowLine[] }

/** Lines by party: the merchant when one is known, else the words of the label. Lines of zero and those that name nobody are left out. In order of key. */
export function partiesOf(lines: readonly FlowLine[]): Party[] {
  const groups = new Map<string, FlowLine[]>()
  for (const line of lines) {
    if (line.minor === 0n) continue
    const key = groupKey(line)
    const group = groups.get(key)
    if (group) group.push(line)
    else groups.set(key, [line])
  }
  return [...groups].filter(([key, group]) => !key.endsWith('|label:') && group.length >= 2).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => ({ key, lines: group }))
}

/**
 * What comes back with one party: chains of lines at a rhythm whose amounts move by steps of half at most. Each line belongs to one
 * series; two amounts are two series. A party whose payments lie anywhere between the dates has none, however often it is paid.
 */
export function seriesOf({ key, lines: given }: Party): Series[] {
  let lines = given.toSorted((a, b) => (a.bookedOn === b.bookedOn ? (a.id < b.id ? -1 : 1) : a.bookedOn < b.bookedOn ? -1 : 1)).slice(-LINES_PER_PARTY_MAX)
  const found: Series[] = []
  while (found.length < SERIES_PER_PARTY_MAX) {
    const best = bestCandidate(lines)
    if (!best) break
    const taken = new Set(best.chain.map(({ id }) => id))
    lines = lines.filter(({ id }) => !taken.has(id))
    found.push({ key, rhythm: best.rhythm, lines: best.chain, confidence: best.confidence, level: levelOf(best.chain.map(({ minor }) => absolute(minor))) })
  }
  return found
}

/** Finds what comes back among lines: subscriptions, rents, salaries, regular customers. In order of party. */
export function findSeries(lines: readonly FlowLine[]): Series[] {
  return partiesOf(lines).flatMap(seriesOf)
}
