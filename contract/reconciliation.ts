import { type Static, Type } from 'typebox'
import { BankLine } from './banking.ts'
import { AmountText, Day, Instant, Money, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'

const Reason = Type.Object({ code: Type.String(), text: Type.String({ description: 'In the language of the request.' }) })
const ProposedAllocation = Type.Object({ invoiceId: Uuid, number: Type.String(), customerName: Type.String(), issuedOn: Day, dueOn: Day, open: Money, amount: Money })

export const Proposal = Type.Object({
  score: Type.Integer({ minimum: 0, maximum: 100, description: 'Calibrated: 90 means that nine such proposals in ten are right.' }),
  automatic: Type.Boolean(),
  reasons: Type.Array(Reason),
  allocations: Type.Array(ProposedAllocation),
  residual: nullable(Type.Object({ kind: oneOf(['bank_fee', 'discount', 'rounding', 'overpayment']), amount: Money, account: Type.String() })),
})
export type Proposal = Static<typeof Proposal>

/** A bank line to treat, and what could explain it, best first. */
export const Suggestion = Type.Object({ line: BankLine, proposals: Type.Array(Proposal) })
export type Suggestion = Static<typeof Suggestion>
export const SuggestionPage = page(Suggestion)
export const SuggestionQuery = Type.Object({ ...PageQuery, lineId: Type.Optional(Uuid), accountId: Type.Optional(Uuid), onlyWithProposal: Type.Optional(Type.Boolean()) })
export type SuggestionQuery = Static<typeof SuggestionQuery>

export const NewMatch = Type.Object({
  lineId: Uuid,
  allocations: Type.Array(Type.Object({ invoiceId: Uuid, amount: AmountText }), { maxItems: 100, description: 'Empty when the line has no invoice: the residual then names the account it goes to.' }),
  residual: Type.Optional(nullable(Type.Object({ amount: AmountText, account: Type.String({ pattern: '^[0-9]{3}[0-9A-Za-z]*$' }) }))),
})
export type NewMatch = Static<typeof NewMatch>

export const Match = Type.Object({
  id: Uuid, status: oneOf(['active', 'undone']), lineId: Uuid, lineLabel: Type.String(), bookedOn: Day, lineAmount: Money,
  score: nullable(Type.Integer()), automatic: Type.Boolean(), reasons: Type.Array(Reason),
  allocations: Type.Array(Type.Object({ invoiceId: Uuid, number: Type.String(), customerName: Type.String(), amount: Money, vatReleased: Money })),
  residual: nullable(Type.Object({ amount: Money, account: Type.String() })),
  entryId: Uuid, undoEntryId: nullable(Uuid), createdAt: Instant, undoneAt: nullable(Instant),
})
export type Match = Static<typeof Match>
export const MatchPage = page(Match)
export const MatchQuery = Type.Object({ ...PageQuery, status: Type.Optional(oneOf(['active', 'undone'])), invoiceId: Type.Optional(Uuid), lineId: Type.Optional(Uuid) })
export type MatchQuery = Static<typeof MatchQuery>
export const AutomaticResult = Type.Object({
  items: Type.Array(Match, { description: 'What was accepted. Each one can be undone.' }),
  isComplete: Type.Boolean({ description: 'False when the limit of one call was reached: call again.' }),
})
export type AutomaticResult = Static<typeof AutomaticResult>
export const NewRefusal = Type.Object({ lineId: Uuid, invoiceId: Uuid })

/** The four figures and the list of the home page. */
export const Summary = Type.Object({
  on: Day,
  cash: Type.Object({ total: Money, accounts: Type.Integer() }),
  unpaidLate: Type.Object({ total: Money, invoices: Type.Integer(), customers: Type.Integer() }),
  open: Type.Object({ total: Money, invoices: Type.Integer() }),
  vatToSetAside: Money,
  cashHistory: Type.Array(Type.Object({ on: Day, balance: AmountText }), { description: 'End-of-day balance of the last 90 days.' }),
  toDo: Type.Array(Type.Object({
    kind: oneOf(['bank_lines', 'suggestions', 'late_invoices', 'draft_invoices', 'draft_entries', 'broken_statements', 'suspicious_lines', 'held_lines', 'uncategorised_lines', 'budget_overruns', 'first_bank_file', 'first_invoice']),
    count: Type.Integer(), total: nullable(Money), oldestOn: nullable(Day),
  })),
})
export type Summary = Static<typeof Summary>
