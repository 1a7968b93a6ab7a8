import type { FastifyRequest } from 'fastify'
import { Refusal } from '../access/refusal.ts'

export type Upload = { readonly fileName: string; readonly bytes: Uint8Array }

const NAME_MAX = 200

/** The last part of a path, without control characters: what a browser sent as a name is shown, never opened. */
function plainName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? ''
  return base.replaceAll(/[\u0000-\u001f\u007f]/g, '').trim().slice(-NAME_MAX) || 'file'
}

/** What the parser says of a body that ends too early or has no parts is a bare Error; its refusals carry a code. */
async function interruptible<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    throw error instanceof Error && 'code' in error ? error : new Refusal('UPLOAD_INTERRUPTED')
  }
}

/** The file a request carries in the multipart field `file`. Mark its route with `config: { upload: true }`. */
export async function uploadOf(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw new Refusal(request.headers['content-type'] === undefined ? 'FILE_MISSING' : 'MEDIA_TYPE_REFUSED')
  const part = await interruptible(request.file())
  if (!part || part.fieldname !== 'file') throw new Refusal('FILE_MISSING')
  const bytes = await interruptible(part.toBuffer())
  const fileName = plainName(part.filename)
  if (bytes.length === 0) throw new Refusal('FILE_EMPTY', { file: fileName })
  return { fileName, bytes }
}
