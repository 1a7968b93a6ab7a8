import type { Text } from '../../../../core/kernel/problem.ts'
import { Refusal } from '../../access/refusal.ts'
import { textFault } from './scan-text.ts'
import { zipFault } from './scan-zip.ts'
import { KIND_WORDS, kindOf, type ContentKind } from './signatures.ts'

/** What a route may ask for. Anything else is never taken. */
export type ExpectedKind = Extract<ContentKind, 'text' | 'xml' | 'workbook' | 'pdf' | 'image'>

/** Files of banks, invoices and ledgers. */
export const TEXT_FILES: readonly ExpectedKind[] = ['text', 'xml']

const ZIP_END = Buffer.from('504b0506', 'hex')
const ZIP_TAIL = 65_557

/** A second file hidden behind the first one: an archive read from its end, a page read from anywhere. */
function isTwoFiles(bytes: Buffer): boolean {
  const tail = bytes.subarray(Math.max(0, bytes.length - ZIP_TAIL))
  return tail.includes(ZIP_END) || /<script[\s>]|<\?php/i.test(tail.toString('latin1'))
}

const TWO_FILES: Text = { fr: 'un second fichier est caché derrière le premier', en: 'a second file is hidden behind the first' }

function pdfFault(bytes: Buffer): Text | undefined {
  if (isTwoFiles(bytes)) return TWO_FILES
  if (!bytes.subarray(-2_048).includes('%%EOF')) return { fr: 'le PDF est incomplet', en: 'the PDF is incomplete' }
  return /\/S\s*\/(JavaScript|Launch)\b/.test(bytes.toString('latin1')) ? { fr: 'le PDF contient un programme', en: 'the PDF holds a program' } : undefined
}

function faultOf(bytes: Buffer, kind: ContentKind): Text | undefined {
  switch (kind) {
    case 'text': return textFault(bytes, false)
    case 'xml': return textFault(bytes, true)
    case 'workbook': return zipFault(bytes)
    case 'pdf': return pdfFault(bytes)
    case 'image': return isTwoFiles(bytes) ? TWO_FILES : undefined
    default: return KIND_WORDS[kind]
  }
}

function joined(kinds: readonly ExpectedKind[], locale: keyof Text): string {
  return kinds.map((kind) => KIND_WORDS[kind][locale]).join(locale === 'fr' ? ' ou ' : ' or ')
}

/**
 * Looks at what a file is by its bytes, whatever its name says, before anything reads it. Refuses FILE_REFUSED with the
 * reason: not of an expected kind, a second file inside, a bomb, a program, damage.
 */
export function scanUpload(file: { readonly fileName: string; readonly bytes: Uint8Array }, expected: readonly ExpectedKind[]): void {
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength)
  const kind = kindOf(bytes)
  const isExpected = (expected as readonly ContentKind[]).includes(kind)
  const reason = isExpected ? faultOf(bytes, kind) : {
    fr: `c'est ${KIND_WORDS[kind].fr}, quand il faut ${joined(expected, 'fr')}`, en: `it is ${KIND_WORDS[kind].en}, where ${joined(expected, 'en')} is needed`,
  }
  if (reason) throw new Refusal('FILE_REFUSED', { file: file.fileName, reasonFr: reason.fr, reasonEn: reason.en, kind })
}
