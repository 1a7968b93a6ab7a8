import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { Refusal } from '../../access/refusal.ts'

/** An answer as it is kept: what the caller reads, without what each answer gets anew (its id, its limits). */
export type Answer = { readonly headers: Readonly<Record<string, string | readonly string[]>>; readonly body: Uint8Array }

/** Whose key it is: the same text given by two people, in two companies or on two routes makes two keys. */
export type KeyScope = { readonly secret: string; readonly tenantId: string | null; readonly credential: string; readonly route: string; readonly key: string }

const NONCE = 12
const TAG = 16

function scoped({ tenantId, credential, route, key }: KeyScope): string {
  return JSON.stringify([tenantId, credential, route, key])
}

/** The name under which a key is stored. The key itself is stored nowhere. */
export function keyId(scope: KeyScope): Buffer {
  return createHmac('sha256', scope.secret).update(`idempotency id ${scoped(scope)}`).digest()
}

const DEPTH_MAX = 40

/** JSON with its names in order, so that two writings of the same body are one. */
function canonical(value: unknown, depth = 0): unknown {
  if (value === null || typeof value !== 'object') return value
  if (depth > DEPTH_MAX) throw new Refusal('JSON_MALFORMED')
  if (Array.isArray(value)) return value.map((item) => canonical(item, depth + 1))
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, item]) => [name, canonical(item, depth + 1)]))
}

/** What was asked: the address with its query, the body or the bytes of the file. Keyed, so that it confirms no guess of a body. */
export function fingerprintOf(scope: KeyScope, asked: { readonly url: string; readonly body: unknown; readonly file?: { readonly fileName: string; readonly bytes: Uint8Array } | undefined }): Buffer {
  const hash = createHmac('sha256', scope.secret).update(`idempotency body ${asked.url}\n${JSON.stringify(canonical(asked.body)) ?? ''}\n`)
  return asked.file ? hash.update(JSON.stringify(asked.file.fileName)).update(createHash('sha256').update(asked.file.bytes).digest()).digest() : hash.digest()
}

function cipherKey(scope: KeyScope): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', scope.secret, 'quittance idempotency', `answer ${scoped(scope)}`.slice(0, 1000), 32))
}

/** Seals an answer: nobody opens it without the caller's key and the installation's secret. */
export function sealAnswer(scope: KeyScope, answer: Answer): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', cipherKey(scope), nonce)
  const head = Buffer.from(JSON.stringify(answer.headers))
  const size = Buffer.alloc(4)
  size.writeUInt32BE(head.length)
  const sealed = Buffer.concat([cipher.update(Buffer.concat([size, head, answer.body])), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

export function openAnswer(scope: KeyScope, sealed: Uint8Array): Answer {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', cipherKey(scope), bytes.subarray(0, NONCE))
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
  const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()])
  const end = 4 + plain.readUInt32BE(0)
  return { headers: JSON.parse(plain.subarray(4, end).toString('utf8')) as Answer['headers'], body: plain.subarray(end) }
}
