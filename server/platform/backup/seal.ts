import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { BackupRefused } from './refused.ts'

// File: magic, salt, nonce, key check, then AES-256-GCM, then its tag. The head is authenticated with the content.
const MAGIC = Buffer.from('QTBACK1\n', 'latin1')
const SALT_BYTES = 16
const NONCE_BYTES = 12
const CHECK_BYTES = 16
const TAG_BYTES = 16
const HEAD_BYTES = MAGIC.length + SALT_BYTES + NONCE_BYTES + CHECK_BYTES
// 64 MiB and about a quarter of a second for each guess of the passphrase.
const COST = { N: 65_536, r: 8, p: 1, maxmem: 128 * 1_048_576 }

const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt)

/** The key of a passphrase, and what tells a wrong passphrase from a damaged file. */
async function keyOf(passphrase: string, salt: Buffer): Promise<{ key: Buffer; check: Buffer }> {
  const made = await derive(passphrase.normalize('NFC'), salt, 64, COST)
  return { key: made.subarray(0, 32), check: createHash('sha256').update(made.subarray(32)).digest().subarray(0, CHECK_BYTES) }
}

/** The bytes sealed under a passphrase. */
export async function* sealBytes(bytes: AsyncIterable<Uint8Array>, passphrase: string): AsyncGenerator<Uint8Array> {
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)]
  const { key, check } = await keyOf(passphrase, salt)
  const head = Buffer.concat([MAGIC, salt, nonce, check])
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(head)
  yield head
  for await (const chunk of bytes) yield cipher.update(chunk)
  yield cipher.final()
  yield cipher.getAuthTag()
}

/** Whether a file is sealed. */
export async function isSealed(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0)
    return bytesRead === MAGIC.length && buffer.equals(MAGIC)
  } finally {
    await file.close()
  }
}

const damaged = (path: string, cause?: unknown) => new BackupRefused('BACKUP_DAMAGED', {
  fr: `La sauvegarde ${path} est abîmée ou incomplète. Prenez-en une autre.`,
  en: `The backup ${path} is damaged or incomplete. Take another one.`,
}, cause)

async function headAndTag(path: string): Promise<{ head: Buffer; tag: Buffer; size: number }> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size < HEAD_BYTES + TAG_BYTES) throw damaged(path)
    const { buffer: head } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const { buffer: tag } = await file.read(Buffer.alloc(TAG_BYTES), 0, TAG_BYTES, size - TAG_BYTES)
    return { head, tag, size }
  } finally {
    await file.close()
  }
}

/** The content of a sealed file. What it yields is proven only when it has ended without failing: keep it aside until then. */
export async function* openSealed(path: string, passphrase: string | null): AsyncGenerator<Uint8Array> {
  if (passphrase === null) {
    throw new BackupRefused('BACKUP_PASSPHRASE_MISSING', {
      fr: `La sauvegarde ${path} est chiffrée. Indiquez sa phrase secrète dans BACKUP_PASSPHRASE.`,
      en: `The backup ${path} is encrypted. Give its passphrase in BACKUP_PASSPHRASE.`,
    })
  }
  const { head, tag, size } = await headAndTag(path)
  const salt = head.subarray(MAGIC.length, MAGIC.length + SALT_BYTES)
  const nonce = head.subarray(MAGIC.length + SALT_BYTES, HEAD_BYTES - CHECK_BYTES)
  const { key, check } = await keyOf(passphrase, salt)
  if (!timingSafeEqual(check, head.subarray(HEAD_BYTES - CHECK_BYTES))) {
    throw new BackupRefused('BACKUP_PASSPHRASE_WRONG', {
      fr: `La phrase secrète de BACKUP_PASSPHRASE n'ouvre pas ${path}.`,
      en: `The passphrase in BACKUP_PASSPHRASE does not open ${path}.`,
    })
  }
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(head).setAuthTag(tag)
  try {
    if (size > HEAD_BYTES + TAG_BYTES) {
      for await (const chunk of createReadStream(path, { start: HEAD_BYTES, end: size - TAG_BYTES - 1 })) yield decipher.update(chunk as Buffer)
    }
    yield decipher.final()
  } catch (error) {
    throw damaged(path, error)
  }
}
