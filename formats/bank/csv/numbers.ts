import type { DecimalMark } from '../../../core/bank/mapping.ts'
import { type Currency, minorDigits, parseCurrency } from '../../../core/kernel/currency.ts'

export type { DecimalMark }

/** An amount cell before its marks are understood: sign as written, digits with their separators, what stands beside them. */
export type NumberCell = {
  readonly sign: '-' | '+' | ''
  readonly body: string
  /** CR and DR written behind the amount. */
  readonly marker: 'credit' | 'debit' | null
  readonly currency: Currency | null
}

/** Signs of currencies that name one currency only. The dollar sign is read as the US dollar, the account's currency prevailing. */
const SYMBOLS: Readonly<Record<string, string>> = { R$: 'BRL', '€': 'EUR', '£': 'GBP', $: 'USD', '¥': 'JPY', zł: 'PLN', Kč: 'CZK', '₹': 'INR', '₺': 'TRY' }

/** Codes recognised inside a header or beside an amount. Any three letters will not do: VIR and CHQ are not currencies. */
const CODES = /\b(EUR|USD|GBP|CHF|CAD|AUD|NZD|JPY|CNY|HKD|SGD|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|TRY|ILS|ZAR|BRL|MXN|INR|MAD|TND|DZD|XOF|XAF|XPF|LTL|THB|KRW|AED|SAR|KWD)\b/

/** The currency a piece of text names: a code, a symbol, or the word euro. Null when none. */
export function currencyIn(text: string): Currency | null {
  const code = CODES.exec(text.toUpperCase())?.[1]
  if (code) return parseCurrency(code) ?? null
  const symbol = Object.keys(SYMBOLS).find((candidate) => text.includes(candidate))
  if (symbol) return parseCurrency(SYMBOLS[symbol]!) ?? null
  return /\beuros?\b/i.test(text) ? (parseCurrency('EUR') ?? null) : null
}

/** Reads the outside of an amount cell. Undefined when it is no number. */
export function readNumberCell(cell: string): NumberCell | undefined {
  // Nearly every cell of a large file is a bare number: it needs none of what follows.
  if (/^-?\d+(?:[.,]\d{1,2})?$/.test(cell)) return cell.startsWith('-') ? { sign: '-', body: cell.slice(1), marker: null, currency: null } : { sign: '', body: cell, marker: null, currency: null }
  if (cell.length > 40 || !/\d/.test(cell)) return undefined
  let text = cell.replace(/[−–]/g, '-').replace(/^'/, '')
  let marker: NumberCell['marker'] = null
  const behind = /^(.*\d\)?)\s*(CR|DR|C|D)\.?$/i.exec(text)
  if (behind) {
    marker = /^C/i.test(behind[2]!) ? 'credit' : 'debit'
    text = behind[1]!
  }
  const currency = currencyIn(text)
  if (currency) text = text.replace(CODES, '').replace(new RegExp(CODES.source, 'i'), '').replace(/R\$|[€£$¥₹₺]|zł|Kč|euros?/gi, '')
  text = text.trim()
  let sign: NumberCell['sign'] = ''
  const accounting = /^\((.*)\)$/.exec(text)
  if (accounting) [sign, text] = ['-', accounting[1]!.trim()]
  const edge = /^([+-])\s*(.*)$/.exec(text) ?? /^(.*?)\s*([+-])$/.exec(text)
  if (edge) {
    const isLeading = edge[1] === '+' || edge[1] === '-'
    sign = (isLeading ? edge[1] : edge[2]) as '+' | '-'
    text = (isLeading ? edge[2]! : edge[1]!).trim()
  }
  // Blanks and apostrophes only ever group thousands.
  if (/^\d{1,3}([ '’]\d{3})+([.,]\d+)?$/.test(text)) text = text.replace(/[ '’]/g, '')
  return /^[\d.,]+$/.test(text) && /\d/.test(text) ? { sign, body: text, marker, currency } : undefined
}

/** What one number says of its file's decimal mark; null when it could be either. */
function markOf(body: string): DecimalMark | null {
  const lastDot = body.lastIndexOf('.')
  const lastComma = body.lastIndexOf(',')
  if (lastDot >= 0 && lastComma >= 0) return lastDot > lastComma ? '.' : ','
  const at = Math.max(lastDot, lastComma)
  if (at < 0) return null
  const mark: DecimalMark = lastDot >= 0 ? '.' : ','
  if (body.indexOf(mark) !== at) return mark === '.' ? ',' : '.'
  const isGroup = body.length - at - 1 === 3 && at >= 1 && at <= 3 && body[0] !== '0'
  return isGroup ? null : mark
}

/**
 * The decimal mark of a column, by what most of its numbers say. A column that never says (1.234, 500) follows `habit`,
 * unless its currency has three decimals.
 */
export function decideMark(bodies: readonly string[], habit: DecimalMark, currency: Currency | null): DecimalMark {
  let dots = 0
  let commas = 0
  for (const body of bodies) {
    const mark = markOf(body)
    if (mark === '.') dots += 1
    if (mark === ',') commas += 1
  }
  if (dots !== commas) return dots > commas ? '.' : ','
  const single = bodies.find((body) => /^[1-9]\d{0,2}[.,]\d{3}$/.test(body))
  if (single && currency && minorDigits(currency) === 3) return single.includes('.') ? '.' : ','
  return habit
}

/** The number as a plain decimal ("1234.5") under this mark; undefined when its groups do not hold ("12..34", "1,23,4"). */
export function plainDecimal(body: string, mark: DecimalMark): string | undefined {
  const group = mark === '.' ? ',' : '.'
  // A number without groups is nearly every number.
  const at = body.indexOf(mark)
  if (at > 0 && at < body.length - 1 && !body.includes(group) && body.indexOf(mark, at + 1) < 0) return mark === '.' ? body : `${body.slice(0, at)}.${body.slice(at + 1)}`
  const [whole = '', fraction, ...more] = body.split(mark)
  if (more.length > 0 || fraction?.includes(group)) return undefined
  const parts = whole.split(group)
  // Groups of three; of two but for the last one where lakhs are counted.
  const isGrouped = parts.length === 1 || (/^\d{1,3}$/.test(parts[0]!) && parts.slice(1).every((part, index) => part.length === 3 || (part.length === 2 && index < parts.length - 2)))
  const digits = parts.join('')
  if (!isGrouped || (digits === '' && !fraction)) return undefined
  return fraction === undefined || fraction === '' ? digits : `${digits === '' ? '0' : digits}.${fraction}`
}
