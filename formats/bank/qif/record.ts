import { squeeze } from '../squeeze.ts'

/** One record of a QIF section as its lines say it, before dates and amounts are understood. */
export type RawRecord = {
  readonly line: number
  date: string | null
  /** `T`, else `U`, which repeats it. */
  amount: string | null
  number: string
  payee: string
  memo: string
  category: string
  /** Amounts and memos of the parts of a split. */
  readonly splits: string[]
  readonly splitMemos: string[]
}

/** Parts of one split that are kept: hundreds are possible, more are noise. */
const SPLITS_MAX = 1_000

export function emptyRecord(line: number): RawRecord {
  return { line, date: null, amount: null, number: '', payee: '', memo: '', category: '', splits: [], splitMemos: [] }
}

/** Adds one line to a record: its first character says what it is. A field written twice keeps its first value. */
export function addField(record: RawRecord, text: string): void {
  const value = text.slice(1).trim()
  switch (text[0]) {
    case 'D': record.date ??= value; break
    case 'T': case 'U': record.amount ??= value === '' ? null : value; break
    case 'N': record.number ||= value; break
    case 'P': record.payee ||= value; break
    case 'M': record.memo ||= value; break
    case 'L': record.category ||= value; break
    case '$': if (record.splits.length < SPLITS_MAX) record.splits.push(value); break
    case 'E': if (record.splitMemos.length < SPLITS_MAX && value !== '') record.splitMemos.push(value); break
    // Cleared status, address, category of a split: nothing of theirs is a bank line's.
    default: break
  }
}

/** True for the lone `^` of an empty section. */
export function isBlank(record: RawRecord): boolean {
  return record.date === null && record.amount === null && record.payee === '' && record.memo === ''
}

/** What the record says in words, the payee first; its category when it says nothing else. */
export function labelOf(record: RawRecord): string {
  let label = squeeze(record.payee)
  const add = (words: string): void => { if (words !== '' && !label.includes(words)) label = label === '' ? words : `${label} ${words}` }
  if (record.memo !== '') add(squeeze(record.memo))
  for (const memo of record.splitMemos) add(squeeze(memo))
  return label || record.category || record.number
}

/** Programs write the balance an account starts from as its first record. */
export function isOpeningBalance(record: RawRecord): boolean {
  return /^(opening balance|solde (initial|d'ouverture|de départ)|report à nouveau)$/i.test(record.payee)
}
