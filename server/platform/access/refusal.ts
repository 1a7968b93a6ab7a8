import { type ErrorCode, ERRORS, errorSentence } from '../../../contract/errors.ts'
import type { Problem } from '../../../core/kernel/problem.ts'

/** What a use-case throws when the user's demand cannot be met. The edge turns it into a status and a sentence; nothing was stored. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, string>>
  readonly problems: readonly Problem[]

  constructor(code: ErrorCode, details: Readonly<Record<string, string>> = {}, problems: readonly Problem[] = []) {
    super(errorSentence(code, 'en', details))
    this.code = code
    this.details = details
    this.problems = problems
  }

  get status(): number {
    return ERRORS[this.code].status
  }
}
