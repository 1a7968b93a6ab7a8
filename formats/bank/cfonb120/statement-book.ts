import type { StatedBalance, StatementLine, StatementRecord } from '../../../core/bank/statement.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import { type Problem, problem, warning } from '../../../core/kernel/problem.ts'

/** Lines of another account found inside a statement wait for its end, up to this many. */
const WAITING_LINES_MAX = 10_000

/** Keeps track of the statement being read and writes its records in order. */
export type StatementBook = {
  /** A 01 record: a new statement begins. */
  open(from: Start, records: StatementRecord[]): void
  setOpening(balance: StatedBalance | null): void
  /** A 04 or 07 record arrives: a statement must be open, with or without its 01. */
  expect(from: Start, records: StatementRecord[]): void
  line(account: string, line: StatementLine, records: StatementRecord[]): void
  close(balance: StatedBalance | null, records: StatementRecord[]): void
  /** End of the file: a statement still open lacks its 07. */
  end(records: StatementRecord[]): void
  currency(): Currency | null
  account(): string | null
}

/** The record a statement starts at. */
export type Start = { readonly account: string; readonly currency: Currency | null; readonly line: number }

type Open = { account: string; currency: Currency | null; opening: StatedBalance | null; line: number; isWritten: boolean }

const accountName = (id: string) => ({ iban: null, id: id === '' ? null : id })

function writeWhole(account: string, lines: readonly StatementLine[], records: StatementRecord[]): void {
  const currency = lines[0]?.currency ?? null
  records.push({ kind: 'open', account: accountName(account), currency, opening: null })
  for (const line of lines) records.push({ kind: 'line', line })
  records.push({ kind: 'close', opening: null, closing: null, currency })
}

function statementUnfinished(line: number): Problem {
  return problem('STATEMENT_UNFINISHED', {
    fr: `Le relevé ouvert à la ligne ${line} n'a pas de nouveau solde (07) : le fichier est incomplet. Les opérations lues sont conservées ; demandez à la banque le fichier entier.`,
    en: `The statement opened at line ${line} has no closing balance (07): the file is incomplete. The lines that were read are kept; ask the bank for the whole file.`,
  }, { line })
}

function openingMissing(line: number): Problem {
  return warning('OPENING_MISSING', {
    fr: 'L\'ancien solde (01) manque avant cette ligne : la continuité du relevé ne peut pas être vérifiée.',
    en: 'The opening balance (01) is missing before this line: the continuity of the statement cannot be checked.',
  }, { line })
}

function otherAccount(account: string, around: string, line: number): Problem {
  return warning('OTHER_ACCOUNT', {
    fr: `Une opération du compte ${account} se trouve dans le relevé du compte ${around}. Elle est rangée à part ; vérifiez le fichier avec la banque.`,
    en: `A movement of account ${account} stands in the statement of account ${around}. It is kept apart; check the file with the bank.`,
  }, { line, field: 'compte (22-32)' })
}

/** A book for one file. */
export function createStatementBook(): StatementBook {
  let current: Open | null = null
  let waiting = new Map<string, StatementLine[]>()
  let waitingCount = 0

  const writeOpen = (open: Open, records: StatementRecord[]): void => {
    if (open.isWritten) return
    open.isWritten = true
    records.push({ kind: 'open', account: accountName(open.account), currency: open.currency, opening: open.opening })
  }
  const flush = (closing: StatedBalance | null, records: StatementRecord[]): void => {
    if (current) {
      writeOpen(current, records)
      records.push({ kind: 'close', opening: current.opening, closing, currency: current.currency })
    }
    current = null
    for (const [account, lines] of waiting) writeWhole(account, lines, records)
    waiting = new Map()
    waitingCount = 0
  }
  const unfinished = (records: StatementRecord[]): void => {
    if (!current) return
    records.push({ kind: 'problem', problem: statementUnfinished(current.line) })
    flush(null, records)
  }
  const begin = (from: Start): void => { current = { ...from, opening: null, isWritten: false } }
  return {
    open(from, records) {
      unfinished(records)
      begin(from)
    },
    setOpening(balance) { if (current) current.opening = balance },
    expect(from, records) {
      if (current) {
        current.currency ??= from.currency
        return
      }
      begin(from)
      records.push({ kind: 'problem', problem: openingMissing(from.line) })
    },
    line(account, line, records) {
      if (!current) return
      if (account === current.account || waitingCount >= WAITING_LINES_MAX) {
        writeOpen(current, records)
        records.push({ kind: 'line', line })
        return
      }
      const held = waiting.get(account)
      if (held) held.push(line)
      else {
        waiting.set(account, [line])
        records.push({ kind: 'problem', problem: otherAccount(account, current.account, line.line) })
      }
      waitingCount += 1
    },
    close: flush,
    end: unfinished,
    currency: () => current?.currency ?? null,
    account: () => current?.account ?? null,
  }
}
