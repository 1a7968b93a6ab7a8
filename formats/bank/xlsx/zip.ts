import { type Inflated, inflate } from './inflate.ts'

/** One file inside an archive. */
export type ZipEntry = { readonly name: string; readonly isEncrypted: boolean; readonly method: number; readonly compressed: number; readonly at: number }

const END_MARK = 0x06054b50
const ENTRY_MARK = 0x02014b50
const LOCAL_MARK = 0x04034b50
const END_LENGTH = 22
const COMMENT_MAX = 65_535
const ENTRIES_MAX = 2000
/** Text compressed more than this many times is a bomb: real sheets stay under a hundred. */
const RATIO_MAX = 300
/** What may come out before the ratio is looked at: a nearly empty sheet compresses well too. */
const RATIO_FROM_BYTES = 4_194_304

/** The files of an archive by name, from its directory at the end. Null when there is none that can be read. */
export function zipEntries(bytes: Uint8Array): ReadonlyMap<string, ZipEntry> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - END_LENGTH
  const first = Math.max(0, end - COMMENT_MAX)
  while (end >= first && view.getUint32(end, true) !== END_MARK) end -= 1
  if (end < first || end < 0) return null
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count > ENTRIES_MAX) return null
  const entries = new Map<string, ZipEntry>()
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY_MARK) return null
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    entries.set(name, {
      name, isEncrypted: (view.getUint16(at + 8, true) & 1) === 1, method: view.getUint16(at + 10, true), compressed: view.getUint32(at + 20, true), at: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** Decompresses one file of an archive, in pieces, up to `max` bytes. */
export function unzip(bytes: Uint8Array, entry: ZipEntry, { write, max }: { readonly write: (piece: Uint8Array) => void; readonly max: number }): Inflated {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== LOCAL_MARK || entry.isEncrypted) return 'damaged'
  const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true)
  if (from + entry.compressed > bytes.length) return 'damaged'
  const data = bytes.subarray(from, from + entry.compressed)
  const limit = Math.min(max, Math.max(RATIO_FROM_BYTES, data.length * RATIO_MAX))
  if (entry.method === 8) return inflate(data, write, limit)
  if (entry.method !== 0) return 'damaged'
  if (data.length > max) return 'too-long'
  write(data)
  return 'done'
}
