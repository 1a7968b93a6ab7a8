import { isSiren } from '../../../core/party/siren.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { hasErrors, type Problem } from '../../../core/kernel/problem.ts'
import { LINE_RULES } from './check-line.ts'
import { addLine, endLedger, type JournalTotals, type LedgerState, startLedger } from './check-ledger.ts'
import { FEC_CASH_COLUMNS, type FecHeader } from './columns.ts'
import { readFileName } from './file-name.ts'
import { createFecReader } from './reader.ts'
import type { FecFileFacts, FecFinding, FecLine, FecRecord } from './record.ts'
import { FEC_RULES, type FecRule, toProblem } from './rules.ts'

/** The most problems told one by one for a rule; the rest are counted in one last problem. */
export const PROBLEMS_PER_RULE_MAX = 100

/** What a check found. Amounts are cents. `compliant` is true without any error; warnings do not count. */
export type FecReport = {
  readonly siren: string | null
  readonly closingOn: LocalDate | null
  readonly facts: FecFileFacts
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  /** Lines read, and lines kept out because they could not be trusted. */
  readonly lines: number
  readonly refused: number
  readonly entries: number
  readonly journals: ReadonlyMap<string, Readonly<JournalTotals>>
  readonly debit: bigint
  readonly credit: bigint
  readonly problems: readonly Problem[]
  readonly compliant: boolean
}

export type FecCheck = { push(bytes: Uint8Array): void; end(): FecReport }

/** `fileName` may hold a folder; without it the name's rules are not applied. `onLine` is called with every line read. */
export type FecCheckOptions = { readonly fileName?: string; readonly onLine?: (line: FecLine) => void }

function checkName(fileName: string | undefined, note: (finding: FecFinding) => void): { siren: string | null; closingOn: LocalDate | null } {
  if (fileName === undefined) return { siren: null, closingOn: null }
  const name = readFileName(fileName)
  if (!name.legal) note({ rule: 'FEC_NAME', line: null, detail: [fileName.split(/[\\/]/).at(-1) ?? ''] })
  if (name.siren && !isSiren(name.siren)) note({ rule: 'FEC_SIREN', line: null, detail: [name.siren] })
  return { siren: name.siren, closingOn: name.closingOn }
}

/** Gathers findings as problems, a bounded number per rule. */
function createNotebook() {
  const problems: Problem[] = []
  const counts = new Map<FecRule, number>()
  return {
    note(finding: FecFinding): void {
      const count = (counts.get(finding.rule) ?? 0) + 1
      counts.set(finding.rule, count)
      if (count <= PROBLEMS_PER_RULE_MAX) problems.push(toProblem(finding))
    },
    end(): Problem[] {
      for (const [rule, count] of counts) {
        if (count <= PROBLEMS_PER_RULE_MAX) continue
        const more = toProblem({ rule: 'FEC_MORE', line: null, detail: [String(count - PROBLEMS_PER_RULE_MAX), rule] })
        problems.push({ ...more, code: rule, severity: FEC_RULES[rule].severity })
      }
      return problems
    },
  }
}

function isCash(header: FecHeader | null): boolean {
  return header !== null && FEC_CASH_COLUMNS.slice(0, 3).every((column) => header.index[column] !== undefined)
}

/**
 * Checks a FEC as its bytes come: every rule of form and substance of rules.ts, one problem per breach naming line and field.
 * Memory grows with the number of entries, accounts and letters, never with the text. A file that breaks rules is read all
 * the same: totals are those of the lines that could be trusted.
 * Source: LPF art. L.47 A-I and A.47 A-1.
 */
export function createFecCheck(options: FecCheckOptions = {}): FecCheck {
  const notebook = createNotebook()
  const { note } = notebook
  const { siren, closingOn } = checkName(options.fileName, note)
  const reader = createFecReader()
  const state: LedgerState = startLedger()
  let cash = false
  let refused = 0

  function take(record: FecRecord): void {
    if (record.kind === 'header') cash = isCash(record.header)
    else if (record.kind === 'finding') note(record.finding)
    else if (record.kind === 'refused') refused += 1
    else {
      const context = { blank: record.blank, closingOn, cash }
      for (const rule of LINE_RULES) {
        const finding = rule(record.line, context)
        if (finding) note(finding)
      }
      addLine(state, record.line, note)
      options.onLine?.(record.line)
    }
  }

  function end(): FecReport {
    for (const record of reader.end()) take(record)
    endLedger(state, note)
    const facts = reader.facts()
    if (facts.header && state.lines + refused === 0) note({ rule: 'FEC_EMPTY', line: null })
    const problems = notebook.end()
    return {
      siren, closingOn, facts, from: state.from, to: state.to, lines: state.lines, refused, entries: state.entries.size,
      journals: state.journals, debit: state.debit, credit: state.credit, problems, compliant: !hasErrors(problems),
    }
  }

  return { push: (bytes) => { for (const record of reader.push(bytes)) take(record) }, end }
}

/** Checks a file whose bytes are at hand. */
export function checkFec(bytes: Uint8Array, options: FecCheckOptions = {}): FecReport {
  const check = createFecCheck(options)
  check.push(bytes)
  return check.end()
}
