import type { Text } from '../../../../core/kernel/problem.ts'

/** What a file can be, by its bytes and never by its name. */
export type ContentKind = 'text' | 'xml' | 'workbook' | 'pdf' | 'image' | 'archive' | 'program' | 'page' | 'office' | 'media' | 'binary'

export const KIND_WORDS: Readonly<Record<ContentKind, Text>> = {
  text: { fr: 'un texte', en: 'a text' },
  xml: { fr: 'un document XML', en: 'an XML document' },
  workbook: { fr: 'un classeur (xlsx, ods)', en: 'a workbook (xlsx, ods)' },
  pdf: { fr: 'un PDF', en: 'a PDF' },
  image: { fr: 'une image', en: 'an image' },
  archive: { fr: 'une archive (zip, gzip, 7z, rar…)', en: 'an archive (zip, gzip, 7z, rar…)' },
  program: { fr: 'un programme', en: 'a program' },
  page: { fr: 'une page web', en: 'a web page' },
  office: { fr: 'un ancien document Office (xls, doc, msg)', en: 'an old Office document (xls, doc, msg)' },
  media: { fr: 'un son ou une vidéo', en: 'a sound or a video' },
  binary: { fr: 'un fichier binaire', en: 'a binary file' },
}

type Signature = { readonly kind: ContentKind; readonly at: number; readonly bytes: string }

/** Marks that no text begins with; hexadecimal, at their place. */
const SIGNATURES: readonly Signature[] = [
  ...['7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe', '0061736d', '2321'].map((bytes) => ({ kind: 'program' as const, at: 0, bytes })),
  ...['1f8b', 'fd377a585a00', '377abcaf271c', '526172211a07', '28b52ffd', '04224d18', '4d534346'].map((bytes) => ({ kind: 'archive' as const, at: 0, bytes })),
  { kind: 'archive', at: 257, bytes: '7573746172' },
  { kind: 'office', at: 0, bytes: 'd0cf11e0a1b11ae1' },
  ...['89504e470d0a1a0a', 'ffd8ff', '474946383761', '474946383961', '49492a00', '4d4d002a'].map((bytes) => ({ kind: 'image' as const, at: 0, bytes })),
  ...['1a45dfa3', '4f676753', '664c6143'].map((bytes) => ({ kind: 'media' as const, at: 0, bytes })),
]

/** A PDF may begin after a few bytes of a mail system. */
const PDF_WITHIN = 1_024

function starts(bytes: Buffer, { at, bytes: mark }: Signature): boolean {
  return bytes.subarray(at, at + mark.length / 2).toString('hex') === mark
}

/** A Windows program says "MZ", which a text may say too, and where its true header is. */
function isWindowsProgram(bytes: Buffer): boolean {
  if (bytes.length < 64 || bytes.toString('latin1', 0, 2) !== 'MZ') return false
  const at = bytes.readUInt32LE(60)
  return bytes.toString('latin1', at, at + 4) === 'PE\0\0' || bytes.subarray(0, 64).includes(0)
}

/** "BZh" and a level are text; what follows them is not. */
function isBzip(bytes: Buffer): boolean {
  return /^BZh[1-9]/.test(bytes.toString('latin1', 0, 4)) && bytes.subarray(4, 10).toString('hex') === '314159265359'
}

/** Pictures and films say their kind after a length. */
function containerKind(bytes: Buffer): ContentKind | undefined {
  const text = bytes.toString('latin1', 0, 12)
  if (text.startsWith('RIFF') && bytes.length > 12) return text.endsWith('WEBP') ? 'image' : 'media'
  if (text.slice(0, 3) !== '\0\0\0' || text.slice(4, 8) !== 'ftyp') return undefined
  return /^(heic|heif|mif1|avif)/.test(text.slice(8)) ? 'image' : 'media'
}

/** The words at the beginning, without mark, blanks and comments. */
function opening(bytes: Buffer): string {
  return bytes.toString('latin1', 0, 4_096).replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').replaceAll('\0', '').replaceAll(/<!--[^]*?-->/g, '').trimStart().toLowerCase()
}

/** What the beginning of a file says it is. Whether a text is one to its end is for `scan-text` to say. */
export function kindOf(bytes: Buffer): ContentKind {
  if (isWindowsProgram(bytes)) return 'program'
  if (isBzip(bytes)) return 'archive'
  const zip = bytes.toString('latin1', 0, 4)
  if (zip === 'PK\u0003\u0004') return bytes.includes('xl/workbook.xml') || bytes.includes('vnd.oasis.opendocument.spreadsheet') ? 'workbook' : 'archive'
  if (zip === 'PK\u0005\u0006' || zip === 'PK\u0007\u0008') return 'archive'
  const signature = SIGNATURES.find((one) => starts(bytes, one))
  const kind = signature?.kind ?? containerKind(bytes)
  if (kind) return kind
  if (bytes.subarray(0, PDF_WITHIN).includes('%PDF-')) return 'pdf'
  const words = opening(bytes)
  if (/^(<!doctype\s+html|<html[\s>]|<svg[\s>]|<script[\s>]|<\?php|<%)/.test(words) || /^<\?xml[^>]*>\s*(<!doctype[^>]*>\s*)?<(\w+:)?(html|svg)[\s>]/.test(words)) return 'page'
  return words.startsWith('<') ? 'xml' : 'text'
}
