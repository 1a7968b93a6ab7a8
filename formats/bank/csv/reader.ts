import type { AccountName, StatementRecord } from '../../../core/bank/statement.ts'
import { type LocalDate, later } from '../../../core/kernel/local-date.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import { type Problem, problem, warning } from '../../../core/kernel/problem.ts'
import { type BankFormat, type ReaderOptions, textReader, type TextHandler } from '../format.ts'
import { decide, type Decisions } from './evidence.ts'
import { createGroups, type Groups, type StatedFrame } from './groups.ts'
import type { Layout } from './layout.ts'
import { type Outcome, readRow } from './lines.ts'
import { readPreamble, readToldBalance } from './preamble.ts'
import { createRowCutter, type Row, type RowCutter } from './rows.ts'
import { sniff, SNIFF_CHARACTERS, type Sniffed } from './sniff.ts'

/** Rows held to decide dates, decimals and signs over the file. Beyond, what they say is enough. */
const HELD_ROWS_MAX = 20_000
/** Rows in a row that are no movement: after so many, the rest of the file is not a statement. */
const STRAY_ROWS_MAX = 50_000
/** Rows outside the table kept for a stated balance. */
const OUTSIDE_ROWS_MAX = 100

type Table = { readonly layout: Layout; readonly delimiter: string; readonly cutter: RowCutter }

type State = {
  readonly options: ReaderOptions
  text: string
  table: Table | null
  isRefused: boolean
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

function refusal(why: Exclude<Sniffed, { kind: 'table' }>): Problem {
  if (why.kind === 'refused' && why.why === 'portfolio') {
    return problem('NOT_BANK_LINES', {
      fr: 'Ce fichier décrit un portefeuille (parts, cours), pas les opérations d\'un compte bancaire. Exportez le relevé du compte espèces.',
      en: 'This file describes a portfolio (shares, prices), not the movements of a bank account. Export the statement of the cash account.',
    })
  }
  return problem('NOT_BANK_LINES', {
    fr: 'Aucune colonne de date et de montant n\'est reconnue dans ce fichier. Vérifiez que c\'est un relevé d\'opérations, avec ses titres de colonnes.',
    en: 'No date and amount columns are recognised in this file. Check that it is a statement of movements, with its column titles.',
  })
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
  const { table, decisions } = state
  if (table && decisions) takeOutcome(state, { row, outcome: readRow(row, table.layout, decisions) }, records)
}

function takeOutcome(state: State, { row, outcome }: { readonly row: Row; readonly outcome: Outcome }, records: StatementRecord[]): void {
  if (!state.table || isHeaderAgain(row, state.table.layout)) return
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
      const counter = outcome.isCancelled ? state.cancelled : state.ignored
      if (counter.count === 0) counter.line = row.line
      counter.count += 1
      if (!outcome.isCancelled && state.outside.length < OUTSIDE_ROWS_MAX) state.outside.push(row)
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
  const { table, held } = state
  if (!table) return
  const preamble = readPreamble(state.preamble)
  state.account = preamble.account
  const decisions = decide({ layout: table.layout, rows: held, delimiter: table.delimiter, preamble: preamble.currency, options: state.options })
  state.decisions = decisions
  for (const found of decisions.problems) records.push({ kind: 'problem', problem: found })
  state.groups = createGroups(decisions.balanceOrder)
  state.held = []
  const outcomes = held.map((row) => ({ row, outcome: readRow(row, table.layout, decisions) }))
  for (const { outcome } of outcomes) {
    if (outcome.kind === 'line' && outcome.line.bookedOn !== null) state.latest = state.latest === null ? outcome.line.bookedOn : later(state.latest, outcome.line.bookedOn)
  }
  for (const taken of outcomes) takeOutcome(state, taken, records)
}

function takeRows(state: State, rows: readonly Row[], records: StatementRecord[]): void {
  const headerAt = state.table?.layout.headerAt ?? -1
  for (const row of rows) {
    state.rowsSeen += 1
    if (state.rowsSeen <= headerAt) state.preamble.push(row)
    else if (state.rowsSeen === headerAt + 1 && headerAt >= 0) continue
    else if (state.decisions) takeRow(state, row, records)
    else {
      state.held.push(row)
      if (state.held.length >= HELD_ROWS_MAX) settle(state, records)
    }
  }
}

function begin(state: State, isWhole: boolean, records: StatementRecord[]): void {
  const sniffed = sniff(state.text, isWhole)
  if (sniffed.kind !== 'table') {
    state.isRefused = true
    records.push({ kind: 'problem', problem: refusal(sniffed) })
  } else {
    state.table = { layout: sniffed.layout, delimiter: sniffed.delimiter, cutter: createRowCutter(sniffed.delimiter) }
    takeRows(state, state.table.cutter.push(state.text), records)
  }
  state.text = ''
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

function createHandler(options: ReaderOptions): TextHandler {
  const state: State = {
    options, text: '', table: null, isRefused: false, isStopped: false, rowsSeen: 0, preamble: [], held: [], decisions: null, groups: null, account: { iban: null, id: null },
    latest: null, waitingPending: [], outside: [], frame: { opening: null, closing: null }, ignored: { count: 0, line: 0 }, cancelled: { count: 0, line: 0 }, hasPendingDate: false, stray: 0,
  }
  return {
    push(text, records) {
      if (state.isRefused || state.isStopped) return
      if (state.table) {
        takeRows(state, state.table.cutter.push(text), records)
        return
      }
      state.text += text
      if (state.text.length >= SNIFF_CHARACTERS) begin(state, false, records)
    },
    end(records) {
      if (state.isRefused) return
      if (!state.table) begin(state, true, records)
      if (!state.table) return
      const isLost = state.table.cutter.isLost()
      if (!state.isStopped) takeRows(state, state.table.cutter.end(), records)
      finish(state, records)
      if (isLost) {
        records.push({ kind: 'problem', problem: problem('LINE_TOO_LONG', {
          fr: 'Une ligne de plus d\'un million de caractères arrête la lecture : la suite du fichier est abîmée. Exportez-le de nouveau.',
          en: 'A line of more than a million characters stops the reading: the rest of the file is damaged. Export it again.',
        }) })
      }
    },
  }
}

/** Texts of other formats that could pass for a table. */
const OTHER_FORMATS = /^\s*(<|\{|\[|OFXHEADER|!Type:|!Account|:20:|\{1:|%PDF|0[1457]\d{5}[ A-Z0-9]{4}\d{5})/i

/** A bank's table as text, whatever its delimiter, language, decimal mark and date order. Tried last: nearly any text is one. */
export const csv: BankFormat = {
  name: 'csv',
  detect: (head) => !OTHER_FORMATS.test(head) && sniff(head.slice(0, SNIFF_CHARACTERS), true).kind !== 'not-a-table',
  createReader: (options) => textReader(options, createHandler(options)),
}
