import { createReadStream } from 'node:fs'
import Papa from 'papaparse'
import { EUR } from '../../../core/kernel/currency.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import type { PostingDraft, PostingLine } from '../../modules/ledger/index.ts'

type Row = Readonly<Record<'entry' | 'journal' | 'date' | 'piece' | 'label' | 'account' | 'aux' | 'debit' | 'credit', string>>

/** The journals of the generated ledger, in the codes every company has. */
const JOURNALS: Readonly<Record<string, string>> = { VE: 'VT', HA: 'AC', BQ: 'BQ', OD: 'OD' }

/** An amount of the file in cents; an empty one is nothing on that side. */
function cents(text: string, row: number): bigint {
  if (text === '') return 0n
  const read = parseAmount(text, EUR)
  if (!read.ok) throw new Error(`journal.csv, row ${row}: "${text}" is not an amount`)
  return read.value
}

function lineOf(row: Row, at: number): PostingLine {
  const auxiliary = row.aux === '' ? null : { code: row.aux, name: row.aux }
  return { account: row.account, auxiliary, label: row.label, debit: cents(row.debit, at), credit: cents(row.credit, at), foreign: null }
}

/** The entries of `journal.csv`, as they come: their lines follow one another under one number. */
export async function* entriesOf(path: string): AsyncGenerator<PostingDraft> {
  const rows = createReadStream(path).pipe(Papa.parse(Papa.NODE_STREAM_INPUT, { header: true, skipEmptyLines: true })) as AsyncIterable<Row>
  let open: { readonly first: Row; readonly lines: PostingLine[] } | undefined
  const draft = ({ first, lines }: NonNullable<typeof open>): PostingDraft => {
    const date = first.date as LocalDate
    return { journal: JOURNALS[first.journal] ?? first.journal, date, pieceRef: first.piece, pieceDate: date, label: first.label, source: 'manual', sourceId: null, lines }
  }
  let at = 1
  for await (const row of rows) {
    at += 1
    if (open && open.first.entry !== row.entry) { yield draft(open); open = undefined }
    open ??= { first: row, lines: [] }
    open.lines.push(lineOf(row, at))
  }
  if (open) yield draft(open)
}
