import { createHash, randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { problem } from '../../../../core/kernel/problem.ts'
import { Refusal } from '../../access/refusal.ts'
import type { SystemTx } from '../../db/types.ts'
import type { HttpApp } from '../routes.ts'

const TAG = /^(?:W\/)?"([^"\u0000-\u0020]{0,100})"$|^(\d{1,9})$/
/** Marks a reading this server makes of itself, for the limits to leave it alone; no one outside knows it. */
const OWN_READING = randomBytes(24).toString('base64url')
export const OWN_READING_HEADER = 'quittance-own-reading'

export function isOwnReading(request: FastifyRequest): boolean {
  return request.headers[OWN_READING_HEADER] === OWN_READING
}

/** The mark of a representation: the version of the row when it has one, and a hash of what is shown, which also follows what is computed. */
export function entityTag(body: string, version: number | undefined): string {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 16)
  return version === undefined ? `"h-${hash}"` : `"${version}-${hash}"`
}

function tagsOf(header: string): string[] {
  return header.split(',').map((part) => {
    const found = TAG.exec(part.trim())
    if (found) return found[1] ?? found[2] ?? ''
    throw new Refusal('REQUEST_INVALID', {}, [problem('FIELD_FORMAT', { fr: 'Indiquez la version lue, telle que l\'en-tête ETag la donne, par exemple "3".', en: 'Give the version that was read, as the ETag header gives it, for example "3".' }, { field: 'If-Match' })])
  })
}

/** Whether a mark someone read is still the one of now. The version alone decides where both have one: a day that passes changes no row. */
function same(given: string, current: string): boolean {
  if (given === current) return true
  const [version, now] = [/^\d{1,9}(?=-|$)/.exec(given)?.[0], /^\d{1,9}(?=-|$)/.exec(current)?.[0]]
  return version !== undefined && version === now
}

/** Whether If-None-Match names what would be shown. */
export function isUnchanged(header: string | undefined, etag: string): boolean {
  return header !== undefined && (header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))
}

/**
 * Refuses with VERSION_CONFLICT a change that starts from an older state than the one of now. The resource is read again at its own
 * address, as the caller reads it, in the transaction of the change; two such changes of one address follow each other.
 */
export async function checkPrecondition(http: HttpApp, request: FastifyRequest, tx: SystemTx): Promise<void> {
  const header = request.headers['if-match']
  if (header === undefined) return
  const given = header.trim() === '*' ? undefined : tagsOf(header)
  const path = request.url.split('?')[0] ?? ''
  if (!http.hasRoute({ method: 'GET', url: request.routeOptions.url ?? '' })) return
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`if-match ${String(request.headers['quittance-tenant'] ?? '')} ${path}`])
  const { 'content-type': _type, 'content-length': _length, 'transfer-encoding': _coding, 'if-match': _match, 'idempotency-key': _key, ...headers } = request.headers
  const now = await http.inject({ method: 'GET', url: path, headers: { ...headers, [OWN_READING_HEADER]: OWN_READING }, remoteAddress: request.raw.socket.remoteAddress ?? request.ip })
  // What is not there, or may not be read, cannot be changed from a state that was read; the transaction it was looked up in is lost.
  if (now.statusCode === 404) throw new Refusal('NOT_FOUND')
  if (now.statusCode === 403) throw new Refusal('PERMISSION_MISSING', { permission: /\b[a-z]+\.[a-z]+\b/.exec(String(now.json<{ detail?: string }>().detail))?.[0] ?? '' })
  if (now.statusCode !== 200) throw new Error(`the state to compare with could not be read: ${now.statusCode}`)
  const current = String(now.headers['etag'] ?? '').replaceAll('"', '')
  if (given && !given.some((tag) => same(tag, current))) throw new Refusal('VERSION_CONFLICT')
}
