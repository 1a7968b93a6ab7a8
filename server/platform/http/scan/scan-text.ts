import type { Text } from '../../../../core/kernel/problem.ts'

/** Characters one line may hold; a bank writes a few hundred. */
const LINE_MAX = 1_000_000
/** Bytes of control characters among the whole from which a text is none. */
const CONTROLS_SHARE_MAX = 0.01
const PROBE_BYTES = 512

type Width = { readonly bytes: 1 | 2; readonly low: 0 | 1 }

/** How many bytes a character takes, by the mark at the beginning or by the places of the zeros. */
function widthOf(bytes: Buffer): Width {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { bytes: 2, low: 0 }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { bytes: 2, low: 1 }
  const head = bytes.subarray(0, PROBE_BYTES)
  const zeros = [0, 0]
  for (let at = 0; at < head.length; at += 1) if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const half = head.length / 2
  if (half >= 2 && (zeros[1] ?? 0) > half * 0.6 && (zeros[0] ?? 0) < half * 0.1) return { bytes: 2, low: 0 }
  if (half >= 2 && (zeros[0] ?? 0) > half * 0.6 && (zeros[1] ?? 0) < half * 0.1) return { bytes: 2, low: 1 }
  return { bytes: 1, low: 0 }
}

const TAB = 9
const NEW_LINE = 10
const RETURN = 13
const LESS_THAN = 60
/** Tab, line ends, page end, the old end-of-file mark and the escape of old printers are ordinary in bank files. */
const ORDINARY = new Set([TAB, NEW_LINE, 11, 12, RETURN, 26, 27])

type Seen = { zeros: number; controls: number; characters: number; longest: number }

/** One pass over the characters, without making a text of them. */
function look(bytes: Buffer, isXml: boolean): Seen {
  const { bytes: step, low } = widthOf(bytes)
  const seen: Seen = { zeros: 0, controls: 0, characters: 0, longest: 0 }
  let line = 0
  for (let at = 0; at + step <= bytes.length; at += step) {
    const code = step === 1 ? bytes[at] ?? 0 : (bytes[at + low] ?? 0) + 256 * (bytes[at + 1 - low] ?? 0)
    seen.characters += 1
    if (code === 0) seen.zeros += 1
    else if (code < 32 && !ORDINARY.has(code)) seen.controls += 1
    // XML is often written on one line: there, a tag ends what came before it.
    if (code === NEW_LINE || code === RETURN || (isXml && code === LESS_THAN)) { seen.longest = Math.max(seen.longest, line); line = 0 } else line += 1
  }
  seen.longest = Math.max(seen.longest, line)
  return seen
}

const CFONB_RECORD = 120

/** CFONB 120 may come without ends of line: records of 120 characters, each with its two-digit code. */
function isFixedRecords(bytes: Buffer): boolean {
  for (let at = 0; at < Math.min(bytes.length, CFONB_RECORD * 1_000); at += CFONB_RECORD) if (!/^0[1457]\d/.test(bytes.toString('latin1', at, at + 3))) return false
  return bytes.length >= CFONB_RECORD
}

function includesWide(bytes: Buffer, word: string): boolean {
  const wide = Buffer.from(word, 'utf16le')
  return bytes.includes(word) || bytes.includes(wide) || bytes.includes(Buffer.from(wide).swap16())
}

/** Why a text is not one that is taken; undefined when nothing is wrong with it. */
export function textFault(bytes: Buffer, isXml: boolean): Text | undefined {
  if (isXml && (includesWide(bytes, '<!DOCTYPE') || includesWide(bytes, '<!ENTITY'))) {
    return { fr: 'ce XML déclare un type de document ou des entités, ce qu\'aucune banque n\'écrit', en: 'this XML declares a document type or entities, which no bank writes' }
  }
  const { zeros, controls, characters, longest } = look(bytes, isXml)
  if (zeros > 0) return { fr: `il contient ${zeros} octet${zeros > 1 ? 's nuls' : ' nul'} : ce n'est pas un texte, ou il est abîmé`, en: `it holds ${zeros} NUL byte${zeros > 1 ? 's' : ''}: it is no text, or it is damaged` }
  if (controls > 4 && controls > characters * CONTROLS_SHARE_MAX) return { fr: 'c\'est un fichier binaire, pas un texte', en: 'it is a binary file, not a text' }
  if (longest > LINE_MAX && !isFixedRecords(bytes)) return { fr: `une ligne y dépasse ${LINE_MAX / 1_000_000} million de caractères`, en: `a line of it exceeds ${LINE_MAX / 1_000_000} million characters` }
  return undefined
}
