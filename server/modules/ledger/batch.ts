import { canonicalEntry } from '../../../core/ledger/entry.ts'
import type { EntryId, FiscalYearId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { startOfMonth } from '../../../core/kernel/local-date.ts'
import { type BatchColumns, type ChainEnd, fingerprint } from './posting-store.ts'
import type { PostedEntry, PostingDraft, PostingLine } from './types.ts'

/** A draft that has received all that validation gives: nothing is left to decide. */
export type ReadyEntry = {
  readonly id: EntryId
  readonly draft: PostingDraft
  readonly fiscalYearId: FiscalYearId
  readonly periodId: string
  readonly number: string
  readonly validatedOn: LocalDate
}

/** What a statement writes, where the chain then ends, and what the caller learns. */
export type Batch = { readonly columns: BatchColumns; readonly end: ChainEnd; readonly posted: PostedEntry[] }

function emptyColumns(): BatchColumns {
  return {
    entries: {
      id: [], seq: [], fiscalYearId: [], periodId: [], journal: [], number: [], date: [], pieceRef: [], pieceDate: [], label: [],
      source: [], sourceId: [], reversesId: [], isOpening: [], imported: [], validatedOn: [], previousHash: [], hash: [],
    },
    lines: { at: [], n: [], account: [], auxCode: [], auxLabel: [], label: [], debit: [], credit: [], foreignMinor: [], foreignCurrency: [], lettering: [], letteredOn: [], date: [], pieceRef: [], pieceDate: [] },
    balances: { fiscalYearId: [], account: [], month: [], isOpening: [], debit: [], credit: [] },
  }
}

function addLine({ lines }: BatchColumns, line: PostingLine, place: { readonly at: number; readonly n: number }): void {
  lines.at.push(place.at)
  lines.n.push(place.n)
  lines.account.push(line.account)
  lines.auxCode.push(line.auxiliary?.code ?? null)
  lines.auxLabel.push(line.auxiliary?.name ?? null)
  lines.label.push(line.label)
  lines.debit.push(line.debit)
  lines.credit.push(line.credit)
  lines.foreignMinor.push(line.foreign?.minor ?? null)
  lines.foreignCurrency.push(line.foreign?.currency ?? null)
  lines.lettering.push(line.imported?.letter ?? null)
  lines.letteredOn.push(line.imported?.letteredOn ?? null)
  lines.date.push(line.imported?.date ?? null)
  lines.pieceRef.push(line.imported?.pieceRef ?? null)
  lines.pieceDate.push(line.imported?.pieceDate ?? null)
}

function addEntry({ entries }: BatchColumns, entry: ReadyEntry, link: { readonly seq: bigint; readonly previousHash: Uint8Array; readonly hash: Uint8Array }): void {
  const { draft } = entry
  entries.id.push(entry.id)
  entries.seq.push(link.seq)
  entries.fiscalYearId.push(entry.fiscalYearId)
  entries.periodId.push(entry.periodId)
  entries.journal.push(draft.journal)
  entries.number.push(entry.number)
  entries.date.push(draft.date)
  entries.pieceRef.push(draft.pieceRef)
  entries.pieceDate.push(draft.pieceDate)
  entries.label.push(draft.label)
  entries.source.push(draft.source)
  entries.sourceId.push(draft.sourceId)
  entries.reversesId.push(draft.reversesId ?? null)
  entries.isOpening.push(draft.isOpening ?? false)
  entries.imported.push(draft.imported !== undefined)
  entries.validatedOn.push(entry.validatedOn)
  entries.previousHash.push(link.previousHash)
  entries.hash.push(link.hash)
}

type Sums = { readonly fiscalYearId: string; readonly account: string; readonly month: string; readonly isOpening: boolean; debit: bigint; credit: bigint }

function addBalances({ balances }: BatchColumns, sums: ReadonlyMap<string, Sums>): void {
  for (const [, sum] of [...sums].sort(([a], [b]) => (a < b ? -1 : 1))) {
    balances.fiscalYearId.push(sum.fiscalYearId)
    balances.account.push(sum.account)
    balances.month.push(sum.month)
    balances.isOpening.push(sum.isOpening)
    balances.debit.push(sum.debit)
    balances.credit.push(sum.credit)
  }
}

function count(sums: Map<string, Sums>, entry: ReadyEntry, line: PostingLine): void {
  const month = startOfMonth(line.imported?.date ?? entry.draft.date)
  const isOpening = entry.draft.isOpening ?? false
  const key = `${entry.fiscalYearId}\t${line.account}\t${month}\t${isOpening ? 1 : 0}`
  const sum = sums.get(key)
  if (sum) {
    sum.debit += line.debit
    sum.credit += line.credit
  } else {
    sums.set(key, { fiscalYearId: entry.fiscalYearId, account: line.account, month, isOpening, debit: line.debit, credit: line.credit })
  }
}

/** A view on the bytes is enough: the previous fingerprint of every entry passes here. */
function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** Links entries to the chain in the order they are given: each fingerprint covers the one before. */
export function buildBatch(ready: readonly ReadyEntry[], from: ChainEnd): Batch {
  const columns = emptyColumns()
  const sums = new Map<string, Sums>()
  const posted: PostedEntry[] = []
  let { seq, hash } = from
  ready.forEach((entry, index) => {
    const { id, draft, fiscalYearId, number, validatedOn } = entry
    seq += 1n
    const previousHash = hash
    hash = fingerprint(canonicalEntry(draft, { sequence: seq, number, validatedOn, previousHash: hexOf(previousHash) }))
    addEntry(columns, entry, { seq, previousHash, hash })
    draft.lines.forEach((line, lineIndex) => {
      addLine(columns, line, { at: index + 1, n: lineIndex + 1 })
      count(sums, entry, line)
    })
    posted.push({ id, seq, number, fiscalYearId, journal: draft.journal, date: draft.date, source: draft.source, sourceId: draft.sourceId, existed: false })
  })
  addBalances(columns, sums)
  return { columns, end: { seq, hash }, posted }
}
