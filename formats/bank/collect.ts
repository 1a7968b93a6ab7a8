import { continuityProblem } from '../../core/bank/continuity.ts'
import type { AccountName, StatedBalance, Statement, StatementLine, StatementRecord } from '../../core/bank/statement.ts'
import type { Currency } from '../../core/kernel/currency.ts'
import { type Problem, warning } from '../../core/kernel/problem.ts'

/** A damaged file can have a problem on every line: the first ones are enough to act on. */
export const PROBLEMS_MAX = 500

type Open = { account: AccountName; currency: Currency | null; opening: StatedBalance | null; lines: StatementLine[] }

/** Gathers the records of a reader into whole statements, and the problems apart. */
export type Collector = {
  /** Takes records; gives the statements that they complete. */
  take(records: readonly StatementRecord[]): Statement[]
  problems(): readonly Problem[]
}

/** Collects statements as they close, adding a problem for each one whose balances do not agree with its lines. */
export function createCollector(): Collector {
  const problems: Problem[] = []
  let dropped = 0
  let current: Open | null = null
  const add = (found: Problem): void => {
    if (problems.length < PROBLEMS_MAX) problems.push(found)
    else dropped += 1
  }
  const finish = (record: Extract<StatementRecord, { kind: 'close' }>): Statement | undefined => {
    if (!current) return undefined
    const statement: Statement = {
      account: current.account, currency: record.currency ?? current.currency, opening: record.opening ?? current.opening, closing: record.closing, lines: current.lines,
    }
    current = null
    const broken = continuityProblem(statement)
    if (broken) add(broken)
    return statement
  }
  return {
    take(records) {
      const finished: Statement[] = []
      for (const record of records) {
        switch (record.kind) {
          case 'open': current = { account: record.account, currency: record.currency, opening: record.opening, lines: [] }; break
          case 'line': current?.lines.push(record.line); break
          case 'problem': add(record.problem); break
          case 'close': {
            const statement = finish(record)
            if (statement) finished.push(statement)
          }
        }
      }
      return finished
    },
    problems: () => (dropped === 0 ? problems : [...problems, warning('PROBLEMS_CUT', {
      fr: `Autres problèmes du même fichier, non affichés : ${dropped}. Corrigez d'abord ceux qui le sont.`,
      en: `More problems of this file, not shown: ${dropped}. Correct first those that are.`,
    })]),
  }
}
