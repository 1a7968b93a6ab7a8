/** The list with one thing one place up or down; the same list when it cannot go further. */
export function moved<T>(list: readonly T[], from: number, step: -1 | 1): readonly T[] {
  const to = from + step
  if (from < 0 || from >= list.length || to < 0 || to >= list.length) return list
  const next = [...list]
  ;[next[from], next[to]] = [next[to]!, next[from]!]
  return next
}

/** The rows in an order given by ids; what the order does not name comes after, as it was. */
export function inOrder<T extends { readonly id: string }>(rows: readonly T[], ids: readonly string[] | undefined): readonly T[] {
  if (!ids) return rows
  const ranks = new Map(ids.map((id, rank) => [id, rank]))
  return rows.toSorted((a, b) => (ranks.get(a.id) ?? ids.length) - (ranks.get(b.id) ?? ids.length))
}
