import { currency as currencyOf } from '../../../core/kernel/currency.ts'
import { formatAmount, sum, type MoneyJson } from '../../../core/kernel/money.ts'
import { minorOf } from '../../lib/amounts.ts'

/** One part of a line being split; `amount` is null while what is typed is no amount, '' while nothing is. Sizes are typed without the sign of the line. */
export type PartDraft = { readonly key: number; readonly categoryId: string | null; readonly amount: string | null }

const isOut = (line: MoneyJson) => line.amount.startsWith('-')
/** A part is typed as people say it, "12,50": it goes the way the line goes, and a minus sign turns it round. */
const signed = (line: MoneyJson, amount: string) => isOut(line) ? -minorOf(amount, line.currency) : minorOf(amount, line.currency)

/** What the parts leave of the line, in the direction of the line: zero when they are complete, negative when they are too much. */
export function remainderOf(line: MoneyJson, parts: readonly PartDraft[]): string {
  const given = sum(parts.flatMap(({ amount }) => amount ? [minorOf(amount, line.currency)] : []))
  const whole = minorOf(line.amount, line.currency)
  return formatAmount((whole < 0n ? -whole : whole) - given, currencyOf(line.currency))
}

/** The parts as they are sent; undefined while one lacks its category or its amount, or they do not sum to the line. */
export function splitOf(line: MoneyJson, parts: readonly PartDraft[]): readonly { readonly categoryId: string; readonly amount: string }[] | undefined {
  const whole = parts.flatMap(({ categoryId, amount }) => categoryId && amount && minorOf(amount, line.currency) !== 0n ? [{ categoryId, amount: formatAmount(signed(line, amount), currencyOf(line.currency)) }] : [])
  const isExact = sum(whole.map(({ amount }) => minorOf(amount, line.currency))) === minorOf(line.amount, line.currency)
  return whole.length >= 2 && whole.length === parts.length && isExact ? whole : undefined
}

/** The amount of a part without its sign when it goes the way of the line: what its field shows. */
export function shownPart(line: MoneyJson, amount: string): string {
  return formatAmount(signed(line, amount), currencyOf(line.currency))
}
