import type { Static, TSchema } from 'typebox'
import { Check } from 'typebox/value'
import { Refusal } from '../access/refusal.ts'

/** Lists answer this many items when the request does not say. */
export const PAGE_LIMIT = 50

/** Hides the key of the last row of a page: callers send it back and never read it. */
export function encodeCursor(key: readonly (string | number | boolean | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The key inside a cursor, or null without one. A cursor of another list, or one that was touched, is refused. */
export function decodeCursor<T extends TSchema>(cursor: string | undefined, key: T): Static<T> | null {
  if (cursor === undefined) return null
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw new Refusal('CURSOR_INVALID')
  }
  if (!Check(key, value)) throw new Refusal('CURSOR_INVALID')
  return value as Static<T>
}

/** One page out of `limit + 1` rows: the extra row only says that there is a next page. */
export function pageOf<Row, Item>(rows: readonly Row[], limit: number, of: { item: (row: Row) => Item; key: (row: Row) => readonly (string | number | boolean | null)[] }): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { items: shown.map(of.item), next: last === undefined ? null : encodeCursor(of.key(last)) }
}
