import type { UserId } from '../../../core/kernel/id.ts'

export type Person = { readonly id: UserId; readonly name: string; readonly email: string }

/** A person, and the session that says so. */
export type SignedPerson = Person & { readonly sessionId: string }

/** Where a request comes from. `cookie` is its Cookie header. */
export type Origin = { readonly address: string; readonly userAgent?: string | undefined; readonly cookie?: string | undefined }

export type SessionKind = 'browser' | 'program'
export type SessionMethod = 'password' | 'two-factor' | 'recovery-code' | 'passkey' | 'sign-up'

/** The device of a sign-in. `isFirst`: no other one was known before, so that nobody need be told. */
export type DeviceSeen = { readonly isNew: boolean; readonly isFirst: boolean; readonly words: string; readonly address: string }

/** A person who just signed in, and the Set-Cookie headers that say so to the browser. */
export type SignedIn = { readonly next: 'done'; readonly person: SignedPerson; readonly cookies: readonly string[]; readonly device: DeviceSeen; readonly method: SessionMethod }

/** The password was right and a code is asked for; the cookie names the challenge. */
export type CodeAsked = { readonly next: 'two-factor'; readonly person: Person; readonly cookies: readonly string[] }
