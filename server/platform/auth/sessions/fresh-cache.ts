/** Remembers answers for a few seconds. An answer that was being fetched while the cache was cleared is not kept. */
export type FreshCache<T> = {
  get(key: string, load: () => Promise<T>): Promise<T>
  forget(key: string): void
  clear(): void
}

const ENTRIES_MAX = 20_000

export function createFreshCache<T>(ttlMs: number, now: () => number = () => performance.now()): FreshCache<T> {
  const entries = new Map<string, { readonly value: T; readonly until: number }>()
  let generation = 0
  return {
    get: async (key, load) => {
      const known = entries.get(key)
      if (known && known.until > now()) return known.value
      const before = generation
      const value = await load()
      if (before !== generation) return value
      if (entries.size >= ENTRIES_MAX) entries.clear()
      entries.set(key, { value, until: now() + ttlMs })
      return value
    },
    forget: (key) => { generation += 1; entries.delete(key) },
    clear: () => { generation += 1; entries.clear() },
  }
}
