import { inflateRawSync } from 'node:zlib'
import type { Text } from '../../../../core/kernel/problem.ts'
import { kindOf } from './signatures.ts'

export const ZIP_LIMITS = { entriesMax: 2_000, bytesMax: 100 * 1_048_576, ratioMax: 100, ratioFrom: 1_048_576 }

const END = Buffer.from('504b0506', 'hex')
const ENTRY = 0x0201_4b50
const LOCAL = 0x0403_4b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const COMMENT_MAX = 65_535
const ZIP64 = 0xffff_ffff

type Entry = { readonly name: string; readonly flags: number; readonly method: number; readonly packed: number; readonly size: number; readonly at: number }

const DAMAGED: Text = { fr: 'l\'archive est abîmée', en: 'the archive is damaged' }
const TOO_LARGE: Text = { fr: 'une fois décompressé, il prendrait une place démesurée', en: 'once unpacked, it would take disproportionate space' }

/** The list at the end of an archive; a text when it cannot be believed. */
function entriesOf(bytes: Buffer): readonly Entry[] | Text {
  const end = bytes.lastIndexOf(END)
  if (end < 0 || end < bytes.length - END_BYTES - COMMENT_MAX || end + END_BYTES > bytes.length) return DAMAGED
  const count = bytes.readUInt16LE(end + 10)
  const start = bytes.readUInt32LE(end + 16)
  const length = bytes.readUInt32LE(end + 12)
  if (end + END_BYTES + bytes.readUInt16LE(end + 20) !== bytes.length) return { fr: 'un autre contenu suit l\'archive', en: 'something else follows the archive' }
  if (start === ZIP64 || count === 0xffff || start + length !== end) return DAMAGED
  if (count > ZIP_LIMITS.entriesMax) return { fr: `l'archive contient ${count} fichiers`, en: `the archive holds ${count} files` }
  const entries: Entry[] = []
  for (let at = start; entries.length < count;) {
    if (at + ENTRY_BYTES > end || bytes.readUInt32LE(at) !== ENTRY) return DAMAGED
    const [name, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)]
    entries.push({
      name: bytes.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + name), flags: bytes.readUInt16LE(at + 8), method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20), size: bytes.readUInt32LE(at + 24), at: bytes.readUInt32LE(at + 42),
    })
    at += ENTRY_BYTES + name + extra + comment
  }
  return entries
}

/** Unpacks one entry, never beyond the size it states. */
function contentOf(bytes: Buffer, entry: Entry): Buffer | Text {
  if (entry.at + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(entry.at) !== LOCAL) return DAMAGED
  const start = entry.at + LOCAL_BYTES + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28)
  const packed = bytes.subarray(start, start + entry.packed)
  if (packed.length !== entry.packed) return DAMAGED
  if (entry.method === 0) return packed.length === entry.size ? packed : DAMAGED
  if (entry.method !== 8) return { fr: 'l\'archive use d\'une compression inconnue', en: 'the archive uses an unknown compression' }
  try {
    const content = inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) })
    return content.length === entry.size ? content : DAMAGED
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? TOO_LARGE : DAMAGED
  }
}

function entryFault(bytes: Buffer, entry: Entry): Text | undefined {
  if ((entry.flags & 1) === 1) return { fr: 'l\'archive est protégée par un mot de passe', en: 'the archive is protected by a password' }
  if (/^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\u0000-\u001f]/.test(entry.name)) return { fr: 'un fichier de l\'archive a un chemin qui en sort', en: 'a file of the archive has a path that leads out of it' }
  if (/vbaProject\.bin$|\.(exe|dll|js|vbs)$/i.test(entry.name)) return { fr: 'il contient des macros ou un programme', en: 'it holds macros or a program' }
  const content = contentOf(bytes, entry)
  if (!Buffer.isBuffer(content)) return content
  const kind = kindOf(content)
  if (kind === 'archive' || kind === 'workbook' || kind === 'program' || kind === 'office') return { fr: 'il contient une autre archive ou un programme', en: 'it holds another archive or a program' }
  if (content.subarray(0, 65_536).includes('<!ENTITY') || content.subarray(0, 65_536).includes('<!DOCTYPE')) return { fr: 'son XML déclare des entités', en: 'its XML declares entities' }
  return undefined
}

/** Entries that share their bytes would unpack the same ones again and again. */
function sharesBytes(entries: readonly Entry[]): boolean {
  const inOrder = entries.toSorted((a, b) => a.at - b.at)
  return inOrder.some((entry, index) => entry.at + LOCAL_BYTES + entry.packed > (inOrder[index + 1]?.at ?? Infinity))
}

/** Why a zipped document (a workbook) is not one that is taken; undefined when nothing is wrong with it. */
export function zipFault(bytes: Buffer): Text | undefined {
  const entries = entriesOf(bytes)
  if ('fr' in entries) return entries
  const size = entries.reduce((sum, entry) => sum + entry.size, 0)
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0)
  if (packed > bytes.length || sharesBytes(entries) || size > ZIP_LIMITS.bytesMax) return TOO_LARGE
  if (entries.some((entry) => entry.size > ZIP_LIMITS.ratioFrom && entry.size > entry.packed * ZIP_LIMITS.ratioMax)) return TOO_LARGE
  for (const entry of entries) {
    const fault = entryFault(bytes, entry)
    if (fault) return fault
  }
  return undefined
}
