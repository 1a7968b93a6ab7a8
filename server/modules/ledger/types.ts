import type { EntryDraft, LineDraft } from '../../../core/ledger/entry.ts'
import type { EntryId, FiscalYearId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'

export type EntrySource = 'manual' | 'invoice' | 'bank' | 'match' | 'import' | 'opening' | 'reversal'

/** What a line had in the ledger it is imported from: its lettering, and its day and document where they differ from the entry's. */
export type ImportedLine = {
  readonly letter: string | null
  readonly letteredOn: LocalDate | null
  readonly date: LocalDate | null
  readonly pieceRef: string | null
  readonly pieceDate: LocalDate | null
}

/** A line to post; only imports bring more than core's line. */
export type PostingLine = LineDraft & { readonly imported?: ImportedLine }

/** What another ledger had already given to the entry: kept as it is, outside of our own numbering and signs. */
export type ImportedEntry = { readonly number: string; readonly validatedOn: LocalDate | null }

/** An entry to post. `sourceId` names what posts it: an invoice or a bank line posts once, whatever the number of calls. */
export type PostingDraft = Omit<EntryDraft, 'lines'> & {
  readonly lines: readonly PostingLine[]
  readonly id?: EntryId
  readonly source: EntrySource
  readonly sourceId: string | null
  readonly reversesId?: EntryId
  readonly isOpening?: boolean
  readonly imported?: ImportedEntry
}

/** A validated entry as the books hold it. `existed` is true when an earlier call had posted it already. */
export type PostedEntry = {
  readonly id: EntryId
  readonly seq: bigint
  readonly number: string
  readonly fiscalYearId: FiscalYearId
  readonly journal: string
  readonly date: LocalDate
  readonly source: EntrySource
  readonly sourceId: string | null
  readonly existed: boolean
}

/** One line of a validated entry. */
export type LineKey = { readonly entryId: EntryId; readonly n: number }
