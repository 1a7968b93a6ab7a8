/** Requests one caller may make in one window. */
export type Allowance = { readonly max: number; readonly windowSeconds: number }

/** What is left after one more request: `remaining` is negative when it was one too many. */
export type Count = { readonly remaining: number; readonly resetSeconds: number }

/** Counts requests by key in windows of fixed length. */
export type Counters = {
  count(key: string, allowance: Allowance): Promise<Count> | Count
  close(): Promise<void>
}

const KEYS_MAX = 50_000
/** Room is made for many at once: looking through all of them for each new caller would cost more than it protects. */
const KEYS_KEPT = 45_000

/** Counts in the memory of this process. When too many callers are known, those whose window has ended go, then the oldest. */
export function memoryCounters(now: () => number = () => performance.now()): Counters {
  const windows = new Map<string, { used: number; readonly endsAt: number }>()
  const makeRoom = (): void => {
    for (const [key, { endsAt }] of windows) if (endsAt <= now()) windows.delete(key)
    for (const key of windows.keys()) {
      if (windows.size <= KEYS_KEPT) return
      windows.delete(key)
    }
  }
  return {
    count: (key, { max, windowSeconds }) => {
      const at = now()
      let window = windows.get(key)
      if (!window || window.endsAt <= at) {
        if (window) windows.delete(key)
        else if (windows.size >= KEYS_MAX) makeRoom()
        window = { used: 0, endsAt: at + windowSeconds * 1000 }
        windows.set(key, window)
      }
      window.used += 1
      return { remaining: max - window.used, resetSeconds: Math.ceil((window.endsAt - at) / 1000) }
    },
    close: async () => undefined,
  }
}
