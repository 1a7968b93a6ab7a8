import { oneSlip, skeleton, squeeze, wordsOf } from './normalise.ts'

/**
 * How a label speaks of one invoice's number.
 * `full`: written whole; `tail`: its last significant digits; `typo`: one slip away; `cut`: the label ends inside it;
 * `sibling`: the label names another invoice of the same party; `other`: one of somebody else's; `none`: it names none.
 */
export type ReferenceLevel = 'full' | 'tail' | 'typo' | 'cut' | 'sibling' | 'other' | 'none'

/** An invoice number prepared for comparison. */
export type PreparedNumber = { readonly squeezed: string; readonly digits: string; readonly serial: string }

/** A label taken apart once, whatever the number of candidates compared with it. */
export type LabelReading = {
  readonly words: readonly string[]
  readonly wordSet: ReadonlySet<string>
  /** Runs of digits, without their leading zeros. */
  readonly digitRuns: ReadonlySet<string>
  /** Those of four digits or more. */
  readonly longRuns: readonly string[]
  /** One to four neighbouring words joined, one of them with a digit: a number survives spaces, dashes and slashes. */
  readonly windows: readonly string[]
  /** The last one to four words joined, for labels that the bank cut. */
  readonly endings: readonly string[]
  /** Computed when first asked, through `skeletonsOf` and `nameWindows`: most lines never need them. */
  readonly lazy: { skeletons: ReadonlySet<string> | null; nameWindows: readonly string[] | null }
}

const WINDOW_WORDS_MAX = 4
const WINDOW_LETTERS_MAX = 24
const TYPO_LENGTH_MIN = 6
const NAME_WINDOW_LETTERS_MIN = 7
const DIGIT = /\d/
const DIGITS_ONLY = /^\d+$/

/** Takes a label (and the bank's separate reference field) apart. */
export function readLabel(label: string, reference: string | null = null): LabelReading {
  const words = wordsOf(reference ? `${label} ${reference}` : label)
  const digitRuns = new Set<string>()
  const numbered = words.map((word) => DIGIT.test(word))
  words.forEach((word, at) => { if (numbered[at] && DIGITS_ONLY.test(word)) digitRuns.add(word.replace(/^0+(?=\d)/, '')) })
  const windows: string[] = []
  for (let start = 0; start < words.length; start += 1) {
    let joined = ''
    let withDigit = false
    for (let end = start; end < Math.min(start + WINDOW_WORDS_MAX, words.length); end += 1) {
      joined += words[end]!
      withDigit ||= numbered[end]!
      if (joined.length > WINDOW_LETTERS_MAX) break
      if (withDigit) windows.push(joined)
    }
  }
  const endings: string[] = []
  for (let at = words.length - 1, joined = ''; at >= Math.max(0, words.length - WINDOW_WORDS_MAX); at -= 1) {
    joined = words[at]! + joined
    endings.push(joined)
  }
  return { words, wordSet: new Set(words), digitRuns, longRuns: [...digitRuns].filter((run) => run.length >= 4), windows, endings, lazy: { skeletons: null, nameWindows: null } }
}

/** The words of a label without their vowels. */
export function skeletonsOf(reading: LabelReading): ReadonlySet<string> {
  reading.lazy.skeletons ??= new Set(reading.words.map(skeleton))
  return reading.lazy.skeletons
}

/** Neighbouring words without digits, joined: a name cut short inside a word is one of them. */
export function nameWindows(reading: LabelReading): readonly string[] {
  if (reading.lazy.nameWindows) return reading.lazy.nameWindows
  const found: string[] = []
  for (let start = 0; start < reading.words.length; start += 1) {
    let joined = ''
    for (let end = start; end < Math.min(start + WINDOW_WORDS_MAX, reading.words.length) && !DIGIT.test(reading.words[end]!); end += 1) {
      joined += reading.words[end]!
      if (joined.length >= NAME_WINDOW_LETTERS_MIN) found.push(joined)
    }
  }
  reading.lazy.nameWindows = found
  return found
}

/** Prepares an invoice number: letters and digits only, all digits, and the last run of digits without leading zeros. */
export function prepareNumber(number: string): PreparedNumber {
  const squeezed = squeeze(number)
  const lastRun = /(\d+)\D*$/.exec(number)?.[1] ?? ''
  return { squeezed, digits: squeezed.replace(/\D+/g, ''), serial: lastRun.replace(/^0+(?=\d)/, '') }
}

function isTail(number: PreparedNumber, reading: LabelReading): boolean {
  if (number.serial === '') return false
  if (reading.digitRuns.has(number.serial)) return true
  // A long number is often quoted by its last digits only; four of them leave little to chance once party and amount agree.
  return reading.longRuns.some((run) => number.digits.length > run.length && number.digits.endsWith(run))
}

const CUT_LENGTH_MIN = 5
/** A number cut earlier than this is the start of a whole year's numbers. */
const CUT_MISSING_MAX = 2

/** Compares one invoice's number with a label that does not hold it whole. */
export function weakReference(number: PreparedNumber, reading: LabelReading): 'tail' | 'typo' | 'cut' | null {
  if (isTail(number, reading)) return 'tail'
  const { squeezed } = number
  if (squeezed.length >= TYPO_LENGTH_MIN && reading.windows.some((window) => oneSlip(window, squeezed))) return 'typo'
  if (reading.endings.some((ending) => ending.length >= CUT_LENGTH_MIN && ending.length < squeezed.length && ending.length >= squeezed.length - CUT_MISSING_MAX && squeezed.startsWith(ending))) return 'cut'
  return null
}

/** Finds whole invoice numbers in labels. The numbers may be shared by several invoices (two suppliers, one numbering). */
export type NumberIndex<T> = { readonly whole: ReadonlyMap<string, readonly T[]>; readonly longest: number }

/** Indexes items by their number as written and, when it is long enough to be telling, by its digits alone. */
export function indexNumbers<T>(items: Iterable<T>, numberOf: (item: T) => PreparedNumber): NumberIndex<T> {
  const whole = new Map<string, T[]>()
  let longest = 0
  const put = (key: string, item: T) => {
    longest = Math.max(longest, key.length)
    const list = whole.get(key)
    if (list) list.push(item)
    else whole.set(key, [item])
  }
  for (const item of items) {
    const { squeezed, digits } = numberOf(item)
    if (squeezed.length >= 3 && digits !== '') put(squeezed, item)
    // "2026-0042" for FA-2026-0042: seven digits are no coincidence, and a credit note's digits are not an invoice's.
    if (digits.length >= 7 && digits !== squeezed && !squeezed.startsWith('AV')) put(digits, item)
  }
  return { whole, longest }
}

/** The items whose whole number stands in the label, in reading order, each once. */
export function wholeNumbers<T>(index: NumberIndex<T>, reading: LabelReading): T[] {
  const found = new Set<T>()
  for (const window of reading.windows) {
    if (window.length < 3 || window.length > index.longest) continue
    for (const item of index.whole.get(window) ?? []) found.add(item)
  }
  return [...found]
}

/** The two ends of "FA-2026-0040 A 47": the squeezed first number's window and the last digits of the range; null when the label holds none. */
export function readRange(reading: LabelReading): { readonly first: string; readonly last: string } | null {
  for (let at = 1; at < reading.words.length - 1; at += 1) {
    const word = reading.words[at]!
    if (word !== 'A' && word !== 'AU') continue
    const first = /(\d+)$/.exec(reading.words[at - 1]!)?.[1]
    const last = /(\d+)$/.exec(reading.words[at + 1]!)?.[1]
    if (first && last) return { first: first.replace(/^0+(?=\d)/, ''), last: last.replace(/^0+(?=\d)/, '') }
  }
  return null
}
