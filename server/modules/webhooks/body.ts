import type { WebhookBody } from '../../../contract/webhooks.ts'
import type { StoredEvent } from '../../platform/events/index.ts'

/** What is sent of an event, as text: the signature is of these very bytes, so it is written once and kept. */
export function bodyOf(companyId: string, event: Pick<StoredEvent, 'id' | 'at' | 'kind' | 'subject' | 'data'>): string {
  const body: WebhookBody = { id: event.id, type: event.kind, timestamp: new Date(event.at).toISOString(), companyId, subject: event.subject, data: event.data }
  return JSON.stringify(body)
}
