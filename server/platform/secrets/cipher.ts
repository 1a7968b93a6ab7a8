import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** HKDF with SHA-256 (RFC 5869). */
export function deriveKey(from: { readonly key: Uint8Array; readonly salt: Uint8Array; readonly info: Uint8Array }, length: number = KEY_BYTES): Buffer {
  return Buffer.from(hkdfSync('sha256', from.key, from.salt, from.info, length))
}

/** Nonce, encrypted text, tag: AES-256-GCM. A fresh random nonce unless a test vector brings its own. */
export function encrypt(key: Uint8Array, what: { readonly text: Uint8Array; readonly bound: Uint8Array }, nonce: Uint8Array = randomBytes(NONCE_BYTES)): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(what.bound)
  return Buffer.concat([nonce, cipher.update(what.text), cipher.final(), cipher.getAuthTag()])
}

/** The text that `encrypt` hid under the same key, bound to the same bytes; undefined when anything of it differs. */
export function decrypt(key: Uint8Array, sealed: Uint8Array, bound: Uint8Array): Buffer | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(bound)
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)), decipher.final()])
  } catch {
    return undefined
  }
}

/** Several texts as bytes from which each can be told: ["a", "bc"] and ["ab", "c"] differ. */
export function boundTo(parts: readonly (string | null)[]): Buffer {
  return Buffer.from(JSON.stringify(parts))
}
