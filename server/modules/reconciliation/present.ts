import type { Match as MatchJson, Suggestion as SuggestionJson } from '../../../contract/reconciliation.ts'
import { money, toJson } from '../../../core/kernel/money.ts'
import type { Locale } from '../../../core/kernel/problem.ts'
import { presentLine } from '../banking/index.ts'
import type { LineSuggestion } from './suggestions.ts'
import type { MatchReason, MatchView } from './types.ts'

function presentReasons(reasons: readonly MatchReason[], locale: Locale): { code: string; text: string }[] {
  return reasons.map(({ code, text }) => ({ code, text: text[locale] }))
}

function scoreOf(confidence: number): number {
  return Math.round(confidence * 100)
}

/** A line and its proposals, in the reader's language. */
export function presentSuggestion({ line, proposals }: LineSuggestion, locale: Locale): SuggestionJson {
  const amount = (minor: bigint) => toJson(money(minor, line.currency))
  return {
    line: presentLine(line),
    proposals: proposals.map((proposal) => ({
      score: scoreOf(proposal.confidence), automatic: proposal.automatic, reasons: presentReasons(proposal.reasons, locale),
      allocations: proposal.allocations.map(({ invoice, customerName, amount: minor }) => ({
        invoiceId: invoice.id, number: invoice.number, customerName, issuedOn: invoice.issuedOn, dueOn: invoice.dueOn, open: amount(invoice.open), amount: amount(minor),
      })),
      residual: proposal.residual && { kind: proposal.residual.kind, amount: amount(proposal.residual.amount), account: proposal.residual.account },
    })),
  }
}

/** A match, in the reader's language. */
export function presentMatch(match: MatchView, locale: Locale): MatchJson {
  const amount = (minor: bigint) => toJson(money(minor, match.currency))
  return {
    id: match.id, status: match.status, lineId: match.lineId, lineLabel: match.lineLabel, bookedOn: match.bookedOn, lineAmount: amount(match.lineAmount),
    score: match.confidence === null ? null : scoreOf(Number(match.confidence)), automatic: match.automatic, reasons: presentReasons(match.reasons, locale),
    allocations: match.allocations.map((part) => ({ invoiceId: part.invoiceId, number: part.number, customerName: part.customerName, amount: amount(part.amount), vatReleased: amount(part.vatReleased) })),
    residual: match.residualAccount === null ? null : { amount: amount(match.residual), account: match.residualAccount },
    entryId: match.entryId, undoEntryId: match.undoEntryId, createdAt: match.createdAt, undoneAt: match.undoneAt,
  }
}
