import { Refusal } from '../access/refusal.ts'

/** Wrong passwords one window allows: for one account from one address, and from one address whatever the account. */
export type AttemptLimits = { readonly windowSeconds: number; readonly perAccount: number; readonly perAddress: number }

export const ATTEMPT_LIMITS: AttemptLimits = { windowSeconds: 60, perAccount: 5, perAddress: 30 }
const KEYS_MAX = 10_000

export type Attempts = {
  /** Refuses with RATE_LIMITED when too many wrong passwords came lately. */
  check(email: string, address: string): void
  /** Counts one attempt. */
  failed(email: string, address: string): void
  /** Takes back the attempt counted before a password that was right. */
  succeeded(email: string, address: string): void
}

/**
 * Counts wrong passwords in the memory of this process: a person who mistypes waits, a program that guesses gets
 * nowhere. Right passwords are never counted, so that an office behind one address signs in freely.
 */
export function createAttempts(limits: AttemptLimits = ATTEMPT_LIMITS, now: () => number = () => performance.now()): Attempts {
  const windows = new Map<string, { count: number; endsAt: number }>()
  const keys = (email: string, address: string) => [
    { key: `account ${email.toLowerCase()} ${address}`, max: limits.perAccount },
    { key: `address ${address}`, max: limits.perAddress },
  ]
  const forgetOld = () => {
    for (const [key, { endsAt }] of windows) if (endsAt <= now() || windows.size > KEYS_MAX) windows.delete(key)
  }
  return {
    check: (email, address) => {
      for (const { key, max } of keys(email, address)) {
        const window = windows.get(key)
        if (!window || window.endsAt <= now() || window.count < max) continue
        throw new Refusal('RATE_LIMITED', { seconds: String(Math.ceil((window.endsAt - now()) / 1000)) })
      }
    },
    failed: (email, address) => {
      if (windows.size >= KEYS_MAX) forgetOld()
      for (const { key } of keys(email, address)) {
        const window = windows.get(key)
        if (window && window.endsAt > now()) window.count += 1
        else windows.set(key, { count: 1, endsAt: now() + limits.windowSeconds * 1000 })
      }
    },
    succeeded: (email, address) => {
      const [account, place] = keys(email, address)
      if (account) windows.delete(account.key)
      const window = place && windows.get(place.key)
      if (window) window.count -= 1
    },
  }
}
