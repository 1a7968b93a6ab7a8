import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { FecColumn, FecHeader } from './columns.ts'
import type { FecRule } from './rules.ts'

/** How the bytes are written. `ascii` fits all three legal encodings; `windows-1252`, `utf-16` and `mixed` are not legal. */
export type FecEncoding = 'ascii' | 'utf-8' | 'iso-8859-15' | 'windows-1252' | 'utf-16' | 'mixed'

/** One line of a FEC. Texts are trimmed, as written otherwise. Amounts are cents, signed as written. A day that is blank or unreadable is null. */
export type FecLine = {
  /** 1-based line of the file; the header is line 1. */
  readonly line: number
  readonly journalCode: string
  readonly journalLib: string
  readonly ecritureNum: string
  readonly ecritureDate: LocalDate | null
  readonly compteNum: string
  readonly compteLib: string
  readonly compAuxNum: string
  readonly compAuxLib: string
  readonly pieceRef: string
  readonly pieceDate: LocalDate | null
  readonly ecritureLib: string
  readonly debit: bigint
  readonly credit: bigint
  readonly ecritureLet: string
  readonly dateLet: LocalDate | null
  readonly validDate: LocalDate | null
  /** As written, comma and sign included: its precision is the currency's. */
  readonly montantDevise: string
  readonly idevise: string
  /** Columns of cash accounting; empty in other files. */
  readonly dateRglt: LocalDate | null
  readonly modeRglt: string
  readonly natOp: string
  readonly idClient: string
}

/** What fills a message: text as written in the file, cents, or a day; the last two are written as each language does. */
export type FecDetail = string | bigint | { readonly day: LocalDate }

/** One breach of a rule, before it is put into words. `detail` fills the message. */
export type FecFinding = { readonly rule: FecRule; readonly line: number | null; readonly field?: FecColumn | string; readonly detail?: readonly FecDetail[] | undefined }

/**
 * What a reader gives. `line` comes with the fields that were blank (for the rules about absent data); `refused` is a line kept
 * out because its amounts or its shape cannot be trusted: it is counted in no total.
 */
export type FecRecord =
  | { readonly kind: 'header'; readonly header: FecHeader }
  | { readonly kind: 'line'; readonly line: FecLine; readonly blank: readonly FecColumn[] }
  | { readonly kind: 'refused'; readonly line: number }
  | { readonly kind: 'finding'; readonly finding: FecFinding }

/** What the reader learnt of the file as a whole; complete after end(). */
export type FecFileFacts = {
  readonly encoding: FecEncoding
  readonly bom: boolean
  readonly lineEnding: 'LF' | 'CRLF' | 'CRCRLF' | 'CR' | null
  readonly header: FecHeader | null
  /** Lines of the file, the header and empty lines included. */
  readonly physicalLines: number
}
