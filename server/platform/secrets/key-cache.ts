/** Opened keys kept in memory: the least used leave first, and none stays longer than its time. */
export type KeyCache<T> = { get(name: string): T | undefined; set(name: string, value: T): void; clear(): void; readonly size: () => number }

export function createKeyCache<T>(limits: { readonly entriesMax: number; readonly ttlMs: number }, now: () => number = () => performance.now()): KeyCache<T> {
  const entries = new Map<string, { readonly value: T; readonly until: number }>()
  return {
    get: (name) => {
      const found = entries.get(name)
      if (!found) return undefined
      entries.delete(name)
      if (found.until <= now()) return undefined
      entries.set(name, found)
      return found.value
    },
    set: (name, value) => {
      entries.delete(name)
      entries.set(name, { value, until: now() + limits.ttlMs })
      const oldest = entries.keys().next()
      if (entries.size > limits.entriesMax && !oldest.done) entries.delete(oldest.value)
    },
    clear: () => { entries.clear() },
    size: () => entries.size,
  }
}
