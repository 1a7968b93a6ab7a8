import { toEpochDay } from '../kernel/local-date.ts'
import type { OpenInvoice } from './model.ts'
import { indexNumbers, type NumberIndex, prepareNumber, type PreparedNumber } from './references.ts'

/**
 * One span of an invoice's life with money to settle. A rejected debit opens a second span, so that the payment before
 * the rejection and the one after it each find the invoice open. Days are days since 1970-01-01.
 */
export type Item = {
  readonly invoice: OpenInvoice
  readonly entry: Entry
  readonly total: bigint
  readonly from: number
  readonly due: number
  until: number
  left: bigint
  settledOn: number
}

/** An invoice with its prepared number and its spans, oldest first. */
export type Entry = { readonly invoice: OpenInvoice; readonly number: PreparedNumber; readonly spans: Item[] }

/** The open items, found by id, number, party, amount left, foreign gross, or amount already settled. Every list is in date order. */
export type Book = {
  readonly entries: ReadonlyMap<string, Entry>
  readonly numbers: NumberIndex<Entry>
  readonly bySerial: ReadonlyMap<string, readonly Entry[]>
  readonly byParty: Map<string, Item[]>
  readonly byLeft: Map<bigint, Item[]>
  readonly byForeign: Map<string, Item[]>
  readonly settled: Map<bigint, Item[]>
}

/** A number's last digits are looked up by themselves from two digits on. */
const SERIAL_LENGTH_MIN = 2

const FOREVER = Number.MAX_SAFE_INTEGER

function insert<K>(map: Map<K, Item[]>, key: K, item: Item): void {
  const list = map.get(key)
  if (!list) { map.set(key, [item]); return }
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]!.from <= item.from) low = middle + 1
    else high = middle
  }
  list.splice(low, 0, item)
}

function remove<K>(map: Map<K, Item[]>, key: K, item: Item): void {
  const list = map.get(key)
  const at = list ? list.indexOf(item) : -1
  if (!list || at < 0) return
  list.splice(at, 1)
  if (list.length === 0) map.delete(key)
}

/** The key of a foreign amount: "USD 123456". */
export function foreignKey(currency: string, minor: bigint): string {
  return `${currency} ${minor}`
}

function enter(book: Book, item: Item): void {
  insert(book.byParty, item.invoice.partyId, item)
  insert(book.byLeft, item.left, item)
  insert(book.byForeign, foreignKey(item.invoice.currency, item.invoice.gross), item)
}

/** Opens a book over the invoices given. Invoices with nothing left are known by number only. */
export function openBook(invoices: readonly OpenInvoice[]): Book {
  const entries = new Map<string, Entry>()
  for (const invoice of invoices) {
    const from = toEpochDay(invoice.issuedOn)
    const entry: Entry = { invoice, number: prepareNumber(invoice.number), spans: [] }
    const settled = invoice.open === 0n ? invoice.settled : undefined
    entry.spans.push({
      invoice, entry, total: settled?.minor ?? invoice.open, from, due: invoice.dueOn ? toEpochDay(invoice.dueOn) : from + 30,
      until: FOREVER, left: invoice.open, settledOn: settled ? toEpochDay(settled.on) : FOREVER,
    })
    entries.set(invoice.id, entry)
  }
  const bySerial = new Map<string, Entry[]>()
  for (const entry of entries.values()) {
    const { serial } = entry.number
    const list = bySerial.get(serial)
    if (list) list.push(entry)
    else if (serial.length >= SERIAL_LENGTH_MIN) bySerial.set(serial, [entry])
  }
  const book: Book = { entries, bySerial, numbers: indexNumbers(entries.values(), (entry) => entry.number), byParty: new Map(), byLeft: new Map(), byForeign: new Map(), settled: new Map() }
  const items = [...entries.values()].map((entry) => entry.spans[0]!).filter((item) => item.left !== 0n)
  for (const item of items.sort((a, b) => a.from - b.from)) enter(book, item)
  for (const { spans: [span] } of entries.values()) if (span!.left === 0n && span!.total !== 0n) insert(book.settled, span!.total, span!)
  return book
}

/** True when the item can receive money on that day. */
export function isOpenOn(item: Item, day: number): boolean {
  return item.left !== 0n && item.from <= day && day < item.until
}

/** Open items of a date-ordered list on a day, at most `limit`. */
export function openOn(list: readonly Item[] | undefined, day: number, limit = 200): Item[] {
  const found: Item[] = []
  for (const item of list ?? []) {
    if (item.from > day || found.length >= limit) break
    if (isOpenOn(item, day)) found.push(item)
  }
  return found
}

/** Takes money from an item; `close` leaves nothing open whatever the difference (it goes to the residual). */
export function settle(book: Book, item: Item, payment: { readonly minor: bigint; readonly day: number; readonly close: boolean }): void {
  remove(book.byLeft, item.left, item)
  item.left = payment.close ? 0n : item.left - payment.minor
  if (item.left !== 0n) { insert(book.byLeft, item.left, item); return }
  item.settledOn = payment.day
  remove(book.byParty, item.invoice.partyId, item)
  remove(book.byForeign, foreignKey(item.invoice.currency, item.invoice.gross), item)
  insert(book.settled, item.total, item)
}

/** Opens the invoice again from a day on, for the whole amount given back: a debit was rejected. What came before stays before. */
export function reopen(book: Book, entry: Entry, rejection: { readonly minor: bigint; readonly day: number }): void {
  const last = entry.spans.at(-1)!
  if (last.left !== 0n) last.until = rejection.day
  const item: Item = { invoice: entry.invoice, entry, total: rejection.minor, from: rejection.day, due: rejection.day, until: FOREVER, left: rejection.minor, settledOn: FOREVER }
  entry.spans.push(item)
  enter(book, item)
}

/** The span of an invoice open on a day, if any. */
export function spanOn(entry: Entry, day: number): Item | null {
  return entry.spans.find((span) => isOpenOn(span, day)) ?? null
}
