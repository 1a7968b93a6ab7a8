import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { type Manifest, readManifest } from './manifest.ts'
import { BackupRefused } from './refused.ts'
import { isSealed, openSealed, sealBytes } from './seal.ts'
import { readTar, writeTar, type TarEntry } from './tar.ts'

/** One file of a backup: bytes in memory, or a file to read. */
export type Part = { readonly name: string } & ({ readonly bytes: Uint8Array } | { readonly path: string })
type Measured = { readonly part: Part; readonly size: number; readonly sha256: string }

const MANIFEST = 'manifest.json'
const MANIFEST_BYTES_MAX = 64 * 1_048_576

async function measure(part: Part): Promise<Measured> {
  const hash = createHash('sha256')
  if ('bytes' in part) return { part, size: part.bytes.length, sha256: hash.update(part.bytes).digest('hex') }
  let size = 0
  for await (const chunk of createReadStream(part.path)) { size += (chunk as Buffer).length; hash.update(chunk as Buffer) }
  return { part, size, sha256: hash.digest('hex') }
}

function entryOf({ part, size }: Measured): TarEntry {
  return { name: part.name, size, content: 'bytes' in part ? [part.bytes] : createReadStream(part.path) }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try { await file.sync() } finally { await file.close() }
}

/**
 * Writes a backup: a tar, compressed, then sealed when there is a passphrase. It is written aside and takes its name
 * once the disk has it, so that no file under that name is ever half written.
 */
export async function writeArchive(path: string, content: { readonly manifest: Omit<Manifest, 'parts'>; readonly parts: readonly Part[]; readonly passphrase: string | null }): Promise<Manifest> {
  const measured: Measured[] = []
  for (const part of content.parts) measured.push(await measure(part))
  const manifest: Manifest = { ...content.manifest, parts: measured.map(({ part, size, sha256 }) => ({ name: part.name, size, sha256 })) }
  const first = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
  const entries = [{ name: MANIFEST, size: first.length, content: [first] }, ...measured.map(entryOf)]
  const { passphrase } = content
  const partial = `${path}.partial`
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  try {
    const [source, packing, target] = [Readable.from(writeTar(entries)), createGzip({ level: 4 }), createWriteStream(partial, { mode: 0o600 })]
    if (passphrase === null) await pipeline(source, packing, target)
    else await pipeline(source, packing, (bytes: AsyncIterable<Uint8Array>) => sealBytes(bytes, passphrase), target)
    await flush(partial)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
  return manifest
}

const damaged = (path: string, cause?: unknown) => new BackupRefused('BACKUP_DAMAGED', {
  fr: `Le fichier ${path} n'est pas une sauvegarde de Quittance, ou il est abîmé. Prenez-en une autre.`,
  en: `The file ${path} is not a backup of Quittance, or it is damaged. Take another one.`,
}, cause)

/** A path inside `folder`, whatever the archive says. */
function inside(folder: string, name: string): string {
  const path = normalize(join(folder, name))
  if (!path.startsWith(folder + sep) || name.includes('\0')) throw new Error(`the archive names ${name}, which leads out of its folder`)
  return path
}

async function unpack(bytes: AsyncIterable<Uint8Array>, folder: string): Promise<Map<string, string>> {
  const sums = new Map<string, string>()
  let last: Promise<FileHandle> | undefined
  try {
    await readTar(bytes, ({ name, size }) => {
      if (name === MANIFEST && size > MANIFEST_BYTES_MAX) throw new Error('the manifest is too large')
      const target = inside(folder, name)
      const hash = createHash('sha256')
      const opened = mkdir(dirname(target), { recursive: true, mode: 0o700 }).then(() => open(target, 'wx', 0o600))
      last = opened
      return {
        write: async (chunk) => { hash.update(chunk); await (await opened).write(chunk) },
        end: async () => { await (await opened).close(); last = undefined; sums.set(name, hash.digest('hex')) },
      }
    })
  } finally {
    // What was being written when the archive broke.
    await last?.then((file) => file.close()).catch(() => undefined)
  }
  return sums
}

async function manifestIn(folder: string): Promise<Manifest | undefined> {
  return readManifest(await readFile(join(folder, MANIFEST), 'utf8').catch(() => ''))
}

/** Unpacks a backup into an empty folder and proves each of its files against the manifest. */
export async function openArchive(path: string, options: { readonly folder: string; readonly passphrase: string | null }): Promise<Manifest> {
  if (!(await stat(path).catch(() => undefined))?.isFile()) {
    throw new BackupRefused('BACKUP_MISSING', { fr: `Le fichier ${path} n'existe pas ou n'est pas lisible.`, en: `The file ${path} does not exist or cannot be read.` })
  }
  const source = await isSealed(path) ? Readable.from(openSealed(path, options.passphrase)) : createReadStream(path)
  let sums = new Map<string, string>()
  try {
    await pipeline(source, createGunzip(), async (bytes: AsyncIterable<Uint8Array>) => { sums = await unpack(bytes, options.folder) })
  } catch (error) {
    if (error instanceof BackupRefused) throw error
    throw damaged(path, error)
  }
  const manifest = await manifestIn(options.folder)
  const whole = manifest && sums.size === manifest.parts.length + 1 && manifest.parts.every(({ name, sha256 }) => sums.get(name) === sha256)
  if (!whole) throw damaged(path)
  return manifest
}
