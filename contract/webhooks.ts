import { type Static, Type } from 'typebox'
import { Instant, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'
import { EVENT_KINDS, WEBHOOK_KINDS } from './events.ts'

export const WebhookKind = oneOf(WEBHOOK_KINDS)
const Url = Type.String({ minLength: 8, maxLength: 2000, description: 'An https address on the public network.', examples: ['https://example.org/quittance'] })
const Kinds = Type.Array(WebhookKind, { minItems: 1, maxItems: 50, description: 'The kinds of events to send.' })
const Description = Type.String({ maxLength: 200 })

/** An address that is told what happens in the company. */
export const WebhookEndpoint = Type.Object({
  id: Uuid, url: Type.String(), description: Type.String(), kinds: Type.Array(WebhookKind),
  enabled: Type.Boolean(),
  disabledBecause: nullable(oneOf(['person', 'gone'], 'gone: the address answered 410.')),
  secretHint: Type.String({ description: 'The last four characters of the secret.' }),
  previousSecretUntil: nullable(Instant),
  version: Type.Integer(), createdAt: Instant,
  counts: Type.Object({ waiting: Type.Integer(), dead: Type.Integer() }),
  lastDelivery: nullable(Type.Object({ at: Instant, status: nullable(Type.Integer()), delivered: Type.Boolean() })),
})
export type WebhookEndpoint = Static<typeof WebhookEndpoint>
export const WebhookEndpointList = Type.Object({ items: Type.Array(WebhookEndpoint) })
export const NewWebhookEndpoint = Type.Object({ url: Url, kinds: Kinds, description: Type.Optional(Description) })
export type NewWebhookEndpoint = Static<typeof NewWebhookEndpoint>
export const WebhookEndpointPatch = Type.Partial(Type.Object({ url: Url, kinds: Kinds, description: Description, enabled: Type.Boolean() }))
export type WebhookEndpointPatch = Static<typeof WebhookEndpointPatch>

/** The secret is shown by this answer and never again. */
export const WebhookSecret = Type.Object({ endpoint: WebhookEndpoint, secret: Type.String({ description: 'whsec_ and the key in base64.' }) })
export type WebhookSecret = Static<typeof WebhookSecret>

export const DeliveryState = oneOf(['waiting', 'delivered', 'dead'], 'waiting: to be sent, or sent again. dead: given up after a day of tries, or refused for good.')
export const WebhookDelivery = Type.Object({
  id: Uuid, endpointId: Uuid, eventId: Uuid, kind: oneOf(EVENT_KINDS), state: DeliveryState,
  attempts: Type.Integer(), createdAt: Instant, deliveredAt: nullable(Instant), nextAt: nullable(Instant),
  lastStatus: nullable(Type.Integer({ description: 'The HTTP status of the last answer; null when there was none.' })),
  lastError: nullable(Type.String({ description: 'Why there was no good answer, in the language of the request.' })),
})
export type WebhookDelivery = Static<typeof WebhookDelivery>
export const WebhookDeliveryPage = page(WebhookDelivery)
export const WebhookDeliveryQuery = Type.Object({ ...PageQuery, endpointId: Type.Optional(Uuid), state: Type.Optional(DeliveryState) })
export type WebhookDeliveryQuery = Static<typeof WebhookDeliveryQuery>

/** One delivery with what was sent and each try. */
export const WebhookDeliveryDetail = Type.Object({
  ...WebhookDelivery.properties,
  body: Type.String({ description: 'What is sent, as signed.' }),
  tries: Type.Array(Type.Object({
    n: Type.Integer(), at: Instant, durationMs: Type.Integer(), status: nullable(Type.Integer()),
    error: nullable(Type.String()), excerpt: nullable(Type.String({ description: 'The beginning of the answer.' })),
  })),
})
export type WebhookDeliveryDetail = Static<typeof WebhookDeliveryDetail>

export const ReplayWebhook = Type.Object({
  since: Instant,
  only: Type.Optional(oneOf(['dead', 'all'], 'dead: what was given up or never sent. all: delivered ones too. dead when absent.')),
})
export type ReplayWebhook = Static<typeof ReplayWebhook>
export const ReplayOutcome = Type.Object({ queued: Type.Integer(), isComplete: Type.Boolean({ description: 'False when the limit of one call was reached: call again, with a later `since` when `only` is all.' }) })
export type ReplayOutcome = Static<typeof ReplayOutcome>

/** The body of an outgoing webhook. */
export const WebhookBody = Type.Object({
  id: Uuid, type: oneOf(EVENT_KINDS), timestamp: Instant, companyId: Uuid, subject: nullable(Type.String()), data: Type.Record(Type.String(), Type.Unknown()),
})
export type WebhookBody = Static<typeof WebhookBody>
