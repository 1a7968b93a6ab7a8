import { currency, parseCurrency } from '../../../core/kernel/currency.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import { problem, type Problem } from '../../../core/kernel/problem.ts'
import { accountLabel } from '../../../core/ledger/accounts.ts'
import type { ForeignAmount } from '../../../core/ledger/entry.ts'
import { isOpeningJournal, journalLabel } from '../../../core/ledger/journals.ts'
import { laterLetter } from '../../../core/ledger/lettering.ts'
import { entryKey } from '../../../formats/ledger/fec/check-entries.ts'
import type { FecLine } from '../../../formats/ledger/fec/record.ts'
import type { PostingDraft, PostingLine } from './types.ts'

/** Where lines without a journal go: liberal professions that keep cash accounts may leave it blank. */
const NAMELESS_JOURNAL = 'IMP'
const JOURNAL_CODE = /^[^|\t\r\n]{1,20}$/
const ACCOUNT_NUMBER = /^[0-9][^|\s]{0,39}$/

/** A FEC made ready to post, and what keeps some of its lines from it. */
export type FecDrafts = {
  readonly drafts: readonly PostingDraft[]
  readonly journals: readonly { readonly code: string; readonly label: string; readonly imported: boolean }[]
  readonly accounts: readonly { readonly number: string; readonly label: string }[]
  readonly letters: readonly { readonly account: string; readonly auxiliary: string; readonly last: string }[]
  readonly nextNumber: number
  readonly problems: readonly Problem[]
}

function checkLine(line: FecLine): Problem[] {
  const problems: Problem[] = []
  if (!line.ecritureDate) {
    problems.push(problem('FEC_IMPORT_DATE', {
      fr: `Ligne ${line.line} : sans date lisible, l'écriture n'a pas de place dans l'exercice. Écrivez-la AAAAMMJJ.`,
      en: `Line ${line.line}: without a readable day the entry has no place in the year. Write it YYYYMMDD.`,
    }, { line: line.line, field: 'EcritureDate' }))
  }
  if (!ACCOUNT_NUMBER.test(line.compteNum)) {
    problems.push(problem('FEC_IMPORT_ACCOUNT', {
      fr: `Ligne ${line.line} : le compte « ${line.compteNum} » ne commence pas par le chiffre de sa classe. Corrigez-le.`,
      en: `Line ${line.line}: the account "${line.compteNum}" does not begin with the digit of its class. Correct it.`,
    }, { line: line.line, field: 'CompteNum' }))
  }
  if (line.journalCode !== '' && !JOURNAL_CODE.test(line.journalCode)) {
    problems.push(problem('FEC_IMPORT_JOURNAL', {
      fr: `Ligne ${line.line} : le code journal a plus de 20 caractères. Raccourcissez-le.`,
      en: `Line ${line.line}: the journal code has more than 20 characters. Shorten it.`,
    }, { line: line.line, field: 'JournalCode' }))
  }
  return problems
}

/** An amount in a currency we cannot name or read is left out: the euro amounts are the books. */
function foreignOf(line: FecLine): ForeignAmount | null {
  if (!line.montantDevise || !parseCurrency(line.idevise)) return null
  const code = currency(line.idevise)
  const signLast = /^(.*?)([+-])$/.exec(line.montantDevise)
  const amount = parseAmount((signLast ? `${signLast[2]}${signLast[1]}` : line.montantDevise).replace(',', '.'), code)
  return amount.ok && amount.value !== 0n ? { minor: amount.value, currency: code } : null
}

function lineOf(line: FecLine, first: FecLine): PostingLine {
  const differs = <T>(value: T, of: T): T | null => (value !== of ? value : null)
  return {
    account: line.compteNum, label: line.ecritureLib, debit: line.debit, credit: line.credit, foreign: foreignOf(line),
    auxiliary: line.compAuxNum || line.compAuxLib ? { code: line.compAuxNum, name: line.compAuxLib } : null,
    imported: {
      letter: line.ecritureLet || null, letteredOn: line.ecritureLet ? line.dateLet : null,
      date: differs(line.ecritureDate, first.ecritureDate), pieceRef: differs(line.pieceRef, first.pieceRef), pieceDate: differs(line.pieceDate, first.pieceDate),
    },
  }
}

function draftOf(lines: readonly FecLine[], journal: string): PostingDraft {
  const first = lines[0]!
  const date = first.ecritureDate!
  return {
    journal, date, pieceRef: first.pieceRef, pieceDate: first.pieceDate ?? date, label: first.ecritureLib || first.pieceRef || first.journalLib || journal,
    lines: lines.map((line) => lineOf(line, first)), source: 'import', sourceId: null,
    isOpening: isOpeningJournal(first.journalCode, first.journalLib), imported: { number: first.ecritureNum, validatedOn: first.validDate },
  }
}

/** Lines of several days under one number make one entry a day when each day balances; else they stay together and keep their days. */
function byDay(lines: readonly FecLine[]): (readonly FecLine[])[] {
  const days = [...Map.groupBy(lines, (line): LocalDate | null => line.ecritureDate).values()]
  if (days.length === 1) return [lines]
  return days.every((day) => day.reduce((total, line) => total + line.debit - line.credit, 0n) === 0n) ? days : [lines]
}

function lastLetters(lines: readonly FecLine[]): FecDrafts['letters'] {
  const last = new Map<string, FecDrafts['letters'][number]>()
  for (const { compteNum, compAuxNum, ecritureLet } of lines) {
    if (!/^[A-Z]{2,}$/.test(ecritureLet)) continue
    const key = `${compteNum}\t${compAuxNum}`
    last.set(key, { account: compteNum, auxiliary: compAuxNum, last: laterLetter(last.get(key)?.last ?? '', ecritureLet) })
  }
  return [...last.values()]
}

/** Our numbers follow theirs when theirs are one plain sequence; another form never meets ours. */
function nextNumber(lines: readonly FecLine[]): number {
  return lines.reduce((next, line) => (/^\d{1,8}$/.test(line.ecritureNum) ? Math.max(next, Number(line.ecritureNum) + 1) : next), 2)
}

/** Gathers the lines of a FEC in entries, in the order of their first lines. Nothing is added, rounded or renumbered. */
export function fecDrafts(lines: readonly FecLine[]): FecDrafts {
  const journals = new Map<string, { code: string; label: string; imported: boolean }>()
  const accounts = new Map<string, { number: string; label: string }>()
  for (const line of lines) {
    const code = line.journalCode || NAMELESS_JOURNAL
    if (!journals.get(code)?.label) journals.set(code, { code, label: line.journalLib, imported: true })
    if (!accounts.get(line.compteNum)?.label) accounts.set(line.compteNum, { number: line.compteNum, label: line.compteLib })
  }
  const problems = lines.flatMap(checkLine)
  const groups = problems.length > 0 ? [] : [...Map.groupBy(lines, entryKey).values()]
  return {
    drafts: groups.flatMap((group) => byDay(group).map((day) => draftOf(day, group[0]!.journalCode || NAMELESS_JOURNAL))),
    journals: [...journals.values()].map((journal) => ({ ...journal, label: journal.label || journalLabel(journal.code) })),
    accounts: [...accounts.values()].map((account) => ({ ...account, label: account.label || accountLabel(account.number) })),
    letters: lastLetters(lines), nextNumber: nextNumber(lines), problems,
  }
}
