import type { AccountName, StatementRecord } from '../../../core/bank/statement.ts'
import { type LocalDate, later } from '../../../core/kernel/local-date.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import { problem, warning } from '../../../core/kernel/problem.ts'
import type { ReaderOptions } from '../format.ts'
import { decide, type Decisions } from './evidence.ts'
import { createGroups, type Groups, type StatedFrame } from './groups.ts'
import type { Layout } from './layout.ts'
import { type Outcome, readRow } from './lines.ts'
import { readPreamble, readToldBalance } from './preamble.ts'
import type { Row } from './rows.ts'

/** Rows held to decide dates, decimals and signs over the file. Beyond, what they say is enough. */
const HELD_ROWS_MAX = 20_000
/** Rows in a row that are no movement: after so many, the rest of the file is not a statement. */
const STRAY_ROWS_MAX = 50_000
/** Rows outside the table kept for a stated balance. */
const OUTSIDE_ROWS_MAX = 100

type State = {
  readonly options: ReaderOptions
  readonly layout: Layout
  isStopped: boolean
  rowsSeen: number
  preamble: Row[]
  held: Row[]
  decisions: Decisions | null
  groups: Groups | null
  account: AccountName
  latest: LocalDate | null
  waitingPending: Extract<Outcome, { kind: 'line' }>[]
  outside: Row[]
  frame: StatedFrame
  ignored: { count: number; line: number }
  cancelled: { count: number; line: number }
  hasPendingDate: boolean
  stray: number
}

function emitLine(state: State, outcome: Extract<Outcome, { kind: 'line' }>, records: StatementRecord[]): void {
  const account = outcome.account.iban === null && outcome.account.id === null ? state.account : outcome.account
  const { bookedOn } = outcome.line
  if (bookedOn === null) {
    const assumed = outcome.line.valueOn ?? state.latest
    if (assumed === null) state.waitingPending.push(outcome)
    else state.groups!.add({ ...outcome.line, bookedOn: assumed }, { account, balance: null }, records)
    if (state.hasPendingDate) return
    state.hasPendingDate = true
    records.push({ kind: 'problem', problem: warning('PENDING_WITHOUT_DATE', {
      fr: 'Des opérations en attente n\'ont pas encore de date : elles sont montrées à la dernière date connue, sans être comptabilisées.',
      en: 'Some pending movements have no date yet: they are shown at the latest known date, without being posted.',
    }, { line: outcome.line.line }) })
    return
  }
  state.groups!.add({ ...outcome.line, bookedOn }, { account, balance: outcome.balance }, records)
}

function takeRow(state: State, row: Row, records: StatementRecord[]): void {
  if (state.decisions) takeOutcome(state, { row, outcome: readRow(row, state.layout, state.decisions) }, records)
}

function takeOutcome(state: State, { row, outcome }: { readonly row: Row; readonly outcome: Outcome }, records: StatementRecord[]): void {
  if (isHeaderAgain(row, state.layout)) return
  state.stray = outcome.kind === 'line' ? 0 : state.stray + 1
  if (state.stray > STRAY_ROWS_MAX) {
    stopReading(state, row, records)
    return
  }
  switch (outcome.kind) {
    case 'line': emitLine(state, outcome, records); break
    case 'problem': records.push({ kind: 'problem', problem: outcome.problem }); break
    case 'summary': {
      const date = outcome.date ?? state.latest
      if (date) state.frame[outcome.which] = { date, minor: outcome.minor }
      break
    }
    case 'passed': {
      if (outcome.why !== 'cancelled' && state.outside.length < OUTSIDE_ROWS_MAX) state.outside.push(row)
      if (outcome.why === 'profile') break
      const counter = outcome.why === 'cancelled' ? state.cancelled : state.ignored
      if (counter.count === 0) counter.line = row.line
      counter.count += 1
    }
  }
}

/** Nothing but rows that are no movement: what was read is kept and the rest is passed over. */
function stopReading(state: State, row: Row, records: StatementRecord[]): void {
  if (state.isStopped) return
  state.isStopped = true
  records.push({ kind: 'problem', problem: problem('READING_STOPPED', {
    fr: `Les ${STRAY_ROWS_MAX} lignes qui précèdent ne sont pas des opérations : la lecture s'arrête ici. Les opérations déjà lues sont conservées ; vérifiez le fichier.`,
    en: `The ${STRAY_ROWS_MAX} rows before this one are not movements: reading stops here. The lines already read are kept; check the file.`,
  }, { line: row.line }) })
}

/** Statements of several pages repeat their header. */
function isHeaderAgain(row: Row, layout: Layout): boolean {
  return layout.header.length > 0 && layout.header.every((cell, index) => (row.cells[index] ?? '') === cell)
}

/** Enough rows are held (or the file ended): decides, then reads them. */
function settle(state: State, records: StatementRecord[]): void {
  const { layout, held } = state
  const preamble = readPreamble(state.preamble)
  state.account = preamble.account
  const decisions = decide({ layout, rows: held, preamble: preamble.currency, options: state.options })
  state.decisions = decisions
  for (const found of decisions.problems) records.push({ kind: 'problem', problem: found })
  state.groups = createGroups(decisions.balanceOrder)
  state.held = []
  const outcomes = held.map((row) => ({ row, outcome: readRow(row, layout, decisions) }))
  for (const { outcome } of outcomes) {
    if (outcome.kind === 'line' && outcome.line.bookedOn !== null) state.latest = state.latest === null ? outcome.line.bookedOn : later(state.latest, outcome.line.bookedOn)
  }
  for (const taken of outcomes) takeOutcome(state, taken, records)
}

function takeRows(state: State, rows: readonly Row[], records: StatementRecord[]): void {
  const { headerAt, bodyAt } = state.layout
  for (const row of rows) {
    state.rowsSeen += 1
    if (state.rowsSeen === headerAt + 1) continue
    if (state.rowsSeen <= bodyAt) state.preamble.push(row)
    else if (state.decisions) takeRow(state, row, records)
    else {
      state.held.push(row)
      if (state.held.length >= HELD_ROWS_MAX) settle(state, records)
    }
  }
}

/** Balances told above or below the table, when the rows themselves gave none. */
function tellBalances(state: State, decisions: Decisions): void {
  const { columns, marks, order, currency } = decisions
  const mark = marks.get(columns.amount ?? columns.credit ?? -1) ?? '.'
  for (const row of [...state.preamble, ...state.outside]) {
    const told = readToldBalance(row, mark, order)
    const parsed = told && parseAmount(told.decimal, currency)
    const date = told?.date ?? state.latest
    if (told && parsed?.ok && date) state.frame[told.which] ??= { date, minor: told.isNegative ? -parsed.value : parsed.value }
  }
}

function finish(state: State, records: StatementRecord[]): void {
  if (!state.decisions) settle(state, records)
  const { decisions, groups } = state
  if (!decisions || !groups) return
  for (const pending of state.waitingPending) {
    if (state.latest === null) {
      records.push({ kind: 'problem', problem: problem('DATE_UNREADABLE', {
        fr: 'Cette opération en attente n\'a pas de date et le fichier n\'en donne aucune : elle n\'est pas reprise.',
        en: 'This pending movement has no date and the file gives none: it is left out.',
      }, { line: pending.line.line }) })
    } else groups.add({ ...pending.line, bookedOn: state.latest }, { account: pending.account, balance: null }, records)
  }
  tellBalances(state, decisions)
  groups.end(state.frame, records)
  if (state.cancelled.count > 0) {
    records.push({ kind: 'problem', problem: warning('LINES_CANCELLED', {
      fr: `Opérations refusées ou annulées par la banque, non reprises : ${state.cancelled.count}.`, en: `Movements refused or cancelled by the bank, left out: ${state.cancelled.count}.`,
    }, { line: state.cancelled.line }) })
  }
  if (state.ignored.count > 0) {
    records.push({ kind: 'problem', problem: warning('ROWS_IGNORED', {
      fr: `Lignes sans date ou sans montant, ignorées car ce ne sont pas des opérations : ${state.ignored.count}. Vérifiez la première.`, en: `Rows without a date or without an amount, ignored because they are not movements: ${state.ignored.count}. Check the first one.`,
    }, { line: state.ignored.line }) })
  }
}

/** Reads the rows of one table, from the first row of its file, once its layout is known. */
export type TableReader = { push(rows: readonly Row[], records: StatementRecord[]): void; end(records: StatementRecord[]): void }

/** A reader of rows: what comes before the table is looked at for an account, a currency and balances; the rest are movements. */
export function createTableReader(layout: Layout, options: ReaderOptions): TableReader {
  const state: State = {
    options, layout, isStopped: false, rowsSeen: 0, preamble: [], held: [], decisions: null, groups: null, account: { iban: null, id: null },
    latest: null, waitingPending: [], outside: [], frame: { opening: null, closing: null }, ignored: { count: 0, line: 0 }, cancelled: { count: 0, line: 0 }, hasPendingDate: false, stray: 0,
  }
  return {
    push(rows, records) {
      if (!state.isStopped) takeRows(state, rows, records)
    },
    end: (records) => { finish(state, records) },
  }
}
