import iconv from 'iconv-lite'
import { compactDate, type LocalDate } from '../../../core/kernel/local-date.ts'
import { absolute } from '../../../core/kernel/money.ts'
import { FEC_COLUMNS } from './columns.ts'
import type { FecLine } from './record.ts'

/** The two encodings an export offers; both are legal. */
export type FecOutputEncoding = 'utf-8' | 'iso-8859-15'

/** `separator` is the bar by default, `encoding` UTF-8 without BOM. */
export type FecWriterOptions = { readonly separator?: '\t' | '|'; readonly encoding?: FecOutputEncoding }

/** One line to write: what the eighteen legal columns hold. Days are required where the law requires them. */
export type FecOutputLine = Pick<FecLine,
  'journalCode' | 'journalLib' | 'ecritureNum' | 'compteNum' | 'compteLib' | 'compAuxNum' | 'compAuxLib' | 'pieceRef' | 'ecritureLib'
  | 'debit' | 'credit' | 'ecritureLet' | 'dateLet' | 'montantDevise' | 'idevise'> & {
  readonly ecritureDate: LocalDate
  readonly pieceDate: LocalDate
  readonly validDate: LocalDate
}

/** Bytes are given in chunks of about this size, so that an export of any length needs no more memory than this. */
export const CHUNK_CHARACTERS = 1 << 16

const END_OF_LINE = '\r\n'

/** Characters of everyday typing that ISO-8859-15 lacks, and what stands for them. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  '’': "'", '‘': "'", '‚': ',', '“': '"', '”': '"', '„': '"', '–': '-', '—': '-', '‐': '-', '‑': '-', '…': '...', '•': '-', '\u202f': ' ', '\u2009': ' ', '−': '-', 'ł': 'l', 'Ł': 'L', 'đ': 'd', 'Đ': 'D',
}

function isLatin9(character: string): boolean {
  const code = character.codePointAt(0)!
  // Latin-9 is Latin-1 but for eight places, whose former holders are the ones it cannot write.
  return code < 0x100 ? !'¤¦¨´¸¼½¾'.includes(character) : '€ŠšŽžŒœŸ'.includes(character)
}

/** A text as ISO-8859-15 can carry it: close characters stand for the missing ones, accents are kept or dropped, "?" is last. */
export function toLatin9(text: string): string {
  if (!/[^\u0000-\u007f]/.test(text)) return text
  let result = ''
  for (const character of text.normalize('NFC')) {
    if (isLatin9(character)) result += character
    else {
      const close = REPLACEMENTS[character] ?? character.normalize('NFKD').replace(/[\u0300-\u036f]/g, '')
      result += [...close].every(isLatin9) ? close : '?'
    }
  }
  return result
}

/** A text that cannot break the file: no separator of either kind, no end of line, no control character, no padding. */
export function fieldText(text: string): string {
  return text.replaceAll('|', '/').replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()
}

/** Cents as a FEC writes them: "-1234,50". */
export function fecAmount(cents: bigint): string {
  const text = absolute(cents).toString().padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${text.slice(0, -2)},${text.slice(-2)}`
}

function fields(line: FecOutputLine, encoding: FecOutputEncoding): string[] {
  // The character set comes first: a wide bar becomes a plain one there, and must not stay a separator.
  const clean = (text: string) => fieldText(encoding === 'utf-8' ? text : toLatin9(text))
  const day = (date: LocalDate | null) => (date ? compactDate(date) : '')
  return [
    clean(line.journalCode), clean(line.journalLib), clean(line.ecritureNum), day(line.ecritureDate),
    clean(line.compteNum), clean(line.compteLib), clean(line.compAuxNum), clean(line.compAuxLib),
    clean(line.pieceRef), day(line.pieceDate), clean(line.ecritureLib), fecAmount(line.debit), fecAmount(line.credit),
    clean(line.ecritureLet), day(line.dateLet), day(line.validDate), clean(line.montantDevise), clean(line.idevise),
  ]
}

/** Text as bytes of the encoding chosen. */
export function encodeFec(text: string, encoding: FecOutputEncoding): Uint8Array {
  return encoding === 'utf-8' ? new TextEncoder().encode(text) : iconv.encode(toLatin9(text), 'iso-8859-15')
}

/**
 * Writes lines as a FEC, in chunks: the names of the law in their exact case, CR LF, comma decimals, AAAAMMJJ. Lines are
 * written in the order given, which must be that of validation with the opening entry first. The same lines give the same
 * bytes. Source: LPF art. A.47 A-1.
 */
export function* writeFec(lines: Iterable<FecOutputLine>, options: FecWriterOptions = {}): Generator<Uint8Array> {
  const { separator = '|', encoding = 'utf-8' } = options
  let text = FEC_COLUMNS.join(separator) + END_OF_LINE
  for (const line of lines) {
    text += fields(line, encoding).join(separator) + END_OF_LINE
    if (text.length >= CHUNK_CHARACTERS) {
      yield encodeFec(text, encoding)
      text = ''
    }
  }
  if (text) yield encodeFec(text, encoding)
}
