import { type Static, Type } from 'typebox'
import { CurrencyCode, DataProblem, Day, Instant, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'

export const PROVIDERS = ['bridge', 'finary', 'plaid', 'qonto'] as const
export const Provider = oneOf(PROVIDERS, 'bridge is the API of Bankin\'. finary stands for any program that sends lines in the generic shape: Finary itself has no public API.')
export type Provider = Static<typeof Provider>

export const CONNECTION_STATES = ['active', 'degraded', 'expiring', 'needs_reauth', 'needs_user_action', 'error', 'revoked'] as const
export const ConnectionState = oneOf(CONNECTION_STATES, 'degraded: the provider cannot reach the bank for now. expiring: the consent ends soon. needs_reauth: it ended, or the bank refuses. needs_user_action: something waits at the bank. revoked: taken back at the provider.')
export type ConnectionState = Static<typeof ConnectionState>

/** An account as the provider names it. Its lines are refused until it is linked; by its IBAN that happens alone. */
export const ConnectionAccount = Type.Object({ externalId: Type.String(), name: nullable(Type.String()), iban: nullable(Type.String()), currency: nullable(CurrencyCode), bankAccountId: nullable(Uuid) })
/** Links an account of the provider to one of ours, or unlinks it. What waited for it is handled again. */
export const LinkAccount = Type.Object({ externalId: Type.String({ minLength: 1, maxLength: 200 }), bankAccountId: nullable(Uuid) })
export type LinkAccount = Static<typeof LinkAccount>

/** A way bank lines come in by themselves. */
export const Connection = Type.Object({
  id: Uuid, provider: Provider, name: Type.String(), institution: nullable(Type.String()),
  externalId: nullable(Type.String({ description: 'What the provider calls it: item of Bridge or Plaid, organisation of Qonto. When it is given, a notification for another one is set aside.' })),
  state: ConnectionState, stateDetail: nullable(Type.String({ description: 'What the provider says of the state.' })),
  consentUntil: nullable(Instant),
  signing: oneOf(['hmac', 'plaid_key', 'missing'], 'How notifications are proven. missing: none is accepted yet.'),
  secretHint: nullable(Type.String({ description: 'The last four characters of the signing secret.' })),
  toSyncSince: nullable(Instant),
  lastEventAt: nullable(Instant), lastRunAt: nullable(Instant),
  pending: Type.Integer({ description: 'Notifications received and not handled yet.' }), failed: Type.Integer(),
  refused: Type.Integer({ description: 'Notifications refused: forged, too old, too big.' }),
  accounts: Type.Array(ConnectionAccount, { description: 'Those the provider has named, at most 200.' }),
  version: Type.Integer(), createdAt: Instant,
})
export type Connection = Static<typeof Connection>
export const ConnectionList = Type.Object({ items: Type.Array(Connection) })

const Name = Type.String({ minLength: 1, maxLength: 120 })
const Institution = nullable(Type.String({ maxLength: 120 }))
const ExternalId = nullable(Type.String({ minLength: 1, maxLength: 200 }))
const SigningSecret = Type.String({ minLength: 16, maxLength: 500, description: 'The webhook secret the provider shows (Bridge) or that you gave it (Qonto).' })
const PlaidAccess = Type.Object({ environment: oneOf(['sandbox', 'production']), clientId: Type.String({ minLength: 1, maxLength: 200 }), secret: Type.String({ minLength: 1, maxLength: 200 }) }, { description: 'Plaid signs with keys it publishes; these fetch them.' })
export const NewConnection = Type.Object({
  provider: Provider, name: Name, institution: Type.Optional(Institution), externalId: Type.Optional(ExternalId),
  signingSecret: Type.Optional(SigningSecret), plaid: Type.Optional(PlaidAccess),
})
export type NewConnection = Static<typeof NewConnection>
export const ConnectionPatch = Type.Partial(Type.Object({ name: Name, institution: Institution, externalId: ExternalId, signingSecret: SigningSecret, plaid: PlaidAccess }))
export type ConnectionPatch = Static<typeof ConnectionPatch>

/** The address to give the provider holds a key: it is shown by this answer and never again. */
export const ConnectionSecrets = Type.Object({
  connection: Connection,
  address: Type.String({ description: 'Where the provider sends its notifications, `?connection=` included.' }),
  signingSecret: nullable(Type.String({ description: 'The secret made here, to be given to the sender; null when it was given, or is of no use.' })),
})
export type ConnectionSecrets = Static<typeof ConnectionSecrets>

/** The address of incoming webhooks names its connection. */
export const IncomingQuery = Type.Object({ connection: Type.Optional(Type.String({ maxLength: 200, description: 'The key of the connection, as in the address it was given.' })) })
export const IncomingAnswer = Type.Object({ received: Type.Boolean(), known: Type.Boolean({ description: 'The same notification was received before; nothing is done twice.' }) })

export const INCOMING_STATES = ['waiting', 'done', 'ignored', 'failed'] as const
export const IncomingState = oneOf(INCOMING_STATES, 'ignored: of a kind that asks for nothing, or about another connection. failed: every try failed; it can be replayed.')
export const IncomingEvent = Type.Object({
  id: Uuid, connectionId: Uuid, connectionName: Type.String(), provider: Provider,
  kind: nullable(Type.String({ examples: ['item.refreshed'] })), state: IncomingState,
  receivedAt: Instant, processedAt: nullable(Instant), times: Type.Integer({ description: 'How often it was received.' }), tries: Type.Integer(),
  outcome: nullable(Type.String({ description: 'What was done about it, in the language of the request.' })), runId: nullable(Uuid), size: Type.Integer(),
})
export type IncomingEvent = Static<typeof IncomingEvent>
export const IncomingEventPage = page(IncomingEvent)
export const IncomingEventQuery = Type.Object({ ...PageQuery, connectionId: Type.Optional(Uuid), provider: Type.Optional(Provider), state: Type.Optional(IncomingState) })
export type IncomingEventQuery = Static<typeof IncomingEventQuery>
export const IncomingEventDetail = Type.Object({
  ...IncomingEvent.properties,
  headers: Type.Record(Type.String(), Type.String(), { description: 'Those that matter.' }),
  body: Type.String({ description: 'As received; what is not text shows as replacement characters.' }),
})
export type IncomingEventDetail = Static<typeof IncomingEventDetail>

/** Whether each connection is ready to receive, checked from here. */
export const WebhookCheck = Type.Object({
  ready: Type.Boolean(),
  connections: Type.Array(Type.Object({
    connectionId: Uuid, name: Type.String(), provider: Provider, ready: Type.Boolean(),
    checks: Type.Array(Type.Object({ code: oneOf(['address', 'signing', 'keys', 'received', 'refused', 'failed']), ok: Type.Boolean(), message: Type.String({ description: 'In the language of the request.' }) })),
  })),
})
export type WebhookCheck = Static<typeof WebhookCheck>

const Counts = Type.Object({
  accounts: Type.Integer(), new: Type.Integer(), known: Type.Integer(), updated: Type.Integer(),
  categorised: Type.Integer({ description: 'Lines of this run that have a category by now.' }), refused: Type.Integer(),
})
export const SyncRun = Type.Object({
  id: Uuid, connectionId: nullable(Uuid), connectionName: nullable(Type.String()), provider: nullable(Provider),
  trigger: oneOf(['webhook', 'upload', 'manual', 'replay']), state: oneOf(['done', 'partial', 'failed'], 'partial: some lines were refused.'),
  startedAt: Instant, endedAt: Instant, counts: Counts, problems: Type.Array(DataProblem, { description: 'The first 50.' }), importIds: Type.Array(Uuid),
})
export type SyncRun = Static<typeof SyncRun>
export const SyncRunPage = page(SyncRun)
export const SyncLogQuery = Type.Object({ ...PageQuery, connectionId: Type.Optional(Uuid), state: Type.Optional(SyncRun.properties.state) })
export type SyncLogQuery = Static<typeof SyncLogQuery>

export const SyncStatus = Type.Object({ items: Type.Array(Type.Object({ connection: Connection, lastRun: nullable(SyncRun) })), pending: Type.Integer(), failed: Type.Integer() })
export type SyncStatus = Static<typeof SyncStatus>
/** `POST /api/sync/manual`: what is handled again. */
export const ManualSync = Type.Object({ queued: Type.Integer({ description: 'Notifications that waited or had failed and are handled again.' }), connections: Type.Integer() })
export type ManualSync = Static<typeof ManualSync>

const DecimalNumber = Type.Number({ description: 'A decimal number, at most the digits of its currency.' })
const DecimalNumberOrText = Type.Union([DecimalNumber, Type.String({ maxLength: 40 })])
/** Accounts and transactions as Bridge writes them (`resources` of its lists). Negative: money out. */
export const BridgeDelivery = Type.Object({
  connectionId: Type.Optional(Uuid),
  accounts: Type.Array(Type.Object({ id: Type.Union([Type.Integer(), Type.String({ minLength: 1, maxLength: 40 })]), name: Type.Optional(Type.String({ maxLength: 200 })), iban: Type.Optional(nullable(Type.String({ maxLength: 42 }))), currency_code: Type.Optional(CurrencyCode), balance: Type.Optional(DecimalNumberOrText) }, { additionalProperties: true }), { maxItems: 100 }),
  transactions: Type.Array(Type.Record(Type.String(), Type.Unknown()), { maxItems: 5000 }),
})
export type BridgeDelivery = Static<typeof BridgeDelivery>

/** The generic shape: what Finary's exporters, or any program, hand over. Amounts are texts; negative: money out. */
export const GenericAccount = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }), name: Type.Optional(Type.String({ maxLength: 120 })), iban: Type.Optional(nullable(Type.String({ maxLength: 42 }))), currency: Type.Optional(CurrencyCode) })
export const GenericTransaction = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 200 }), accountId: Type.String({ minLength: 1, maxLength: 100 }), date: Day, valueDate: Type.Optional(nullable(Day)),
  amount: Type.String({ maxLength: 40, examples: ['-49.90'] }), currency: Type.Optional(CurrencyCode), label: Type.String({ maxLength: 1000 }),
  status: Type.Optional(oneOf(['booked', 'pending'])), replaces: Type.Optional(nullable(Type.String({ maxLength: 200, description: 'The id of the pending line it takes the place of.' }))), deleted: Type.Optional(Type.Boolean()),
  counterparty: Type.Optional(nullable(Type.Object({ name: Type.Optional(nullable(Type.String({ maxLength: 200 }))), iban: Type.Optional(nullable(Type.String({ maxLength: 42 }))) }))), reference: Type.Optional(nullable(Type.String({ maxLength: 200 }))),
})
export const GenericDelivery = Type.Object({
  connectionId: Type.Optional(Uuid),
  accounts: Type.Array(GenericAccount, { maxItems: 100 }),
  transactions: Type.Array(GenericTransaction, { maxItems: 5000 }),
})
export type GenericDelivery = Static<typeof GenericDelivery>
