import type { TenantId } from '../../../core/kernel/id.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { OutgoingError } from '../../platform/network/outgoing-error.ts'
import type { OutgoingAnswer } from '../../platform/network/outgoing.ts'
import { claimDelivery, saveOutcome, type Outcome } from './delivery-store.ts'
import { sealScope } from './endpoints.ts'
import { signatureHeaders } from './signature.ts'
import { findSecrets, lockEndpoint, saveEndpoint } from './store.ts'
import type { Delivery, DeliveryFailure, Endpoint, Try } from './types.ts'

/** Seconds before each new try: eleven tries over a little more than a day. */
export const RETRY_SECONDS: readonly number[] = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 32_400]
/** What an address may ask for by Retry-After. */
const RETRY_AFTER_SECONDS_MAX = 3_600
const ANSWER_MS_MAX = 10_000
/** A worker that dies leaves the delivery to another after this long. */
const CLAIM_SECONDS = 60
const ANSWER_BYTES_MAX = 16_384
const EXCERPT_LENGTH = 1_000
const GONE = 410

type Sent = Omit<Try, 'n'> & { readonly retryAfter: number }
type Taken = { readonly delivery: Delivery; readonly endpoint: Endpoint; readonly secrets: readonly string[] }

/** The beginning of an answer as text that the database can keep. */
function excerptOf(body: Buffer): string | null {
  const text = body.toString('utf8').replaceAll(/[\0-\b\v\f\x0e-\x1f\x7f]|\p{Surrogate}/gu, '').slice(0, EXCERPT_LENGTH).trim()
  return text === '' ? null : text
}

function failureOfStatus(status: number): DeliveryFailure | null {
  if (status >= 200 && status < 300) return null
  return status >= 300 && status < 400 ? 'redirect' : 'status'
}

function retryAfterOf(answer: OutgoingAnswer): number {
  const text = answer.headers['retry-after'] ?? ''
  return /^\d{1,6}$/.test(text) ? Math.min(Number(text), RETRY_AFTER_SECONDS_MAX) : 0
}

/** One try over the network. However it ends, it ends with something to write down. */
async function send(app: App, { delivery, endpoint, secrets }: Taken): Promise<Sent> {
  const at = new Date()
  const took = () => Date.now() - at.getTime()
  const signed = { id: delivery.eventId, timestamp: Math.floor(at.getTime() / 1_000), body: delivery.body }
  const headers = { 'content-type': 'application/json', 'user-agent': 'Quittance-Webhooks', 'quittance-delivery': delivery.id, ...signatureHeaders(secrets, signed) }
  try {
    const answer = await app.outgoing.send({ url: endpoint.url, method: 'POST', headers, body: delivery.body, timeoutMs: ANSWER_MS_MAX, bytesMax: ANSWER_BYTES_MAX })
    return { at: at.toISOString(), durationMs: took(), status: answer.status, error: failureOfStatus(answer.status), excerpt: excerptOf(answer.body), retryAfter: retryAfterOf(answer) }
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    return { at: at.toISOString(), durationMs: took(), status: null, error: error.failure, excerpt: null, retryAfter: 0 }
  }
}

/** What follows a try: done, given up, or another one later. */
function outcomeOf({ status, error, retryAfter }: Pick<Sent, 'status' | 'error' | 'retryAfter'>, round: number): Outcome {
  if (error === null) return { state: 'delivered', waitSeconds: 0, status, error }
  const wait = RETRY_SECONDS[round - 1]
  if (status === GONE || wait === undefined) return { state: 'dead', waitSeconds: 0, status, error }
  return { state: 'waiting', waitSeconds: Math.max(wait, retryAfter), status, error }
}

async function take(app: App, tx: TenantTx, id: string): Promise<Taken | undefined> {
  const delivery = await claimDelivery(tx, id, CLAIM_SECONDS)
  const endpoint = delivery && await lockEndpoint(tx, delivery.endpointId)
  if (!delivery || !endpoint) return undefined
  if (!endpoint.enabled) {
    await saveOutcome(tx, delivery, { outcome: { state: 'dead', waitSeconds: 0, status: null, error: 'disabled' }, made: null })
    return undefined
  }
  const sealed = (await findSecrets(tx, endpoint.id))!
  const open = (text: string) => app.secrets.open(sealScope(tx.tenantId, endpoint.id), text)
  return { delivery, endpoint, secrets: [await open(sealed.secret), ...(sealed.previous === null ? [] : [await open(sealed.previous)])] }
}

async function write(tx: TenantTx, { delivery, endpoint }: Taken, { sent, outcome }: { readonly sent: Sent; readonly outcome: Outcome }): Promise<void> {
  const { retryAfter: _wait, ...made } = sent
  await saveOutcome(tx, delivery, { outcome, made })
  if (sent.status === GONE) await saveEndpoint(tx, endpoint.id, { ...endpoint, disabledBecause: 'gone' })
  const by = { tenantId: tx.tenantId }
  if (outcome.state === 'dead') await appendEvent(tx, by, { kind: 'webhook.failed', subject: delivery.id, data: { endpointId: endpoint.id, kind: delivery.kind } })
  else if (delivery.kind === 'webhook.tested') await appendEvent(tx, by, { kind: 'webhook.changed', subject: endpoint.id, data: {} })
}

/**
 * Tries one delivery that is due. No transaction is open while the address is asked. `next` is called, in the transaction that
 * writes the outcome, when another try must follow. It may run twice: what is delivered, given up or in other hands is left alone.
 */
export async function deliver(app: App, job: { readonly tenantId: string; readonly id: string }, next: (tx: TenantTx, seconds: number) => Promise<void>): Promise<void> {
  const scope = { tenantId: job.tenantId as TenantId, userId: null }
  const taken = await app.db.tenant(scope, (tx) => take(app, tx, job.id))
  if (!taken) return
  const sent = await send(app, taken)
  const outcome = outcomeOf(sent, taken.delivery.round)
  await app.db.tenant(scope, async (tx) => {
    await write(tx, taken, { sent, outcome })
    if (outcome.state === 'waiting') await next(tx, outcome.waitSeconds)
  })
}
