import type { FastifyRequest } from 'fastify'
import { Refusal } from '../access/refusal.ts'
import { UPLOAD_MB_MAX } from './errors.ts'
import { scanUpload, TEXT_FILES, type ExpectedKind } from './scan/scan-upload.ts'

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
    throw error instanceof Refusal || (error instanceof Error && 'code' in error) ? error : new Refusal('UPLOAD_INTERRUPTED')
  }
}

const READ = new WeakMap<FastifyRequest, Promise<Upload>>()

export function isMultipart(request: FastifyRequest): boolean {
  return request.isMultipart()
}

/** Reads the file of a request once, however often it is asked for. */
export function readUpload(request: FastifyRequest): Promise<Upload> {
  const known = READ.get(request)
  if (known) return known
  const reading = readFile(request)
  READ.set(request, reading)
  return reading
}

/** The bytes of a file, given up at the first one too many: the rest is thrown away as it comes, and what was kept is let go. */
async function bytesOf(request: FastifyRequest, file: AsyncIterable<Uint8Array> & { readonly truncated?: boolean }): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of file) {
    chunks.push(chunk)
    size += chunk.length
    if (size > UPLOAD_MB_MAX * 1_048_576 || file.truncated === true) break
  }
  // The parser cuts at the limit and may say so only once the last piece it kept was read.
  if (size > UPLOAD_MB_MAX * 1_048_576 || file.truncated === true) {
    request.raw.unpipe()
    request.raw.resume()
    throw new Refusal('PAYLOAD_TOO_LARGE', { limit: String(UPLOAD_MB_MAX) })
  }
  return Buffer.concat(chunks)
}

/**
 * The file a request carries in the multipart field `file`, of a kind that is expected by its content (a text unless
 * told otherwise). Mark its route with `config: { upload: true }`.
 */
export async function uploadOf(request: FastifyRequest, expected: readonly ExpectedKind[] = TEXT_FILES): Promise<Upload> {
  const upload = await readUpload(request)
  scanUpload(upload, expected)
  return upload
}

async function readFile(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw new Refusal(request.headers['content-type'] === undefined ? 'FILE_MISSING' : 'MEDIA_TYPE_REFUSED')
  const part = await interruptible(request.file())
  if (!part || part.fieldname !== 'file') throw new Refusal('FILE_MISSING')
  const bytes = await interruptible(bytesOf(request, part.file))
  // A file may be minutes on its way.
  await request.checkAgain()
  const fileName = plainName(part.filename)
  if (bytes.length === 0) throw new Refusal('FILE_EMPTY', { file: fileName })
  return { fileName, bytes }
}
