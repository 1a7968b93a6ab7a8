import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const KEY_BYTES = 32

/** A new secret in the form of Standard Webhooks: `whsec_` and the key in base64. */
export function newSecret(): string {
  return `${PREFIX}${randomBytes(KEY_BYTES).toString('base64')}`
}

export function hintOf(secret: string): string {
  return secret.slice(-4)
}

export type Signed = { readonly id: string; readonly timestamp: number; readonly body: string }

/** HMAC-SHA256 of `id.timestamp.body` by one secret, as Standard Webhooks writes it: version, comma, base64. */
export function sign(secret: string, { id, timestamp, body }: Signed): string {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/** The headers that prove a delivery. Each secret signs, so that a receiver may know the old one or the new one. */
export function signatureHeaders(secrets: readonly string[], signed: Signed): Record<string, string> {
  return {
    'webhook-id': signed.id,
    'webhook-timestamp': String(signed.timestamp),
    'webhook-signature': secrets.map((secret) => sign(secret, signed)).join(' '),
  }
}
