import type { Currency } from '../kernel/currency.ts'
import { type LocalDate, parseDate } from '../kernel/local-date.ts'
import { sum } from '../kernel/money.ts'
import { problem, type Problem } from '../kernel/problem.ts'
import { isAccountNumber } from './accounts.ts'
import { englishAmount, frenchAmount } from './amount-text.ts'

/** The third party of a line on a collective account, as FEC's CompAuxNum and CompAuxLib. */
export type Auxiliary = { readonly code: string; readonly name: string }

/** The amount of a line in its own currency, in that currency's minor units; always positive, the side being the line's. */
export type ForeignAmount = { readonly minor: bigint; readonly currency: Currency }

/** One line of an entry: cents of euro on one side only, the other being zero. */
export type LineDraft = {
  readonly account: string
  readonly auxiliary: Auxiliary | null
  readonly label: string
  readonly debit: bigint
  readonly credit: bigint
  readonly foreign: ForeignAmount | null
}

/** An entry before it has a number: a journal code, a booking day, the supporting document and at least two balanced lines. */
export type EntryDraft = {
  readonly journal: string
  readonly date: LocalDate
  readonly pieceRef: string
  readonly pieceDate: LocalDate
  readonly label: string
  readonly lines: readonly LineDraft[]
}

/** The accounts that may be posted to; a Set or a Map of account numbers is one. */
export type Chart = { has(account: string): boolean }

/** What validation adds to an entry, covered by its fingerprint. `previousHash` is empty for the first entry of a tenant. */
export type Posting = { readonly sequence: bigint; readonly number: string; readonly validatedOn: LocalDate; readonly previousHash: string }

/** Lines one entry may hold: enough for the opening of a very large company, bounded for the database. */
export const ENTRY_LINES_MAX = 50_000

/** Largest amount of one line, in cents: ten thousand billion euros. Beyond it sums could leave 64 bits. */
export const LINE_AMOUNT_MAX = 10n ** 15n

/** The version of the canonical text; a change of the text is a new version, never a new meaning of an old one. */
export const CANONICAL_VERSION = 1

/** A line on the debit of an account, in cents. */
export function debitLine(account: string, cents: bigint, rest: Partial<Pick<LineDraft, 'auxiliary' | 'label' | 'foreign'>> = {}): LineDraft {
  return { account, auxiliary: rest.auxiliary ?? null, label: rest.label ?? '', debit: cents, credit: 0n, foreign: rest.foreign ?? null }
}

/** A line on the credit of an account, in cents. */
export function creditLine(account: string, cents: bigint, rest: Partial<Pick<LineDraft, 'auxiliary' | 'label' | 'foreign'>> = {}): LineDraft {
  return { account, auxiliary: rest.auxiliary ?? null, label: rest.label ?? '', debit: 0n, credit: cents, foreign: rest.foreign ?? null }
}

/** True when a journal code can be written to a FEC: 1 to 10 visible characters without separator. */
export function isJournalCode(code: string): boolean {
  return /^[^\s|\u0000-\u001f]{1,10}$/u.test(code)
}

function checkHeader(draft: EntryDraft): Problem[] {
  const problems: Problem[] = []
  if (!isJournalCode(draft.journal)) {
    problems.push(problem('ENTRY_JOURNAL', {
      fr: `Le code journal « ${draft.journal} » n'est pas valable. Donnez de 1 à 10 caractères, sans espace ni barre verticale.`,
      en: `The journal code "${draft.journal}" is not valid. Give 1 to 10 characters, without spaces or vertical bars.`,
    }, { field: 'journal' }))
  }
  for (const [field, date] of [['date', draft.date], ['pieceDate', draft.pieceDate]] as const) {
    if (parseDate(date)) continue
    problems.push(problem('ENTRY_DATE', {
      fr: `La date « ${date} » n'existe pas. Écrivez-la AAAA-MM-JJ.`,
      en: `The date "${date}" does not exist. Write it YYYY-MM-DD.`,
    }, { field }))
  }
  if (!draft.pieceRef.trim()) {
    problems.push(problem('ENTRY_PIECE', {
      fr: "L'écriture ne cite aucune pièce justificative. Donnez la référence de la pièce.",
      en: 'The entry names no supporting document. Give its reference.',
    }, { field: 'pieceRef' }))
  }
  if (!draft.label.trim()) {
    problems.push(problem('ENTRY_LABEL', {
      fr: "L'écriture n'a pas de libellé. Donnez-en un.",
      en: 'The entry has no label. Give it one.',
    }, { field: 'label' }))
  }
  return problems
}

function checkAmounts(line: LineDraft, number: number): Problem[] {
  const where = { line: number, field: 'debit' }
  if (line.debit < 0n || line.credit < 0n) {
    return [problem('LINE_NEGATIVE', {
      fr: `Ligne ${number} : un montant est négatif. Portez-le en positif de l'autre côté.`,
      en: `Line ${number}: an amount is negative. Enter it as a positive amount on the other side.`,
    }, where)]
  }
  if (line.debit > 0n === line.credit > 0n) {
    return [problem('LINE_ONE_SIDE', {
      fr: `Ligne ${number} : renseignez le débit ou le crédit, l'un des deux seulement.`,
      en: `Line ${number}: fill in the debit or the credit, one of the two only.`,
    }, where)]
  }
  if (line.debit > LINE_AMOUNT_MAX || line.credit > LINE_AMOUNT_MAX) {
    return [problem('LINE_TOO_LARGE', {
      fr: `Ligne ${number} : le montant dépasse ${frenchAmount(LINE_AMOUNT_MAX)} €. Vérifiez-le.`,
      en: `Line ${number}: the amount is over EUR ${englishAmount(LINE_AMOUNT_MAX)}. Check it.`,
    }, where)]
  }
  return []
}

function checkLine(line: LineDraft, number: number, chart: Chart | undefined): Problem[] {
  const problems = checkAmounts(line, number)
  if (!isAccountNumber(line.account)) {
    problems.push(problem('LINE_ACCOUNT', {
      fr: `Ligne ${number} : le compte « ${line.account} » n'est pas un numéro du plan comptable. Il commence par trois chiffres.`,
      en: `Line ${number}: the account "${line.account}" is not a number of the chart. It begins with three digits.`,
    }, { line: number, field: 'account' }))
  } else if (chart && !chart.has(line.account)) {
    problems.push(problem('LINE_ACCOUNT_UNKNOWN', {
      fr: `Ligne ${number} : le compte ${line.account} n'est pas ouvert. Ouvrez-le ou choisissez-en un autre.`,
      en: `Line ${number}: the account ${line.account} is not open. Open it or choose another.`,
    }, { line: number, field: 'account' }))
  }
  if (line.auxiliary && !(line.auxiliary.code.trim() && line.auxiliary.name.trim())) {
    problems.push(problem('LINE_AUXILIARY', {
      fr: `Ligne ${number} : le compte auxiliaire doit avoir un code et un nom.`,
      en: `Line ${number}: the auxiliary account needs both a code and a name.`,
    }, { line: number, field: 'auxiliary' }))
  }
  if (line.foreign && line.foreign.minor <= 0n) {
    problems.push(problem('LINE_FOREIGN', {
      fr: `Ligne ${number} : le montant en devise doit être positif ; le sens est celui de la ligne.`,
      en: `Line ${number}: the foreign amount must be positive; its side is the line's.`,
    }, { line: number, field: 'foreign' }))
  }
  return problems
}

function checkBalance(draft: EntryDraft): Problem[] {
  const debit = sum(draft.lines.map((line) => line.debit))
  const credit = sum(draft.lines.map((line) => line.credit))
  const gap = debit - credit
  if (gap === 0n) return []
  const size = gap < 0n ? -gap : gap
  return [problem('ENTRY_UNBALANCED', {
    fr: `L'écriture n'est pas équilibrée : débit ${frenchAmount(debit)} €, crédit ${frenchAmount(credit)} €. Il manque ${frenchAmount(size)} € au ${gap > 0n ? 'crédit' : 'débit'}.`,
    en: `The entry does not balance: debit EUR ${englishAmount(debit)}, credit EUR ${englishAmount(credit)}. EUR ${englishAmount(size)} is missing on the ${gap > 0n ? 'credit' : 'debit'} side.`,
  }, { field: 'lines' })]
}

/**
 * Everything that keeps an entry from being posted, empty when it may be. Amounts are cents of euro.
 * Refuses: fewer than two lines, a line with no side, two sides or a negative amount, debits that differ from credits (the
 * message gives the gap), an account that does not begin with three digits or that the chart does not hold, a journal code a
 * FEC cannot carry, a missing document reference or label, a day that does not exist.
 * Source: PCG art. 1031-1, 1032-1 (double entry, origin, content, account and document of each entry); LPF art. A.47 A-1.
 */
export function checkEntry(draft: EntryDraft, chart?: Chart): Problem[] {
  const problems = checkHeader(draft)
  if (draft.lines.length < 2) {
    problems.push(problem('ENTRY_LINES', {
      fr: 'Une écriture a au moins deux lignes. Ajoutez la contrepartie.',
      en: 'An entry has at least two lines. Add the other side.',
    }, { field: 'lines' }))
  }
  if (draft.lines.length > ENTRY_LINES_MAX) {
    problems.push(problem('ENTRY_TOO_LONG', {
      fr: `L'écriture a ${draft.lines.length} lignes ; la limite est de ${ENTRY_LINES_MAX}. Séparez-la en plusieurs écritures équilibrées.`,
      en: `The entry has ${draft.lines.length} lines; the limit is ${ENTRY_LINES_MAX}. Split it into several balanced entries.`,
    }, { field: 'lines' }))
    return problems
  }
  draft.lines.forEach((line, index) => problems.push(...checkLine(line, index + 1, chart)))
  return [...problems, ...checkBalance(draft)]
}

/**
 * The entry that undoes another: the same lines with their sides exchanged, on the day and under the label given. It keeps the
 * journal and the supporting document, so that a reader finds both under one reference. Applied twice it gives back the lines.
 * Source: PCG art. 1031-3 (a validated entry is corrected by another entry, never altered).
 */
export function reverse(draft: EntryDraft, to: { readonly date: LocalDate; readonly label: string }): EntryDraft {
  return {
    journal: draft.journal, date: to.date, pieceRef: draft.pieceRef, pieceDate: draft.pieceDate, label: to.label,
    lines: draft.lines.map((line) => ({ ...line, label: to.label, debit: line.credit, credit: line.debit })),
  }
}

/**
 * The one text of an entry that its SHA-256 fingerprint is taken over (by the server, in UTF-8). A JSON array in a fixed order:
 * name and version; posting (sequence, number, validation day, previous fingerprint) or null for an entry not yet validated;
 * journal, day, document, its day, label; then the lines (account, auxiliary code and name, label, debit, credit, foreign
 * minor units and currency), amounts as decimal digits of minor units. Two different entries never share a text.
 */
export function canonicalEntry(entry: EntryDraft, posting: Posting | null = null): string {
  return JSON.stringify([
    'quittance-entry', CANONICAL_VERSION,
    posting && [posting.sequence.toString(), posting.number, posting.validatedOn, posting.previousHash],
    entry.journal, entry.date, entry.pieceRef, entry.pieceDate, entry.label,
    entry.lines.map((line) => [
      line.account, line.auxiliary?.code ?? null, line.auxiliary?.name ?? null, line.label,
      line.debit.toString(), line.credit.toString(), line.foreign?.minor.toString() ?? null, line.foreign?.currency ?? null,
    ]),
  ])
}
