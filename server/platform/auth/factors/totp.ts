import { createHmac, randomBytes } from 'node:crypto'

/** Codes of RFC 6238 as authenticator applications make them: SHA-1, six digits, thirty seconds. */
export const TOTP = { digits: 6, seconds: 30, seedBytes: 20 } as const
/** Steps before and after the present one that are taken, for a telephone whose clock is not exact (RFC 6238, 5.2). */
const DRIFT_STEPS = 1

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 base 32, without padding. */
export function base32(bytes: Uint8Array): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    held = (held << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(held >>> (bits - 5)) & 31]
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text
}

export function bytesOfBase32(text: string): Buffer {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const letter of text) {
    held = (held << 5) | ALPHABET.indexOf(letter)
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >>> bits) & 255)
    held &= (1 << bits) - 1
  }
  return Buffer.from(bytes)
}

export function newSeed(): string {
  return base32(randomBytes(TOTP.seedBytes))
}

/** RFC 4226: the code of a counter. */
export function codeAt(seed: Uint8Array, step: bigint, digits: number = TOTP.digits): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(step)
  const hash = createHmac('sha1', seed).update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits).padStart(digits, '0')
}

/** The step in which a code is right, and which comes after `lastStep`; undefined when there is none. */
export function stepOf(seed: string, code: string, { now, lastStep }: { readonly now: Date; readonly lastStep: bigint }): bigint | undefined {
  const bytes = bytesOfBase32(seed)
  const present = BigInt(Math.floor(now.getTime() / 1000 / TOTP.seconds))
  for (let drift = -DRIFT_STEPS; drift <= DRIFT_STEPS; drift += 1) {
    const step = present + BigInt(drift)
    if (step > lastStep && codeAt(bytes, step) === code) return step
  }
  return undefined
}

/** What an authenticator application reads from the QR code. */
export function otpauthUri(seed: string, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${seed}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${TOTP.digits}&period=${TOTP.seconds}`
}
