import { Refusal } from '../../access/refusal.ts'
import type { Db } from '../../db/types.ts'
import type { Attempts } from '../attempts.ts'
import { deleteChallengesOf } from '../factors/factor-store.ts'
import { counted } from '../network.ts'
import type { AuthSettings } from '../options.ts'
import { hashPassword, refuseWeakPassword } from './passwords.ts'
import { confirmEmail, deleteResetsOf, insertReset, lockReset } from './reset-store.ts'
import { deleteOtherSessions, findAccount, savePassword } from '../sessions/session-store.ts'
import { meetDevice } from '../sessions/sessions.ts'
import { newToken, sha256 } from '../tokens/tokens.ts'
import type { Origin, Person } from '../types.ts'

export const RESET_MINUTES = 60

export type PasswordReset = {
  /** Counts a request of an address; refuses with RATE_LIMITED. Says nothing of whether the account exists. */
  count(from: Origin): Promise<void>
  /** A token for the account of an e-mail; null when there is none, or it was sent too many lately. Joins the transaction of the call. */
  begin(email: string): Promise<{ readonly person: Person; readonly token: string } | null>
  /** Takes the token and the new password; every session ends. The browser is then a known one: it gets in while others guess. */
  finish(input: { readonly token: string; readonly password: string }, from: Origin): Promise<{ readonly person: Person; readonly cookies: readonly string[] }>
}

type Parts = { readonly db: Db; readonly settings: AuthSettings; readonly attempts: Attempts; readonly onManyEnded: () => Promise<void> }

/** A forgotten password: a link by e-mail, good once and for an hour, kept as a hash. */
export function createPasswordReset({ db, settings, attempts, onManyEnded }: Parts): PasswordReset {
  return {
    count: (from) => attempts.count([{ kind: 'reset', of: counted(from.address) }]),
    begin: async (email) => {
      const account = await db.system((tx) => findAccount(tx, email, undefined))
      if (!account || account.password === null) return null
      try {
        await attempts.count([{ kind: 'resetAccount', of: account.id }])
      } catch (error) {
        if (error instanceof Refusal) return null
        throw error
      }
      const token = newToken()
      await db.system((tx) => insertReset(tx, { tokenHash: sha256(token), userId: account.id, seconds: RESET_MINUTES * 60 }))
      return { person: { id: account.id, name: account.name, email: account.email }, token }
    },
    finish: async ({ token, password }, from) => {
      await attempts.count([{ kind: 'reset', of: counted(from.address) }])
      const hash = await hashPassword(password)
      const person = await db.system(async (tx) => {
        const found = await lockReset(tx, sha256(token))
        if (!found) throw new Refusal('RESET_LINK_ENDED')
        // The link still works after a password that is refused.
        refuseWeakPassword(password, found)
        await savePassword(tx, found.id, hash)
        await deleteResetsOf(tx, found.id)
        await deleteChallengesOf(tx, found.id)
        await deleteOtherSessions(tx, found.id, null)
        await confirmEmail(tx, found.id)
        return found
      })
      await onManyEnded()
      const device = await meetDevice(db, settings, { person, kind: 'browser', origin: from })
      return { person, cookies: device.cookies }
    },
  }
}
