import type { DataProblem } from '../../../contract/common.ts'
import type { Locale, Problem } from '../../../core/kernel/problem.ts'

/** A problem as the API writes it, in the language of the request. */
export function presentProblem(problem: Problem, locale: Locale): DataProblem {
  const { severity, code, message, where } = problem
  return { severity, code, message: message[locale], line: where.line ?? null, field: where.field ?? null, file: where.file ?? null }
}
