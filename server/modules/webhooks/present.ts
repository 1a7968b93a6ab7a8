import type { Static } from 'typebox'
import type { WebhookDelivery, WebhookDeliveryDetail, WebhookEndpoint } from '../../../contract/webhooks.ts'
import type { Locale, Text } from '../../../core/kernel/problem.ts'
import { OUTGOING_FAILURES } from '../../platform/network/outgoing-error.ts'
import type { Delivery, DeliveryFailure, EndpointView, Try } from './types.ts'

const WORDS: Readonly<Record<DeliveryFailure, Text>> = {
  ...OUTGOING_FAILURES,
  status: { fr: 'La réponse n\'est pas un succès (2xx).', en: 'The answer is not a success (2xx).' },
  redirect: { fr: 'L\'adresse renvoie ailleurs ; les redirections ne sont pas suivies.', en: 'The address redirects; redirects are not followed.' },
  disabled: { fr: 'Le webhook était suspendu.', en: 'The webhook was disabled.' },
}

export function presentEndpoint(view: EndpointView): WebhookEndpoint {
  const { waiting, dead, lastAt, lastStatus, lastState, previousUntil, ...endpoint } = view
  return {
    ...endpoint, kinds: [...endpoint.kinds], previousSecretUntil: previousUntil, counts: { waiting, dead },
    lastDelivery: lastAt === null ? null : { at: lastAt, status: lastStatus, delivered: lastState === 'delivered' },
  }
}

export function presentDelivery(row: Delivery, locale: Locale): WebhookDelivery {
  return {
    id: row.id, endpointId: row.endpointId, eventId: row.eventId, kind: row.kind, state: row.state, attempts: row.tries, createdAt: row.createdAt, deliveredAt: row.deliveredAt,
    nextAt: row.nextAt, lastStatus: row.lastStatus, lastError: row.lastError && WORDS[row.lastError][locale],
  }
}

export function presentDetail({ delivery, tries }: { readonly delivery: Delivery; readonly tries: readonly Try[] }, locale: Locale): Static<typeof WebhookDeliveryDetail> {
  return { ...presentDelivery(delivery, locale), body: delivery.body, tries: tries.map((one) => ({ ...one, error: one.error && WORDS[one.error][locale] })) }
}
