import { type Static, Type } from 'typebox'
import { ChainFault } from './audit.ts'
import { AmountText, CurrencyCode, DataProblem, Day, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'

const AccountNumber = Type.String({ pattern: '^[0-9]{3}[0-9A-Za-z]{0,17}$', examples: ['411000'] })

export const LedgerAccount = Type.Object({ number: AccountNumber, label: Type.String() })
export type LedgerAccount = Static<typeof LedgerAccount>

/** An account of the books (`used`) or one of the chart that may be opened by posting to it. */
export const ChartAccount = Type.Object({ number: AccountNumber, label: Type.String(), used: Type.Boolean() })
export type ChartAccount = Static<typeof ChartAccount>
export const ChartAccountList = Type.Object({ items: Type.Array(ChartAccount) })
export const ChartAccountQuery = Type.Object({ search: Type.Optional(Type.String({ maxLength: 60 })) })

export const Period = Type.Object({ id: Uuid, startsOn: Day, endsOn: Day, status: oneOf(['open', 'locked']) })
export type Period = Static<typeof Period>
export const FiscalYear = Type.Object({ id: Uuid, startsOn: Day, endsOn: Day, status: oneOf(['open', 'closed']), periods: Type.Array(Period) })
export type FiscalYear = Static<typeof FiscalYear>
export const NewFiscalYear = Type.Object({ startsOn: Day, endsOn: Day })
export const Journal = Type.Object({ code: Type.String(), label: Type.String(), imported: Type.Boolean() })
export type Journal = Static<typeof Journal>

export const EntryLine = Type.Object({
  n: Type.Integer(),
  account: AccountNumber,
  accountLabel: Type.String(),
  auxiliary: nullable(Type.Object({ code: Type.String(), name: Type.String() })),
  label: Type.String(),
  debit: AmountText,
  credit: AmountText,
  lettering: nullable(Type.String()),
  letteredOn: nullable(Day),
})
export type EntryLine = Static<typeof EntryLine>

/** A draft has neither number nor rank yet; a validated entry is final. */
export const Entry = Type.Object({
  id: Uuid,
  status: oneOf(['draft', 'validated']),
  number: nullable(Type.String()),
  journal: Type.String(),
  date: Day,
  pieceRef: Type.String(),
  pieceDate: Day,
  label: Type.String(),
  source: oneOf(['manual', 'invoice', 'bank', 'match', 'import', 'opening', 'reversal']),
  sourceId: nullable(Uuid),
  reversesId: nullable(Uuid),
  reversedById: nullable(Uuid),
  validatedOn: nullable(Day),
  currency: CurrencyCode,
  total: AmountText,
  lines: Type.Array(EntryLine),
})
export type Entry = Static<typeof Entry>
export const EntryPage = page(Entry)
export const EntryQuery = Type.Object({
  ...PageQuery,
  from: Type.Optional(Day), to: Type.Optional(Day), journal: Type.Optional(Type.String({ maxLength: 20 })),
  status: Type.Optional(oneOf(['draft', 'validated'])), search: Type.Optional(Type.String({ maxLength: 100 })),
})
export type EntryQuery = Static<typeof EntryQuery>

export const NewEntry = Type.Object({
  journal: Type.String({ minLength: 1, maxLength: 20 }),
  date: Day,
  pieceRef: Type.String({ minLength: 1, maxLength: 60 }),
  pieceDate: Type.Optional(Day),
  label: Type.String({ minLength: 1, maxLength: 200 }),
  lines: Type.Array(Type.Object({
    account: AccountNumber,
    auxiliary: Type.Optional(nullable(Type.Object({ code: Type.String({ minLength: 1, maxLength: 40 }), name: Type.String({ minLength: 1, maxLength: 200 }) }))),
    label: Type.Optional(Type.String({ maxLength: 200 })),
    debit: Type.Optional(AmountText),
    credit: Type.Optional(AmountText),
  }), { minItems: 1, maxItems: 500 }),
})
export type NewEntry = Static<typeof NewEntry>
export const Reversal = Type.Object({ date: Type.Optional(Day), label: Type.Optional(Type.String({ maxLength: 200 })) })

export const BalanceRow = Type.Object({
  account: AccountNumber, label: Type.String(),
  openingDebit: AmountText, openingCredit: AmountText,
  debit: AmountText, credit: AmountText,
  balance: Type.String({ description: 'Debit minus credit, opening included.' }),
})
export type BalanceRow = Static<typeof BalanceRow>
export const TrialBalance = Type.Object({
  fiscalYearId: Uuid, from: Day, to: Day, currency: CurrencyCode,
  rows: Type.Array(BalanceRow),
  totals: Type.Object({ openingDebit: AmountText, openingCredit: AmountText, debit: AmountText, credit: AmountText }),
  result: Type.String({ description: 'Profit (positive) or loss over classes 6 and 7.' }),
})
export type TrialBalance = Static<typeof TrialBalance>
export const BalanceQuery = Type.Object({ fiscalYearId: Type.Optional(Uuid), to: Type.Optional(Day) })

/** One line of an account's page, with the balance after it. */
export const AccountLine = Type.Object({
  entryId: Uuid, entryNumber: Type.String(), n: Type.Integer(), date: Day, journal: Type.String(), pieceRef: Type.String(), label: Type.String(),
  auxiliary: nullable(Type.Object({ code: Type.String(), name: Type.String() })),
  debit: AmountText, credit: AmountText, balance: Type.String(), lettering: nullable(Type.String()),
})
export type AccountLine = Static<typeof AccountLine>
export const AccountPage = Type.Object({
  account: LedgerAccount, currency: CurrencyCode, opening: Type.String({ description: 'Balance before the first line of this page.' }),
  items: Type.Array(AccountLine), next: nullable(Type.String()),
})
export type AccountPage = Static<typeof AccountPage>
export const AccountLinesQuery = Type.Object({ ...PageQuery, fiscalYearId: Type.Optional(Uuid), auxiliary: Type.Optional(Type.String({ maxLength: 40 })), unlettered: Type.Optional(Type.Boolean()) })
export type AccountLinesQuery = Static<typeof AccountLinesQuery>
export const AccountParams = Type.Object({ number: AccountNumber })

export const FecQuery = Type.Object({
  fiscalYearId: Type.Optional(Uuid),
  separator: Type.Optional(oneOf(['pipe', 'tab'])),
  encoding: Type.Optional(oneOf(['utf-8', 'iso-8859-15'])),
})
export const FecImportQuery = Type.Object({ dryRun: Type.Optional(Type.Boolean({ default: false, description: 'Check the file and store nothing.' })) })
export const FecImportResult = Type.Object({
  dryRun: Type.Boolean(), committed: Type.Boolean(), fiscalYear: nullable(Type.Object({ startsOn: Day, endsOn: Day })),
  lines: Type.Integer(), entries: Type.Integer(), debit: AmountText, credit: AmountText,
  problems: Type.Array(DataProblem),
})
export type FecImportResult = Static<typeof FecImportResult>

/** What a verification of the books found: the chain of fingerprints, and the monthly balances against the lines. */
export const LedgerCheck = Type.Object({
  entries: Type.Integer(), intact: Type.Boolean(),
  brokenAt: nullable(Type.Object({ entryId: Uuid, number: Type.String(), date: Day })),
  fault: nullable(ChainFault),
  sentence: nullable(Type.String({ description: 'Where the chain breaks and why, in the language of the request.' })),
  balancesMatch: Type.Boolean(), accountsAtFault: Type.Array(Type.String()),
})
export type LedgerCheck = Static<typeof LedgerCheck>
