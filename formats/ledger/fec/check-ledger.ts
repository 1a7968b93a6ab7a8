import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { absolute } from '../../../core/kernel/money.ts'
import { isOpeningJournal } from '../../../core/ledger/journals.ts'
import { ownText } from '../../../core/ledger/own-text.ts'
import { accountDigits, accountKnown } from './check-line.ts'
import { addToEntry, ENTRY_RULES, entryKey, type EntryState, type Report, startEntry } from './check-entries.ts'
import { checkGaps, checkShared, checkUnnumbered } from './check-numbers.ts'
import type { FecLine } from './record.ts'

/** One journal of the file: its code as written (trimmed), its first name, its lines and the sums of its columns in cents. */
export type JournalTotals = { readonly label: string; lines: number; debit: bigint; credit: bigint }

type LetterState = { readonly line: number; readonly account: string; readonly letter: string; debit: bigint; credit: bigint }

export type LedgerState = {
  readonly entries: Map<string, EntryState>
  readonly journals: Map<string, JournalTotals>
  readonly accounts: Set<string>
  readonly letters: Map<string, LetterState>
  readonly labels: { readonly journal: Map<string, string>; readonly account: Map<string, string>; readonly auxiliary: Map<string, string> }
  lines: number
  debit: bigint
  credit: bigint
  from: LocalDate | null
  to: LocalDate | null
  lastKey: string
  lastEntry: EntryState | null
  lastValidDate: LocalDate | null
  afterOpening: boolean
}

export function startLedger(): LedgerState {
  return {
    entries: new Map(), journals: new Map(), accounts: new Set(), letters: new Map(), labels: { journal: new Map(), account: new Map(), auxiliary: new Map() },
    lines: 0, debit: 0n, credit: 0n, from: null, to: null, lastKey: '', lastEntry: null, lastValidDate: null, afterOpening: false,
  }
}

type LedgerRule = (state: LedgerState, line: FecLine, report: Report) => void

/** A code keeps one label: true the first time another one is met under it. */
function contradicts(labels: Map<string, string>, code: string, label: string): string | null {
  if (!code || !label) return null
  const known = labels.get(code)
  if (known === undefined) labels.set(ownText(code), ownText(label))
  return known === undefined || known === label ? null : known
}

/** One account has one label. */
export const accountLabelRule: LedgerRule = (state, line, report) => {
  const known = contradicts(state.labels.account, line.compteNum, line.compteLib)
  if (known !== null) report({ rule: 'FEC_ACCOUNT_LABEL', line: line.line, field: 'CompteLib', detail: [line.compteNum, known, line.compteLib] })
}

/** One auxiliary account has one label. */
export const auxiliaryLabelRule: LedgerRule = (state, line, report) => {
  const known = contradicts(state.labels.auxiliary, line.compAuxNum, line.compAuxLib)
  if (known !== null) report({ rule: 'FEC_AUXILIARY_LABEL', line: line.line, field: 'CompAuxLib', detail: [line.compAuxNum, known, line.compAuxLib] })
}

/** One journal has one label. */
export const journalLabelRule: LedgerRule = (state, line, report) => {
  const known = contradicts(state.labels.journal, line.journalCode, line.journalLib)
  if (known !== null) report({ rule: 'FEC_JOURNAL_LABEL', line: line.line, field: 'JournalLib', detail: [line.journalCode, known, line.journalLib] })
}

/** The rules about an account's number, told at the first line that uses it. */
const accountRules: LedgerRule = (state, line, report) => {
  if (state.accounts.has(line.compteNum)) return
  state.accounts.add(ownText(line.compteNum))
  for (const finding of [accountDigits(line), accountKnown(line)]) if (finding) report(finding)
}

/** Opening entries are the first of the file. */
const openingFirst: LedgerRule = (state, line, report) => {
  if (!isOpeningJournal(line.journalCode, line.journalLib)) state.afterOpening = true
  else if (state.afterOpening) report({ rule: 'FEC_OPENING_FIRST', line: line.line, field: 'JournalCode', detail: [line.journalCode] })
}

/** No journal gathers the totals of others. */
function notCentralised(line: FecLine, report: Report): void {
  if (/centralis/i.test(line.journalLib)) report({ rule: 'FEC_CENTRALISED', line: line.line, field: 'JournalLib', detail: [line.journalCode, line.journalLib] })
}

/** Entries come in the order of their validation. */
function inValidationOrder(state: LedgerState, line: FecLine, report: Report): void {
  if (!line.validDate) return
  if (state.lastValidDate && line.validDate < state.lastValidDate) {
    report({ rule: 'FEC_VALIDATION_ORDER', line: line.line, field: 'ValidDate', detail: [{ day: line.validDate }, { day: state.lastValidDate }] })
  }
  state.lastValidDate = line.validDate
}

function countJournal(state: LedgerState, line: FecLine, report: Report): void {
  let journal = state.journals.get(line.journalCode)
  if (!journal) {
    journal = { label: ownText(line.journalLib), lines: 0, debit: 0n, credit: 0n }
    state.journals.set(ownText(line.journalCode), journal)
    notCentralised(line, report)
  }
  journal.lines += 1
  journal.debit += line.debit
  journal.credit += line.credit
}

function countLetter(state: LedgerState, line: FecLine): void {
  if (!line.ecritureLet) return
  const key = `${line.compteNum}\t${line.compAuxNum}\t${line.ecritureLet}`
  let group = state.letters.get(key)
  if (!group) {
    group = { line: line.line, account: ownText(line.compAuxNum ? `${line.compteNum} ${line.compAuxNum}` : line.compteNum), letter: ownText(line.ecritureLet), debit: 0n, credit: 0n }
    state.letters.set(key, group)
  }
  group.debit += line.debit
  group.credit += line.credit
}

/** Takes a line into account: sums, identities, and the rules that only the lines before it can tell. */
export function addLine(state: LedgerState, line: FecLine, report: Report): void {
  state.lines += 1
  state.debit += line.debit
  state.credit += line.credit
  if (line.ecritureDate) {
    if (!state.from || line.ecritureDate < state.from) state.from = line.ecritureDate
    if (!state.to || line.ecritureDate > state.to) state.to = line.ecritureDate
  }
  const key = entryKey(line)
  let entry = state.lastEntry && key === state.lastKey ? state.lastEntry : state.entries.get(key)
  if (!entry) {
    entry = startEntry(line)
    state.entries.set(key, entry)
    openingFirst(state, line, report)
    inValidationOrder(state, line, report)
  } else if (state.lastEntry !== entry) {
    report({ rule: 'FEC_ENTRY_SCATTERED', line: line.line, field: 'EcritureNum', detail: [entry.number, entry.journal] })
  }
  state.lastEntry = entry
  state.lastKey = key
  addToEntry(entry, line, report)
  countJournal(state, line, report)
  countLetter(state, line)
  accountRules(state, line, report)
  accountLabelRule(state, line, report)
  auxiliaryLabelRule(state, line, report)
  journalLabelRule(state, line, report)
}

/** The file's debits equal its credits. */
function totalsBalance(state: LedgerState, report: Report): void {
  if (state.debit === state.credit) return
  report({ rule: 'FEC_TOTAL', line: null, field: 'Debit', detail: [state.debit, state.credit, absolute(state.debit - state.credit)] })
}

/** Lines under one letter, for one account and auxiliary, cancel out. */
function lettersBalance(state: LedgerState, report: Report): void {
  for (const group of state.letters.values()) {
    if (group.debit === group.credit) continue
    report({ rule: 'FEC_LETTER_BALANCE', line: group.line, field: 'EcritureLet', detail: [group.letter, group.account, group.debit, group.credit] })
  }
}

/** The rules that only the whole file can tell. */
export function endLedger(state: LedgerState, report: Report): void {
  totalsBalance(state, report)
  for (const entry of state.entries.values()) {
    for (const rule of ENTRY_RULES) {
      const finding = rule(entry)
      if (finding) report(finding)
    }
  }
  checkUnnumbered(state.entries.values(), report)
  checkGaps(state.entries.values(), checkShared(state.entries.values(), report), report)
  lettersBalance(state, report)
}
