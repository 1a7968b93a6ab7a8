import type { Db } from '../db/types.ts'
import { EVENT_CHANNEL } from './event-store.ts'

/** Something that follows one company: `wake` when something happened there, `check` when its right to follow may be gone. */
export type Follower = { readonly tenantId: string; wake(): void; check(): void; end(): void }

export type Events = {
  /** Answers the way to stop. */
  follow(follower: Follower): () => void
  /** Hears of every company in which something happened. */
  onAppended(heard: (tenantId: string) => void): void
  /** Followers at this moment. */
  readonly following: () => number
  /** Ends every follower: the process stops, their clients go to another. */
  endAll(): void
  /** Hears what any process appends. Answers the way to stop. */
  start(): Promise<() => Promise<void>>
}

// What `auth` tells when a session, a key, a membership or a grant changes.
const ACCESS_CHANNEL = 'quittance_sign_in'
/** A message can be lost while the session that listens is being renewed: everyone looks again this often. */
const LOOK_AGAIN_MS = 15_000

/** Wakes, in this process, who follows the companies in which any process appended an event. */
export function createEvents(db: Db): Events {
  const followers = new Map<string, Set<Follower>>()
  const heard = new Set<(tenantId: string) => void>()
  const all = (): Follower[] => [...followers.values()].flatMap((set) => [...set])
  return {
    follow: (follower) => {
      const set = followers.get(follower.tenantId) ?? new Set()
      followers.set(follower.tenantId, set.add(follower))
      return () => {
        set.delete(follower)
        if (set.size === 0 && followers.get(follower.tenantId) === set) followers.delete(follower.tenantId)
      }
    },
    onAppended: (hear) => { heard.add(hear) },
    following: () => all().length,
    endAll: () => { for (const follower of all()) follower.end() },
    start: async () => {
      const stopEvents = await db.listen(EVENT_CHANNEL, (tenantId) => {
        for (const follower of followers.get(tenantId) ?? []) follower.wake()
        for (const hear of heard) hear(tenantId)
      })
      const stopAccess = await db.listen(ACCESS_CHANNEL, () => { for (const follower of all()) follower.check() })
      const timer = setInterval(() => { for (const follower of all()) { follower.wake(); follower.check() } }, LOOK_AGAIN_MS).unref()
      return async () => {
        clearInterval(timer)
        for (const follower of all()) follower.end()
        await stopAccess()
        await stopEvents()
      }
    },
  }
}
