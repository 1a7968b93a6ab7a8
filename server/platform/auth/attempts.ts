import { Refusal } from '../access/refusal.ts'
import type { Db } from '../db/types.ts'
import { lockCounters, releaseCounters, saveCounters } from './attempt-store.ts'
import { counted } from './network.ts'
import { sha256 } from './tokens/tokens.ts'

/** `free` tries, then a wait that doubles from `firstSeconds` to `maxSeconds`; all is forgotten `forgetSeconds` after the last one. */
export type Limit = { readonly free: number; readonly firstSeconds: number; readonly maxSeconds: number; readonly forgetSeconds: number }

const DAY = 86_400
const HOUR = 3_600

/**
 * What is counted. `pair`: one account from one address. `device`: one account from a browser it knows. `address`: one
 * address, whatever the account. `account`: one account, from everywhere, and never from a browser it knows: its
 * longest wait is short on purpose, since anyone can cause it.
 */
export const ATTEMPT_LIMITS = {
  pair: { free: 5, firstSeconds: 60, maxSeconds: 900, forgetSeconds: DAY },
  device: { free: 5, firstSeconds: 60, maxSeconds: 900, forgetSeconds: DAY },
  address: { free: 30, firstSeconds: 60, maxSeconds: 900, forgetSeconds: HOUR },
  account: { free: 20, firstSeconds: 1, maxSeconds: 30, forgetSeconds: HOUR },
  code: { free: 10, firstSeconds: 30, maxSeconds: 900, forgetSeconds: DAY },
  signUp: { free: 30, firstSeconds: 60, maxSeconds: HOUR, forgetSeconds: HOUR },
  reset: { free: 10, firstSeconds: 60, maxSeconds: HOUR, forgetSeconds: HOUR },
  resetAccount: { free: 3, firstSeconds: 900, maxSeconds: HOUR, forgetSeconds: DAY },
} as const satisfies Record<string, Limit>

export type AttemptKind = keyof typeof ATTEMPT_LIMITS
export type AttemptLimits = Partial<Readonly<Record<AttemptKind, Limit>>>

/** One thing that is counted: a kind, and what it is counted for. */
export type Counted = { readonly kind: AttemptKind; readonly of: string }

export type Attempts = {
  /** Counts one try for each, before it is known to be wrong: guesses sent together do not slip through. Refuses with RATE_LIMITED when one of them has to wait. */
  count(what: readonly Counted[]): Promise<void>
  /** Takes back a try that was right, and forgets the others of `forget`. */
  release(what: readonly Counted[], forget?: readonly AttemptKind[]): Promise<void>
}

/** The wait after the n-th wrong try, in seconds; 0 while tries are free. */
export function waitAfter(limit: Limit, count: number): number {
  return count < limit.free ? 0 : Math.min(limit.maxSeconds, limit.firstSeconds * 2 ** Math.min(30, count - limit.free))
}

/** What the wrong passwords of one sign-in are counted for. */
export function passwordCounts(email: string, address: string, knownDevice: string | undefined): Counted[] {
  const account = email.trim().toLowerCase()
  const place = counted(address)
  if (knownDevice !== undefined) return [{ kind: 'device', of: `${account} ${knownDevice}` }]
  return [{ kind: 'pair', of: `${account} ${place}` }, { kind: 'address', of: place }, { kind: 'account', of: account }]
}

/** Counts wrong tries in the database, so that every process of the installation counts together. */
export function createAttempts(db: Db, limits: AttemptLimits = {}): Attempts {
  const limitOf = (kind: AttemptKind): Limit => limits[kind] ?? ATTEMPT_LIMITS[kind]
  const keyOf = ({ kind, of }: Counted) => sha256(`${kind} ${of}`)
  return {
    count: async (what) => {
      const wait = await db.system(async (tx) => {
        const counters = await lockCounters(tx, what.map(keyOf))
        const blocked = Math.max(0, ...counters.map(({ waitSeconds }) => waitSeconds))
        if (blocked > 0) return blocked
        await saveCounters(tx, what.map((one) => {
          const limit = limitOf(one.kind)
          const known = counters.find(({ key }) => key === keyOf(one))
          const count = (known && known.idleSeconds < limit.forgetSeconds ? known.count : 0) + 1
          return { key: keyOf(one), count, waitSeconds: waitAfter(limit, count), forgetSeconds: limit.forgetSeconds }
        }))
        return 0
      })
      if (wait > 0) throw new Refusal('RATE_LIMITED', { seconds: String(Math.ceil(wait)) })
    },
    release: async (what, forget = []) => {
      await db.system((tx) => releaseCounters(tx, {
        taken: what.filter(({ kind }) => !forget.includes(kind)).map(keyOf), forgotten: what.filter(({ kind }) => forget.includes(kind)).map(keyOf),
      }))
    },
  }
}
