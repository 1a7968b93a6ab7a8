import { type Problem, problem } from '../../../core/kernel/problem.ts'

/** Header of 240 characters: code 31, rank, operation code, day JJMMAA, euro sign, four blanks, then bank, branch and account. */
const HEADER = /^31\d{6}.{2}\d{6}[E ] {4}\d{5}[0-9A-Z]{5}[0-9A-Z]{11}/

/**
 * True when the text begins with a CFONB 240 record: operations given back to a customer one by one (transfers, rejected direct debits).
 * Layout: public implementations of the format (silarhi/cfonb-parser, axelor-open-suite) agree on it.
 */
export function isCfonb240(head: string): boolean {
  const first = head.trimStart().split(/\r\n|\r|\n/, 1)[0]!
  return HEADER.test(first) && first.length >= 66
}

/**
 * Why such a file is not read as a statement: its amounts have no sign, nothing public says which operation codes come in and which go
 * out, and its operations are already in the account's statement, alone or in a total.
 */
export function cfonb240Refused(): Problem {
  return problem('NOT_A_STATEMENT', {
    fr: 'Ce fichier est un CFONB 240 (détail d\'opérations restituées : virements, rejets). Il n\'indique pas le sens des montants, et ses opérations figurent déjà dans le relevé de compte : importez le relevé CFONB 120 ou CAMT.053 de la même période.',
    en: 'This file is a CFONB 240 (detail of operations given back: transfers, rejections). It does not tell the direction of its amounts, and its operations are already in the account statement: import the CFONB 120 or CAMT.053 statement of the same period.',
  })
}
