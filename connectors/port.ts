import type { Currency } from '../core/kernel/currency.ts'
import type { LocalDate } from '../core/kernel/local-date.ts'
import type { Text } from '../core/kernel/problem.ts'

/**
 * What a service that is asked for its lines must be able to do. A connector is a folder of its own: it knows the protocol of its
 * service and nothing of the server, which gives it everything that touches the world. It never writes: it answers pages.
 */
export type Connector = {
  /** The service, and the namespace of its identifiers: `qonto`. */
  readonly name: string
  readonly title: Text
  readonly resources: readonly Resource[]
  /** Asks the service whether the credentials still open it. */
  test(host: ConnectorHost): Promise<Health>
  accounts(host: ConnectorHost): Promise<readonly ExternalAccount[]>
  /**
   * The pages after a cursor, oldest first; from the beginning of what the service gives when it is null. Each page is stored with
   * its cursor in one transaction: a crash repeats a page and never skips one, so that a page given again must be harmless.
   * Ends early, at the end of a page, when the budget of the host is spent.
   */
  pages(host: ConnectorHost, ask: { readonly resource: Resource; readonly cursor: Cursor | null }): AsyncIterable<SyncPage>
  /** Takes the consent back at the service, where it can be. */
  revoke?(host: ConnectorHost): Promise<void>
  /** Where a person renews their consent; services whose consent has no end have none. */
  reconsent?(host: ConnectorHost, returnUrl: string): Promise<{ readonly url: string }>
}

export type Resource = 'accounts' | 'transactions'

/** Opaque to the server, which keeps it with the connection, and versioned by the connector. */
export type Cursor = { readonly version: number; readonly value: string }

/** What the server gives a connector for one connection. Time, chance and the network come from here alone, so that tests replay. */
export type ConnectorHost = {
  readonly connectionId: string
  readonly settings: Readonly<Record<string, string>>
  /**
   * The credentials as they are now. `replace` keeps new ones before they are used, and answers false when another process
   * replaced them first: the caller then reads again.
   */
  readonly credentials: { read(): Promise<Readonly<Record<string, string>>>; replace(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): Promise<boolean> }
  /** The only way out. It waits for the service's limits, tries again what may be tried again, and hides secrets from the log. */
  readonly http: { send(request: HttpRequest): Promise<HttpAnswer> }
  readonly now: () => Date
  readonly signal: AbortSignal
  /** Requests this run may still make. */
  readonly budget: { readonly requests: number }
}

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** The bucket its cost is taken from: the application, the person or the account at the service. */
  readonly bucket: string
}
export type HttpAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }

export type ExternalAccount = {
  readonly externalId: string
  readonly name: string | null
  readonly iban: string | null
  readonly currency: Currency
  /** Minor units, with the day it is of. */
  readonly balance: { readonly on: LocalDate; readonly minor: bigint } | null
}

/** `window`: every line of these days was read, so that one of them that is not in the page is gone. */
export type SyncPage = {
  readonly lines: readonly ExternalLine[]
  readonly cursor: Cursor
  readonly isLast: boolean
  readonly window: { readonly accountExternalId: string; readonly from: LocalDate; readonly to: LocalDate } | null
}

/** A line as a service gives it, its sign turned to ours: negative is money out. `replaces` is the id it was announced under. */
export type ExternalLine = {
  readonly accountExternalId: string
  readonly externalId: string
  readonly replaces: string | null
  readonly status: 'booked' | 'pending' | 'withdrawn'
  readonly bookedOn: LocalDate
  readonly valueOn: LocalDate | null
  readonly minor: bigint
  readonly currency: Currency
  readonly label: string
  readonly reference: string | null
  readonly counterparty: { readonly name: string | null; readonly iban: string | null }
}

/** How a connection stands, in the words of `/api/connections`. */
export type Health = {
  readonly state: 'active' | 'degraded' | 'needs_reauth' | 'needs_user_action' | 'error' | 'revoked'
  readonly detail: string | null
  readonly consentUntil: Date | null
}

/** Why a service could not be read. Only `temporary` and `rate_limit` are tried again by themselves. */
export class ConnectorError extends Error {
  override name = 'ConnectorError'
  readonly kind: 'auth' | 'consent' | 'rate_limit' | 'temporary' | 'not_found' | 'malformed' | 'permanent'
  readonly retryAfterMs: number | null
  /** The service's own code, for whoever helps; never its text, which may hold someone's data. */
  readonly vendorCode: string | null

  constructor(kind: ConnectorError['kind'], { retryAfterMs = null, vendorCode = null }: { readonly retryAfterMs?: number | null; readonly vendorCode?: string | null } = {}) {
    super(`the service could not be read: ${kind}`)
    this.kind = kind
    this.retryAfterMs = retryAfterMs
    this.vendorCode = vendorCode
  }
}
