import type {
  AccountLine as AccountLineJson, Entry as EntryJson, EntryLine as EntryLineJson, FecImportResult, FiscalYear as FiscalYearJson, LedgerCheck, TrialBalance as TrialBalanceJson,
} from '../../../contract/ledger.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import type { Locale } from '../../../core/kernel/problem.ts'
import { formatAmount, sum } from '../../../core/kernel/money.ts'
import { presentProblem } from '../../platform/http/present-problem.ts'
import { faultSentence } from '../audit/index.ts'
import type { AccountLineRow } from './account-store.ts'
import type { FiscalYearRow } from './books-store.ts'
import type { LedgerVerdict } from './check-ledger.ts'
import type { EntryView } from './entries.ts'
import type { LineRow } from './entry-store.ts'
import type { FecImport } from './fec-import.ts'
import type { BooksBalance } from './trial-balance.ts'

export function presentFiscalYear(year: FiscalYearRow): FiscalYearJson {
  return { ...year, periods: year.periods.map((period) => ({ ...period })) }
}

function presentAuxiliary(line: { readonly auxCode: string | null; readonly auxLabel: string | null }): { code: string; name: string } | null {
  return line.auxCode === null ? null : { code: line.auxCode, name: line.auxLabel ?? '' }
}

function presentLine(line: LineRow, currency: Currency): EntryLineJson {
  return {
    n: line.n, account: line.account, accountLabel: line.accountLabel, auxiliary: presentAuxiliary(line), label: line.label,
    debit: formatAmount(line.debit, currency), credit: formatAmount(line.credit, currency), lettering: line.lettering, letteredOn: line.letteredOn,
  }
}

/** A draft or a validated entry as the API tells it. */
export function presentEntry(view: EntryView, currency: Currency): EntryJson {
  if (view.status === 'validated') {
    const { entry, lines } = view
    return {
      id: entry.id, status: 'validated', number: entry.number, journal: entry.journal, date: entry.date, pieceRef: entry.pieceRef, pieceDate: entry.pieceDate,
      label: entry.label, source: entry.source, sourceId: entry.sourceId, reversesId: entry.reversesId, reversedById: entry.reversedById, validatedOn: entry.validatedOn,
      currency, total: formatAmount(sum(lines.map((line) => line.debit)), currency), lines: lines.map((line) => presentLine(line, currency)),
    }
  }
  const { draft, accountLabels } = view
  return {
    id: draft.id, status: 'draft', number: null, journal: draft.journal, date: draft.date, pieceRef: draft.pieceRef, pieceDate: draft.pieceDate, label: draft.label,
    source: 'manual', sourceId: null, reversesId: null, reversedById: null, validatedOn: null, currency,
    total: formatAmount(sum(draft.lines.map((line) => line.debit)), currency),
    lines: draft.lines.map((line, index) => ({
      n: index + 1, account: line.account, accountLabel: accountLabels.get(line.account) ?? line.account, auxiliary: line.auxiliary && { ...line.auxiliary }, label: line.label,
      debit: formatAmount(line.debit, currency), credit: formatAmount(line.credit, currency), lettering: null, letteredOn: null,
    })),
  }
}

/** A trial balance as the API tells it. */
export function presentTrialBalance(books: BooksBalance, currency: Currency): TrialBalanceJson {
  const { accounts, result } = books.balance
  const text = (minor: bigint) => formatAmount(minor, currency)
  const total = (of: 'openingDebit' | 'openingCredit' | 'debit' | 'credit') => text(sum(accounts.map((account) => account[of])))
  return {
    fiscalYearId: books.fiscalYearId, from: books.from, to: books.to, currency,
    rows: accounts.map((row) => ({
      account: row.account, label: row.label, openingDebit: text(row.openingDebit), openingCredit: text(row.openingCredit),
      debit: text(row.debit), credit: text(row.credit), balance: text(row.balance),
    })),
    totals: { openingDebit: total('openingDebit'), openingCredit: total('openingCredit'), debit: total('debit'), credit: total('credit') },
    result: text(result),
  }
}

/** A line of an account's page. */
export function presentAccountLine(line: AccountLineRow & { readonly balance: bigint }, currency: Currency): AccountLineJson {
  const { seq: _seq, auxCode, auxLabel, debit, credit, balance, ...rest } = line
  return { ...rest, auxiliary: presentAuxiliary({ auxCode, auxLabel }), debit: formatAmount(debit, currency), credit: formatAmount(credit, currency), balance: formatAmount(balance, currency) }
}

/** What became of an imported FEC, its problems in the reader's language. */
export function presentFecImport(result: FecImport, currency: Currency, locale: Locale): FecImportResult {
  const { report } = result
  return {
    dryRun: result.dryRun, committed: result.committed, fiscalYear: result.fiscalYear && { ...result.fiscalYear }, lines: report.lines, entries: report.entries,
    debit: formatAmount(report.debit, currency), credit: formatAmount(report.credit, currency), problems: result.problems.map((problem) => presentProblem(problem, locale)),
  }
}

/** A verification of the books, its break told in the reader's language. */
export function presentCheck(verdict: LedgerVerdict, locale: Locale): LedgerCheck {
  const { brokenAt: at } = verdict
  const isThere = at !== null && at.fault !== 'row-missing'
  const sentence = at && faultSentence(at.fault, isThere
    ? { fr: `l'écriture ${at.number} du ${at.date} (rang ${at.seq})`, en: `entry ${at.number} of ${at.date} (rank ${at.seq})` }
    : { fr: `l'écriture de rang ${at.seq}`, en: `the entry of rank ${at.seq}` })
  return {
    entries: verdict.entries, intact: at === null, brokenAt: at && { entryId: at.entryId, number: at.number, date: at.date },
    fault: at?.fault ?? null, sentence: sentence?.[locale] ?? null,
    balancesMatch: verdict.accountsAtFault.length === 0, accountsAtFault: [...verdict.accountsAtFault],
  }
}
