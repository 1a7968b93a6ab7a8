import { betterAuth } from 'better-auth'
import type { Db } from '../db/types.ts'
import { authOptions, type AuthSettings } from './options.ts'

/** The sign-in library, set up. It keeps accounts, passwords, passkeys and sessions; our routes stand before it. */
export function openLibrary(db: Db, settings: AuthSettings) {
  return betterAuth(authOptions(db, settings))
}

export type Library = ReturnType<typeof openLibrary>
