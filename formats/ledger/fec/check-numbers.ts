import type { EntryState, Report } from './check-entries.ts'
import { isUnnumbered } from './check-entries.ts'

/** Above this share of numbers used by several journals, the file numbers each journal for itself. */
const SHARED_SHARE_PER_JOURNAL = 0.2

type Shared = { readonly entry: EntryState; readonly journal: string }

function sharedNumbers(entries: Iterable<EntryState>): { numbers: number; shared: Shared[] } {
  const journals = new Map<string, string>()
  const shared: Shared[] = []
  for (const entry of entries) {
    if (isUnnumbered(entry.number)) continue
    const journal = journals.get(entry.number)
    if (journal === undefined) journals.set(entry.number, entry.journal)
    else if (journal !== entry.journal) shared.push({ entry, journal })
  }
  return { numbers: journals.size, shared }
}

/** Entries without a number: one finding at the first, for they are usually all so. */
export function checkUnnumbered(entries: Iterable<EntryState>, report: Report): void {
  for (const entry of entries) {
    if (entry.number === '' || !isUnnumbered(entry.number)) continue
    report({ rule: 'FEC_NUMBER_UNUSED', line: entry.line, field: 'EcritureNum', detail: [entry.number] })
    return
  }
}

/**
 * A number names one entry of one journal. A file that numbers each journal for itself gets one warning instead. Returns true
 * when it does.
 */
export function checkShared(entries: Iterable<EntryState>, report: Report): boolean {
  const { numbers, shared } = sharedNumbers(entries)
  if (shared.length === 0) return false
  if (shared.length > numbers * SHARED_SHARE_PER_JOURNAL) {
    report({ rule: 'FEC_NUMBER_PER_JOURNAL', line: null, field: 'EcritureNum', detail: [String(shared.length)] })
    return true
  }
  for (const { entry, journal } of shared) report({ rule: 'FEC_NUMBER_SHARED', line: entry.line, field: 'EcritureNum', detail: [entry.number, journal, entry.journal] })
  return false
}

type Numbered = { readonly value: number; readonly entry: EntryState }

function sequences(entries: Iterable<EntryState>, perJournal: boolean): Map<string, Numbered[]> {
  const bySequence = new Map<string, Numbered[]>()
  for (const entry of entries) {
    const match = /^(.*?)(\d{1,15})$/.exec(entry.number)
    if (!match || isUnnumbered(entry.number)) continue
    const key = `${perJournal ? entry.journal : ''}\t${match[1]}`
    const sequence = bySequence.get(key) ?? []
    sequence.push({ value: Number(match[2]), entry })
    bySequence.set(key, sequence)
  }
  return bySequence
}

/** Numbers follow one another without a hole, in the file or in each journal; what precedes the last digits separates sequences. */
export function checkGaps(entries: Iterable<EntryState>, perJournal: boolean, report: Report): void {
  for (const sequence of sequences(entries, perJournal).values()) {
    sequence.sort((a, b) => a.value - b.value)
    for (let index = 1; index < sequence.length; index += 1) {
      const before = sequence[index - 1]!
      const after = sequence[index]!
      const missing = after.value - before.value - 1
      if (missing > 0) report({ rule: 'FEC_NUMBER_GAP', line: after.entry.line, field: 'EcritureNum', detail: [String(missing), before.entry.number, after.entry.number] })
    }
  }
}
