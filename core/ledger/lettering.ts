import { later, type LocalDate } from '../kernel/local-date.ts'
import { problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { englishAmount, frenchAmount } from './amount-text.ts'

/** A line of a third party's account that may be lettered, in cents. */
export type LetterableLine = {
  readonly account: string
  readonly auxiliary: string
  readonly letter: string
  readonly date: LocalDate
  readonly debit: bigint
  readonly credit: bigint
}

/** The lines of one account and auxiliary that share a letter. `date` is the day the last of them was booked. */
export type LetterGroup = {
  readonly account: string
  readonly auxiliary: string
  readonly letter: string
  readonly lines: number
  readonly debit: bigint
  readonly credit: bigint
  readonly date: LocalDate
  readonly balanced: boolean
}

/**
 * The code after another: AA after none, AB after AA, BA after AZ, AAA after ZZ. Codes are given per account and auxiliary,
 * and never reused. A code in another form (an import's "12" or "a") counts for nothing: the sequence starts at AA beside it.
 */
export function nextLetter(last: string | null): string {
  if (!last || !/^[A-Z]{2,}$/.test(last)) return 'AA'
  const letters = [...last]
  for (let index = letters.length - 1; index >= 0; index -= 1) {
    if (letters[index] !== 'Z') {
      letters[index] = String.fromCharCode(letters[index]!.charCodeAt(0) + 1)
      return letters.join('')
    }
    letters[index] = 'A'
  }
  return `A${letters.join('')}`
}

/** The later of two codes in the order they are given: ZZ before AAA. */
export function laterLetter(a: string, b: string): string {
  return a.length === b.length ? (a > b ? a : b) : a.length > b.length ? a : b
}

/**
 * Letters a set of lines together: the code to write and the day the set became balanced (the last of their days).
 * Refuses fewer than two lines, lines of several accounts or third parties, lines already lettered, and debits that differ
 * from credits: a partial payment stays without a letter. Source: LPF art. A.47 A-1 (EcritureLet, DateLet).
 */
export function letter(lines: readonly LetterableLine[], lastLetter: string | null): Result<{ letter: string; date: LocalDate }> {
  const first = lines[0]
  if (!first || lines.length < 2) {
    return fail(problem('LETTER_LINES', { fr: 'Le lettrage réunit au moins deux lignes. Choisissez-en une autre.', en: 'Lettering joins at least two lines. Choose another one.' }))
  }
  if (lines.some((line) => line.account !== first.account || line.auxiliary !== first.auxiliary)) {
    return fail(problem('LETTER_ACCOUNTS', { fr: "Le lettrage réunit des lignes d'un seul compte et d'un seul tiers. Retirez les autres.", en: 'Lettering joins lines of one account and one third party. Remove the others.' }))
  }
  if (lines.some((line) => line.letter)) {
    return fail(problem('LETTER_TAKEN', { fr: "Une des lignes est déjà lettrée. Délettrez-la d'abord.", en: 'One of the lines is already lettered. Remove its letter first.' }))
  }
  const gap = lines.reduce((total, line) => total + line.debit - line.credit, 0n)
  if (gap !== 0n) {
    return fail(problem('LETTER_UNBALANCED', {
      fr: `Les lignes choisies ne se soldent pas : il reste ${frenchAmount(gap)} €. Ajoutez la ligne manquante.`,
      en: `The chosen lines do not cancel out: EUR ${englishAmount(gap)} remains. Add the missing line.`,
    }))
  }
  return ok({ letter: nextLetter(lastLetter), date: lines.reduce((day, line) => later(day, line.date), first.date) })
}

/** Groups lettered lines by account, auxiliary and letter; lines without a letter are left out. Order: first met. */
export function letterGroups(lines: Iterable<LetterableLine>): LetterGroup[] {
  const groups = new Map<string, { -readonly [Key in keyof LetterGroup]: LetterGroup[Key] }>()
  for (const line of lines) {
    if (!line.letter) continue
    const key = `${line.account}\t${line.auxiliary}\t${line.letter}`
    const group = groups.get(key) ?? { account: line.account, auxiliary: line.auxiliary, letter: line.letter, lines: 0, debit: 0n, credit: 0n, date: line.date, balanced: false }
    group.lines += 1
    group.debit += line.debit
    group.credit += line.credit
    group.date = later(group.date, line.date)
    group.balanced = group.debit === group.credit
    groups.set(key, group)
  }
  return [...groups.values()]
}
