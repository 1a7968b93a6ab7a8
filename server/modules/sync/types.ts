import type { Provider } from '../../../contract/sync.ts'
import type { Problem } from '../../../core/kernel/problem.ts'
import type { DeliveredLine } from '../banking/index.ts'

export type StoredState = 'active' | 'degraded' | 'needs_reauth' | 'needs_user_action' | 'error' | 'revoked'

/** A connection without its secrets. */
export type Connection = {
  readonly id: string
  readonly provider: Provider
  readonly name: string
  readonly institution: string | null
  readonly externalId: string | null
  readonly state: StoredState
  readonly stateDetail: string | null
  readonly stateAsOf: string | null
  readonly consentUntil: string | null
  readonly signingHint: string | null
  readonly hasPlaid: boolean
  readonly toSyncSince: string | null
  readonly lastEventAt: string | null
  readonly version: number
  readonly createdAt: string
}

export type ConnectionAccount = { readonly externalId: string; readonly name: string | null; readonly iban: string | null; readonly currency: string | null; readonly bankAccountId: string | null }
export type ConnectionView = Connection & { readonly pending: number; readonly failed: number; readonly refused: number; readonly lastRefusedAt: string | null; readonly lastRunAt: string | null; readonly accounts: readonly ConnectionAccount[] }

/** The sealed columns of a connection. */
export type Sealed = { readonly tokenHash: Uint8Array | null; readonly signingSecret: string | null; readonly plaidAccess: string | null; readonly keysAskedAt: string | null }

/** What the provider is asked its keys with. */
export type PlaidAccess = { readonly environment: 'sandbox' | 'production'; readonly clientId: string; readonly secret: string }

export type RefusalReason = 'signature' | 'clock' | 'unsigned'

/** What was done about a notification. */
export type Outcome =
  | { readonly code: 'delivered'; readonly new: number; readonly known: number; readonly updated: number; readonly refused: number }
  | { readonly code: 'to_sync' }
  | { readonly code: 'state'; readonly state: StoredState }
  | { readonly code: 'consent'; readonly until: string }
  | { readonly code: 'nothing' | 'other_connection' | 'late' | 'removed' | 'unreadable' | 'error' }
  | { readonly code: 'unlinked'; readonly accounts: readonly string[] }

export type EventState = 'waiting' | 'done' | 'ignored' | 'failed'
export type IncomingEvent = {
  readonly id: string
  readonly connectionId: string
  readonly connectionName: string
  readonly provider: Provider
  readonly kind: string | null
  readonly state: EventState
  readonly receivedAt: string
  readonly processedAt: string | null
  readonly times: number
  readonly tries: number
  readonly replayed: boolean
  readonly outcome: Outcome | null
  readonly runId: string | null
  readonly size: number
}
export type IncomingEventWhole = IncomingEvent & { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array }

/** What a provider's notification asks for. `about` is the provider's name of the connection; `at` its clock. */
export type Notification = {
  readonly key: string | null
  readonly kind: string | null
  readonly about: string | null
  readonly at: Date | null
  readonly effects: readonly Effect[]
}
export type Effect =
  | { readonly do: 'sync' }
  | { readonly do: 'state'; readonly state: StoredState; readonly detail: string | null }
  | { readonly do: 'consent'; readonly until: Date; readonly detail: string | null }
  | { readonly do: 'deliver'; readonly delivery: unknown }

/** Lines of a provider in the shape of banking, by the provider's name of their account. */
export type Mapped = {
  readonly accounts: readonly Omit<ConnectionAccount, 'bankAccountId'>[]
  readonly lines: ReadonlyMap<string, readonly DeliveredLine[]>
  readonly problems: readonly Problem[]
}

export type Trigger = 'webhook' | 'upload' | 'manual' | 'replay'
export type Run = {
  readonly id: string
  readonly connectionId: string | null
  readonly trigger: Trigger
  readonly state: 'done' | 'partial' | 'failed'
  readonly startedAt: string
  readonly endedAt: string
  readonly accounts: number
  readonly new: number
  readonly known: number
  readonly updated: number
  readonly refused: number
  readonly problems: readonly Problem[]
  readonly importIds: readonly string[]
}
export type RunView = Run & { readonly connectionName: string | null; readonly provider: Provider | null; readonly categorised: number }
