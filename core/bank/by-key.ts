/** Lists of values by the key each gives, in the order they come. */
export function byKey<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const lists = new Map<string, T[]>()
  for (const value of values) {
    const key = keyOf(value)
    const list = lists.get(key)
    if (list) list.push(value)
    else lists.set(key, [value])
  }
  return lists
}
