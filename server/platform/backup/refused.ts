import type { Text } from '../../../core/kernel/problem.ts'

/** A backup or a restore that cannot be done, for a reason the person can mend. Nothing was changed. */
export class BackupRefused extends Error {
  readonly code: string
  readonly sentence: Text
  constructor(code: string, sentence: Text, cause?: unknown) {
    super(`${sentence.fr} / ${sentence.en}`, { cause })
    this.name = 'BackupRefused'
    this.code = code
    this.sentence = sentence
  }
}
