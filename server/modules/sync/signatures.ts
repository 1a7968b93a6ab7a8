import { createHmac, timingSafeEqual } from 'node:crypto'
import type { RefusalReason } from './types.ts'

/** What is signed and when it came. `body` is the bytes as they came, never parsed again. */
export type Signed = { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array; readonly now: Date }
/** Undefined when the notification is proven. */
export type Verdict = RefusalReason | undefined

/** Further from our clock than this, a signature that carries its time is refused. */
export const CLOCK_SECONDS_MAX = 300
/** Bridge signs no time: its notifications say when they were made, and are taken for a day. */
export const BRIDGE_HOURS_MAX = 24
/** Signatures one header may carry: two while a secret is being changed. */
const SIGNATURES_MAX = 5

function hmac(secret: string, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const mac = createHmac('sha256', secret)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

/** Compares in the same time whether or not they agree. What is not the hexadecimal of a SHA-256 never agrees. */
function agrees(given: string, expected: Buffer): boolean {
  return /^[0-9a-fA-F]{64}$/.test(given) && timingSafeEqual(Buffer.from(given, 'hex'), expected)
}

/** "t=1,v1=ab,v1=cd" as pairs. */
function pairsOf(header: string | undefined): readonly (readonly [name: string, value: string])[] {
  return (header ?? '').split(',', SIGNATURES_MAX).flatMap((part): [string, string][] => {
    const at = part.indexOf('=')
    return at < 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()]]
  })
}

const valuesOf = (header: string | undefined, name: string) => pairsOf(header).flatMap(([key, value]) => (key === name ? [value] : []))

/** Bridge: `BridgeApi-Signature: v1=HEX[,v1=HEX]`, the HMAC-SHA256 of the body; two while its secret is being changed. */
export function verifyBridge(secret: string, { headers, body }: Signed): Verdict {
  const given = valuesOf(headers['bridgeapi-signature'], 'v1')
  if (given.length === 0) return 'unsigned'
  const expected = hmac(secret, body)
  return given.map((one) => agrees(one, expected)).includes(true) ? undefined : 'signature'
}

/** `t=seconds,v1=hex`, the HMAC-SHA256 of "t.body": Qonto under `X-Qonto-Signature`, the generic sender under `Quittance-Signature`. */
export function verifyTimed(secret: string, header: 'x-qonto-signature' | 'quittance-signature', { headers, body, now }: Signed): Verdict {
  const [time = ''] = valuesOf(headers[header], 't')
  const given = valuesOf(headers[header], 'v1')
  if (given.length === 0 || !/^\d{1,12}$/.test(time)) return 'unsigned'
  const expected = hmac(secret, `${time}.`, body)
  if (!given.map((one) => agrees(one, expected)).includes(true)) return 'signature'
  return Math.abs(now.getTime() / 1000 - Number(time)) > CLOCK_SECONDS_MAX ? 'clock' : undefined
}
