import { absolute } from '../kernel/money.ts'
import type { ResidualKind } from './model.ts'

const INSTALMENT_WORDS = new Set(['ACPTE', 'ACOMPTE', 'ACOMPTES', 'ECHEANCE', 'ECH', 'MENSUALITE', 'VERSEMENT', 'PARTIEL', 'SOLDE'])
const DISCOUNT_WORDS = new Set(['ESCOMPTE', 'REMISE', 'DISCOUNT', 'RISTOURNE'])

/** A cent of rounding habit goes up to one euro; a bank's fee on one transfer seldom passes twenty. Minor units of a two-digit currency. */
const ROUNDING_MAX = 100n
const FEE_MAX = 2000n

function hasAny(words: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  for (const word of wanted) if (words.has(word)) return true
  return false
}

/** True when the label speaks of an instalment or of a balance. */
export function tellsInstalment(words: ReadonlySet<string>): boolean {
  return hasAny(words, INSTALMENT_WORDS)
}

/**
 * What the difference between a payment and what is open most likely is, both in minor units and signed alike.
 * `part`: the payment is an instalment and the rest stays open. Null: too far apart to say.
 */
export function explainGap(paid: bigint, open: bigint, words: ReadonlySet<string>): ResidualKind | 'exact' | 'part' | null {
  if (paid === open) return 'exact'
  if (paid === 0n || open === 0n || paid < 0n !== open < 0n) return null
  const gap = absolute(paid) - absolute(open)
  const size = absolute(open)
  if (absolute(gap) < ROUNDING_MAX && absolute(gap) * 10n < size) return 'rounding'
  if (gap > 0n) return gap * 10n <= size ? 'overpayment' : null
  const missing = -gap
  if (missing * 100n <= size * 6n && hasAny(words, DISCOUNT_WORDS)) return 'discount'
  if (tellsInstalment(words)) return 'part'
  if (isDiscount(missing, size)) return 'discount'
  return missing <= FEE_MAX && missing * 2n <= size ? 'bank_fee' : 'part'
}

/** True when the missing money is 1, 2, 3, 4 or 5 % of the invoice to the cent, as cash discounts are. */
function isDiscount(missing: bigint, size: bigint): boolean {
  return [1n, 2n, 3n, 4n, 5n].some((percent) => absolute(missing * 100n - size * percent) < 100n)
}

/** True when the payment is a half, a third or a quarter of what is open, to the cent. */
export function isFraction(paid: bigint, open: bigint): boolean {
  return [2n, 3n, 4n].some((parts) => absolute(paid * parts - open) <= parts)
}

/** Amounts in another currency that a label states, such as "USD 1 234,56", as [currency, hundredths] pairs. */
export function foreignAmounts(label: string): { readonly currency: string; readonly minor: bigint }[] {
  const found: { currency: string; minor: bigint }[] = []
  for (const match of label.matchAll(/\b([A-Z]{3})\s?(\d{1,3}(?:[ ']\d{3})+|\d+)[.,](\d{2})(?!\d)/g)) {
    found.push({ currency: match[1]!, minor: BigInt(match[2]!.replace(/\D/g, '') + match[3]!) })
  }
  return found
}

/** A choice of items whose amounts sum to a target. `order`: the oldest ones; all but one; or any. `alone`: no other choice of that order was found. */
export type Selection = { readonly chosen: readonly number[]; readonly order: 'oldest' | 'oldest-and-one' | 'any'; readonly alone: boolean }

const GROUP_MAX = 12
const SEARCH_ITEMS_MAX = 22
const SEARCH_STEPS_MAX = 1500

/**
 * Chooses two items or more whose amounts (one sign, oldest first) sum exactly to the target.
 * People settle their oldest invoices first, so those choices are tried before any other; `deep` also searches every other sum,
 * within bounds that may make it give up.
 */
export function selectSum(amounts: readonly bigint[], target: bigint, deep = true): Selection | null {
  let sum = 0n
  for (let count = 1; count <= Math.min(GROUP_MAX, amounts.length); count += 1) {
    sum += amounts[count - 1]!
    if (sum === target && count >= 2) return { chosen: range(count), order: 'oldest', alone: true }
  }
  return oldestAndOne(amounts, target) ?? (deep ? searchSum(amounts.slice(0, SEARCH_ITEMS_MAX), target) : null)
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at)
}

function oldestAndOne(amounts: readonly bigint[], target: bigint): Selection | null {
  const found: number[][] = []
  let sum = 0n
  for (let count = 1; count < Math.min(GROUP_MAX, amounts.length); count += 1) {
    sum += amounts[count - 1]!
    const wanted = target - sum
    for (let at = count + 1; at < amounts.length; at += 1) if (amounts[at] === wanted) found.push([...range(count), at])
  }
  const first = found[0]
  return first ? { chosen: first, order: 'oldest-and-one', alone: found.length === 1 } : null
}

/** Depth-first search for any sum, bounded in steps; stops at the second solution, which makes the first doubtful. */
function searchSum(amounts: readonly bigint[], target: bigint): Selection | null {
  const sizes = amounts.map(absolute)
  const wanted = absolute(target)
  const rest = sizes.slice()
  for (let at = rest.length - 2; at >= 0; at -= 1) rest[at] = rest[at]! + rest[at + 1]!
  const found: number[][] = []
  let steps = 0
  const chosen: number[] = []
  const walk = (at: number, left: bigint) => {
    steps += 1
    if (left === 0n) { if (chosen.length >= 2) found.push([...chosen]); return }
    if (at >= sizes.length || left > rest[at]! || chosen.length >= GROUP_MAX || steps > SEARCH_STEPS_MAX || found.length > 1) return
    if (sizes[at]! <= left) {
      chosen.push(at)
      walk(at + 1, left - sizes[at]!)
      chosen.pop()
    }
    walk(at + 1, left)
  }
  walk(0, wanted)
  const first = found[0]
  return first ? { chosen: first, order: 'any', alone: found.length === 1 && steps <= SEARCH_STEPS_MAX } : null
}
