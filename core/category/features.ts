import { dayOf, type LocalDate, toEpochDay } from '../kernel/local-date.ts'
import { skeleton } from '../matching/normalise.ts'
import { type CleanLabel, cleanLabel, labelKey } from './clean-label.ts'
import { lexiconKeys } from './lexicon.ts'

/** What classification looks at in a bank line. Amounts are signed minor units. */
export type Sample = {
  readonly label: string
  readonly counterparty: string | null
  readonly minor: bigint
  readonly bookedOn: LocalDate
  /** Any stable name of the bank account. */
  readonly account: string
}

/** Hashes of what a line shows, with how much each counts; the keys under which its label is remembered, the most exact first; and the default categories its words name. */
export type Features = { readonly ids: Int32Array; readonly values: Float32Array; readonly keys: readonly string[]; readonly known: readonly string[] }

const BUCKETS = 1 << 22

/** FNV-1a over the characters, folded into the buckets: two different features seldom share one. */
function bucketOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    hash ^= text.charCodeAt(at)
    hash = Math.imul(hash, 0x01000193)
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % BUCKETS
}

/** Bands of size: three for each doubling, and one. A band is no money: a float is right here. */
function bandsOf(units: bigint): { fine: number; coarse: number } {
  const size = Math.log2(1 + Math.abs(Number(units)))
  return { fine: Math.round(size * 3), coarse: Math.round(size) }
}

function grams(text: string, length: number): string[] {
  return text.length <= length ? (text === '' ? [] : [text]) : Array.from({ length: text.length - length + 1 }, (_, at) => text.slice(at, at + length))
}

/** Features of one kind share its weight, however many there are. */
type Group = { readonly texts: readonly string[]; readonly weight: number }

/** What the words say: whole, in pairs, in pieces, and without their vowels since banks and shops abbreviate. */
function wordGroups(clean: CleanLabel, sign: string): Group[] {
  const { words } = clean
  const squeezed = words.join('')
  const bones = skeleton(squeezed)
  return [
    { texts: words.map((word) => `w${word}`), weight: 1 },
    { texts: words.slice(1).map((word, at) => `b${words[at]!} ${word}`), weight: 0.7 },
    { texts: words.length > 0 ? [`f${words[0]!}`] : ['f'], weight: 0.7 },
    { texts: words.length > 0 ? [`k${sign}${labelKey(clean)}`] : [], weight: 1 },
    { texts: bones.length > 2 ? [`s${sign}${bones}`] : [], weight: 0.7 },
    { texts: clean.prefixes.map((prefix) => `p${prefix}`), weight: 1 },
    { texts: [...grams(`^${squeezed}$`, 3), ...grams(`^${squeezed}$`, 4), ...grams(`^${squeezed}$`, 5)].map((gram) => `g${gram}`), weight: 2 },
    { texts: [...grams(`^${bones}$`, 3), ...grams(`^${bones}$`, 4)].map((gram) => `c${gram}`), weight: 1 },
    { texts: lexiconKeys(words).map((key) => `l${key}`), weight: 1 },
  ]
}

/** What the amount, the day, the sign and the account say, alone and beside the words. */
function amountGroups(sample: Sample, clean: CleanLabel, sign: string): Group[] {
  const { fine, coarse } = bandsOf(sample.minor)
  const day = dayOf(sample.bookedOn)
  const weekday = (toEpochDay(sample.bookedOn) + 3) % 7
  const key = labelKey(clean)
  const first = clean.words[0] ?? ''
  return [
    { texts: [`+${sign}`], weight: 1 }, { texts: [`m${sign}${clean.method}`], weight: 1 },
    { texts: [`a${sign}${fine}`, `a${sign}${fine - 1}`, `a${sign}${fine + 1}`], weight: 0.8 }, { texts: [`A${sign}${coarse}`], weight: 0.8 },
    { texts: [`k${key}a${coarse}`, `k${key}a${fine}`], weight: 1 }, { texts: [`f${first}a${coarse}`], weight: 0.6 },
    { texts: [`=${sample.minor}`], weight: 0.6 }, { texts: [`=${sample.minor}${first}`], weight: 0.6 },
    { texts: sample.minor % 100n === 0n ? [`0${sign}`] : [], weight: 0.5 },
    { texts: [`d${sign}${Math.ceil(day / 4)}`], weight: 0.3 }, { texts: [`D${sign}${weekday}`], weight: 0.3 }, { texts: [`d${sign}${day}${first}`], weight: 0.3 },
    { texts: [`M${clean.method}${sign}${coarse}`], weight: 0.6 }, { texts: [`@${sign}${sample.account}`], weight: 0.4 },
  ]
}

/** Under which keys a label is remembered: its words, its words without vowels, its first word; each with the sign of the amount. */
function memoryKeys(clean: CleanLabel, sign: string): string[] {
  const bones = skeleton(clean.words.join(''))
  return [...(clean.words.length > 0 ? [`${sign}${labelKey(clean)}`] : []), ...(bones.length > 2 ? [`${sign}~${bones}`] : []), ...(clean.words[0] ? [`${sign}^${clean.words[0]}`] : [])]
}

/** Everything a line shows, ready to be weighed. */
export function featuresOf(sample: Sample): Features {
  const clean = cleanLabel(`${sample.label} ${sample.counterparty ?? ''}`)
  const sign = sample.minor < 0n ? '-' : '+'
  const ids: number[] = [0]
  const values: number[] = [0.5]
  for (const { texts, weight } of [...wordGroups(clean, sign), ...amountGroups(sample, clean, sign)]) {
    if (texts.length === 0) continue
    const value = weight / Math.sqrt(texts.length)
    for (const text of texts) {
      ids.push(bucketOf(text))
      values.push(value)
    }
  }
  return { ids: Int32Array.from(ids), values: Float32Array.from(values), keys: memoryKeys(clean, sign), known: lexiconKeys(clean.words) }
}
