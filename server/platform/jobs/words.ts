import { ERRORS, errorSentence } from '../../../contract/errors.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import { Refusal } from '../access/refusal.ts'

const DATABASE_GONE = /^(?:08\w{3}|57P0\d|ECONN\w+|EPIPE|ETIMEDOUT)$/

const LOST: Text = { fr: 'Le programme qui faisait ce travail s\'est arrêté avant la fin. Un autre le reprend.', en: 'The program doing this work stopped before its end. Another one takes it over.' }
const TOO_LONG: Text = { fr: 'Le travail a dépassé le temps qui lui est donné.', en: 'The work exceeded the time it is given.' }
const NO_DATABASE: Text = { fr: 'La base de données ne répondait pas.', en: 'The database did not answer.' }

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** A failure that a person can read: a refusal in its own words, the known faults of machines, and for the rest where to look. Never the text of an error, which may carry someone's data. */
export function wordsOf(error: unknown, where: string): Text {
  if (error instanceof Refusal) return { fr: errorSentence(error.code, 'fr', error.details), en: errorSentence(error.code, 'en', error.details) }
  if (DATABASE_GONE.test(codeOf(error))) return NO_DATABASE
  return {
    fr: `Une erreur inattendue a interrompu le travail. Le journal technique la décrit sous le numéro ${where}.`,
    en: `An unexpected error interrupted the work. The technical log describes it under the number ${where}.`,
  }
}

/** True for a failure that a new try will meet again: only a person can mend what it says. */
export function needsPerson(error: unknown): boolean {
  return error instanceof Refusal && ERRORS[error.code].status < 500
}

/** What is stored of a failed try: words and a code, no stack and no value. */
export class JobFailure extends Error {
  readonly words: Text
  constructor(words: Text) {
    super(words.en)
    this.name = 'JobFailure'
    this.words = words
    this.stack = ''
  }
}

/** The words of what the library stored of a try that ended badly; null when nothing went wrong. */
export function storedWords(output: unknown): Text | null {
  if (output === null || typeof output !== 'object') return null
  if ('words' in output && output.words !== null && typeof output.words === 'object' && 'fr' in output.words && 'en' in output.words) return { fr: String(output.words.fr), en: String(output.words.en) }
  const value = 'value' in output ? output.value : output
  const message = typeof value === 'string' ? value : value !== null && typeof value === 'object' && 'message' in value ? String(value.message) : ''
  if (/heartbeat|shut down/.test(message)) return LOST
  if (/timed out|exceeded/.test(message)) return TOO_LONG
  return message === '' ? null : { fr: 'Le travail a échoué.', en: 'The work failed.' }
}
