import type { AccountBalance, AccountContinuity, AccountSummary, SuspiciousPage, Transfer, TransferSuggestionList } from '../../../../contract/banking.ts'
import type { CoverageGap } from '../../../../core/bank/coverage.ts'
import { formatAmount, money, toJson } from '../../../../core/kernel/money.ts'
import type { Locale, Text } from '../../../../core/kernel/problem.ts'
import type { Static } from 'typebox'
import type { BalanceView, ContinuityView, SummaryView } from './balance.ts'
import { presentLine } from '../lines/present.ts'
import type { SuspiciousRow } from '../landing/suspicious-store.ts'
import type { Suggestion, TransferView } from '../transfers/transfers.ts'

/** A balance as the API tells it. */
export function presentBalance({ account, on, balance, days }: BalanceView): AccountBalance {
  const amount = (minor: bigint) => toJson(money(minor, account.currency))
  return {
    accountId: account.id, on, balance: amount(balance), pending: amount(account.pendingAmount),
    days: days.map((day) => ({ on: day.on, balance: amount(day.balance), in: amount(day.movedIn), out: amount(day.movedOut), stated: day.stated === null ? null : amount(day.stated) })),
  }
}

/** A summary as the API tells it. */
export function presentSummary({ account, months, last, continuity, onHold }: SummaryView): AccountSummary {
  const amount = (minor: bigint) => toJson(money(minor, account.currency))
  return {
    accountId: account.id, balance: amount(account.balance),
    months: months.map(({ month, movedIn, movedOut, closing, lineCount }) => ({ month, in: amount(movedIn), out: amount(movedOut), net: amount(movedIn + movedOut), closing: amount(closing), lineCount })),
    lastStatement: last && { ...last, closing: last.closing === null ? null : amount(last.closing) }, continuity,
    toTreat: account.toTreat, pending: account.pendingCount, suspicious: account.suspicious, onHold,
  }
}

/** What a gap is, in words. */
function because({ kind, from, to, difference }: CoverageGap, amount: (minor: bigint) => string): Text {
  const days = { fr: from === to ? `le ${from}` : `du ${from} au ${to}`, en: from === to ? `on ${from}` : `from ${from} to ${to}` }
  switch (kind) {
    case 'missing':
      return difference === null
        ? { fr: `Aucun relevé ne couvre ${days.fr}. Demandez-le à la banque.`, en: `No statement covers ${days.en}. Ask the bank for it.` }
        : { fr: `Il manque un relevé ${days.fr} : le solde a varié de ${amount(difference)} entre les deux.`, en: `A statement is missing ${days.en}: the balance moved by ${amount(difference)} between the two.` }
    case 'broken_link':
      return { fr: `Le relevé qui commence ${days.fr} ne s'ouvre pas au solde de clôture du précédent (écart de ${amount(difference ?? 0n)}).`, en: `The statement that starts ${days.en} does not open at the closing balance of the one before (difference of ${amount(difference ?? 0n)}).` }
    case 'broken_statement':
      return { fr: `Les opérations du relevé ${days.fr} ne mènent pas de l'ouverture à la clôture (écart de ${amount(difference ?? 0n)}).`, en: `The lines of the statement ${days.en} do not lead from its opening to its closing (difference of ${amount(difference ?? 0n)}).` }
  }
}

/** The calendar of an account as the API tells it. */
export function presentContinuity({ account, from, to, firstOn, lastOn, days, months, gaps, importOf }: ContinuityView, locale: Locale): AccountContinuity {
  const amount = (minor: bigint | null) => (minor === null ? null : toJson(money(minor, account.currency)))
  const words = (minor: bigint) => `${formatAmount(minor, account.currency)} ${account.currency}`
  return {
    accountId: account.id, from, to, firstOn, lastOn, days: [...days], months: [...months],
    gaps: gaps.map((gap) => ({
      kind: gap.kind, from: gap.from, to: gap.to, expected: amount(gap.expected), found: amount(gap.found), difference: amount(gap.difference), because: because(gap, words)[locale],
      importId: gap.statementId === null ? null : importOf.get(gap.statementId) ?? null,
    })),
  }
}

/** A doubtful line as the API tells it. */
export function presentSuspicious(row: SuspiciousRow, locale: Locale): Static<typeof SuspiciousPage>['items'][number] {
  const amount = (minor: bigint) => toJson(money(minor, row.currency))
  return {
    id: row.id, accountId: row.accountId, importId: row.importId, bookedOn: row.bookedOn, valueOn: row.valueOn, amount: amount(row.amount), label: row.label, because: row.because[locale], at: row.at,
    resembles: row.like && { id: row.like.id, bookedOn: row.like.bookedOn, amount: amount(row.like.amount), label: row.like.label },
  }
}

/** A transfer as the API tells it. */
export function presentTransfer(transfer: TransferView, locale: Locale): Static<typeof Transfer> {
  return { id: transfer.id, out: presentLine(transfer.out), in: presentLine(transfer.in), at: transfer.at, automatic: transfer.automatic, reasons: transfer.reasons.map((reason) => reason[locale]), posted: transfer.outEntryId !== null }
}

/** A proposed pair as the API tells it. */
export function presentSuggestion(pair: Suggestion, locale: Locale): Static<typeof TransferSuggestionList>['items'][number] {
  return { out: presentLine(pair.out), in: presentLine(pair.in), reasons: pair.reasons.map((reason) => reason[locale]), ambiguous: pair.ambiguous }
}
