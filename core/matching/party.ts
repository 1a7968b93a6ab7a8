import type { Party } from './model.ts'
import { fold, nameWords, skeleton, squeeze } from './normalise.ts'
import { type LabelReading, nameWindows, skeletonsOf } from './references.ts'

/**
 * How a label speaks of one party. `iban`: the payer's account is the party's; `known`: a confirmed match taught this wording;
 * `full`, `near`, `weak`: how much of the name is there; `other`: another party is clearly named; `none`: nobody is recognised.
 */
export type PartyLevel = 'iban' | 'known' | 'full' | 'near' | 'weak' | 'other' | 'none'

/** `whole`: the name as written, squeezed; `ends`: the lengths at which one of its words ends. */
type PreparedParty = { readonly id: string; readonly whole: string; readonly ends: ReadonlySet<number>; readonly words: readonly string[]; readonly keys: readonly string[]; weights: readonly number[]; total: number }

/** Which way the money goes: `in` from those who owe us, `out` to those we owe. */
export type Direction = 'in' | 'out'

type Postings = { readonly byKey: Map<string, PreparedParty[]>; readonly byStart: Map<string, PreparedParty[]> }

/** Names of all parties, and for each direction those concerned, by word skeleton and by the first letters of each word. */
export type PartyIndex = {
  readonly byId: ReadonlyMap<string, PreparedParty>
  readonly byIban: ReadonlyMap<string, string>
  readonly postings: Readonly<Record<Direction, Postings>>
}

/** How well a name is found in a label: `coverage` 0..1 of its weight; `rank` also counts what is missing, to compare parties. */
export type NameMatch = { readonly partyId: string; readonly coverage: number; readonly rank: number }

const DIGIT = /\d/
const START_LETTERS = 4
const SKELETON_CREDIT = 0.88
const CUT_CREDIT = 0.75

function post(map: Map<string, PreparedParty[]>, key: string, party: PreparedParty): void {
  const list = map.get(key)
  if (!list) map.set(key, [party])
  else if (list.at(-1) !== party) list.push(party)
}

/**
 * Prepares the parties' names once. A word borne by many parties ("SERVICES") weighs little, a rare one much.
 * `concerns` says which directions a party can be looked for in; by default both.
 */
export function indexParties(parties: readonly Party[], concerns: (partyId: string, direction: Direction) => boolean = () => true): PartyIndex {
  const byId = new Map<string, PreparedParty>()
  const byIban = new Map<string, string>()
  const bearers = new Map<string, PreparedParty[]>()
  const postings: Record<Direction, Postings> = { in: { byKey: new Map(), byStart: new Map() }, out: { byKey: new Map(), byStart: new Map() } }
  for (const { id, name, iban } of parties) {
    const words = nameWords(name)
    const prepared: PreparedParty = { id, ...wholeName(name), words, keys: words.map(skeleton), weights: [], total: 0 }
    byId.set(id, prepared)
    if (iban) byIban.set(squeeze(iban), id)
    for (const key of prepared.keys) post(bearers, key, prepared)
    for (const direction of ['in', 'out'] as const) {
      if (!concerns(id, direction)) continue
      prepared.keys.forEach((key) => post(postings[direction].byKey, key, prepared))
      for (const word of words) if (word.length >= START_LETTERS) post(postings[direction].byStart, word.slice(0, START_LETTERS), prepared)
    }
  }
  for (const party of byId.values()) {
    party.weights = party.keys.map((key) => Math.log(1 + byId.size / bearers.get(key)!.length))
    party.total = party.weights.reduce((sum, weight) => sum + weight, 0)
  }
  return { byId, byIban, postings }
}

function wholeName(name: string): { readonly whole: string; readonly ends: ReadonlySet<number> } {
  let whole = ''
  const ends = new Set<number>()
  for (const word of fold(name).match(/[A-Z0-9]+/g) ?? []) { whole += word; ends.add(whole.length) }
  return { whole, ends }
}

function creditOf(word: string, key: string, reading: LabelReading): number {
  if (reading.wordSet.has(word)) return 1
  if (key.length >= 3 ? skeletonsOf(reading).has(key) : key.length === 2 && reading.wordSet.has(key)) return SKELETON_CREDIT
  let best = 0
  for (const written of reading.words) {
    if (written.length >= 2 && written.length < word.length && word.startsWith(written)) best = Math.max(best, written.length >= 3 ? CUT_CREDIT : 0.3)
  }
  return best
}

/** How well one party's name is found in a label. */
export function nameMatch(index: PartyIndex, partyId: string, reading: LabelReading): NameMatch {
  const party = index.byId.get(partyId)
  if (!party || party.total === 0) return { partyId, coverage: 0, rank: 0 }
  let found = 0
  party.words.forEach((word, at) => { found += party.weights[at]! * creditOf(word, party.keys[at]!, reading) })
  if (found < 0.97 * party.total) found = Math.max(found, party.total * cutShare(party, reading))
  return { partyId, coverage: found / party.total, rank: found - 0.7 * (party.total - found) }
}

/** A name that the payer's bank cut inside a word ("MENUISERIE D" for Menuiserie de Toulouse): nearly as telling as what remains is long. */
function cutShare({ whole, ends }: PreparedParty, reading: LabelReading): number {
  let longest = 0
  for (const window of nameWindows(reading)) {
    if (window.length > longest && window.length < whole.length && !ends.has(window.length) && whole.startsWith(window)) longest = window.length
  }
  return longest === 0 ? 0 : 0.5 + (0.45 * longest) / whole.length
}

const NAMED_MAX = 8
const HEARD_MAX = 12
const COMMON_POSTINGS_MIN = 40
const HEARD_WELL = 0.6

type Voice = { readonly key: string; readonly postings: readonly PreparedParty[]; readonly credit: number }

/** The label's words that some party bears, rarest first. */
function voices(index: PartyIndex, reading: LabelReading, direction: Direction): Voice[] {
  const { byKey, byStart } = index.postings[direction]
  const found: Voice[] = []
  for (const word of reading.wordSet) {
    if (word.length < 2 || DIGIT.test(word)) continue
    const key = skeleton(word)
    const postings = byKey.get(key)
    if (postings) found.push({ key, postings, credit: Math.log(1 + index.byId.size / postings.length) })
    else if (word.length >= START_LETTERS) {
      const started = byStart.get(word.slice(0, START_LETTERS))
      if (started) found.push({ key, postings: started, credit: 0.5 })
    }
  }
  return found.sort((a, b) => a.postings.length - b.postings.length)
}

/** The share of each party's name that the label's words make up, best first. */
function sharesHeard(index: PartyIndex, reading: LabelReading, direction: Direction): { readonly id: string; readonly share: number }[] {
  const heard = new Map<PreparedParty, number>()
  let best = 0
  for (const { key, postings, credit } of voices(index, reading, direction)) {
    // Once a party is well heard, a word that dozens bear only adds to those already heard: it cannot bring the right one in.
    if (postings.length > COMMON_POSTINGS_MIN && best >= HEARD_WELL) {
      for (const [party, before] of heard) if (party.keys.includes(key)) heard.set(party, before + credit)
      continue
    }
    for (const party of postings) {
      const after = (heard.get(party) ?? 0) + credit
      heard.set(party, after)
      if (after > best * party.total) best = after / party.total
    }
  }
  const shares: { readonly id: string; readonly share: number }[] = []
  for (const [party, credit] of heard) {
    const share = credit / party.total
    if (share >= best * 0.4) shares.push({ id: party.id, share })
  }
  return shares.sort((x, y) => y.share - x.share || (x.id < y.id ? -1 : 1))
}

/** The parties a label may name, best first, at most eight. A shared common word alone brings nobody in. */
export function identify(index: PartyIndex, reading: LabelReading, direction: Direction): NameMatch[] {
  const ranked = sharesHeard(index, reading, direction).slice(0, HEARD_MAX).map(({ id }) => nameMatch(index, id, reading)).filter((match) => match.coverage >= 0.3)
  return ranked.sort((a, b) => b.rank - a.rank || (a.partyId < b.partyId ? -1 : 1)).slice(0, NAMED_MAX)
}

/** The level of a name match, given the best other party named in the same label. */
export function levelOf(match: NameMatch, rival: NameMatch | null): PartyLevel {
  if (rival && rival.coverage >= 0.9 && rival.rank > match.rank + 0.5) return 'other'
  if (match.coverage >= 0.97) return 'full'
  if (match.coverage >= 0.72) return 'near'
  return match.coverage >= 0.35 ? 'weak' : 'none'
}
