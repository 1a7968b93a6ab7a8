import { type Static, Type } from 'typebox'
import type { CsvProfile, MappingSuggestion } from '../core/bank/mapping.ts'
import { AmountText, CurrencyCode, DataProblem, Day, Instant, Money, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'

export const Continuity = oneOf(['proven', 'broken', 'unknown'], 'proven: opening + lines = closing. broken: it is not. unknown: the file does not give both.')

/** A bank, or whoever holds an account. Its logo is two initials on a colour: no picture is fetched from anywhere. */
export const Institution = Type.Object({
  id: Uuid, name: Type.String(), bic: nullable(Type.String()), bankCode: nullable(Type.String({ description: 'The five digits of a French bank.' })),
  initials: Type.String(), colour: Type.String({ pattern: '^#[0-9a-f]{6}$' }),
  connection: oneOf(['none', 'connected', 'expiring', 'expired', 'revoked'], 'none: it is read from files or by hand.'),
})
export type Institution = Static<typeof Institution>
export const InstitutionList = Type.Object({ items: Type.Array(Institution) })
export const NewInstitution = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  bic: Type.Optional(nullable(Type.String({ maxLength: 11 }))),
  bankCode: Type.Optional(nullable(Type.String({ pattern: '^\\d{5}$' }))),
})
export type NewInstitution = Static<typeof NewInstitution>

export const AccountType = oneOf(['current', 'savings', 'card', 'loan', 'cash', 'provider'], 'provider: a payment provider such as a card processor.')
export type AccountType = Static<typeof AccountType>

export const BankAccount = Type.Object({
  id: Uuid, name: Type.String(), iban: nullable(Type.String()), bankWriting: nullable(Type.String()), currency: CurrencyCode,
  ledgerAccount: Type.String(), suspenseAccount: Type.String(), version: Type.Integer(),
  type: AccountType,
  institution: nullable(Institution),
  manual: Type.Boolean({ description: 'Its lines are written by hand: no file is awaited.' }),
  archivedOn: nullable(Day),
  postsEntries: Type.Boolean({ description: 'False when it is kept in another currency than the books and no rate is known: its lines are stored and listed, and not posted.' }),
  balance: Money, pending: Type.Object({ count: Type.Integer(), amount: Money }, { description: 'Lines the bank announces and has not booked; not part of the balance.' }),
  lineCount: Type.Integer(), toTreat: Type.Integer(), suspicious: Type.Integer({ description: 'Lines that wait for a person to say whether they are new.' }), lastLineOn: nullable(Day),
  statedBalance: nullable(Type.Object({ on: Day, balance: Money, agrees: Type.Boolean({ description: 'Our balance on that day equals the bank\'s.' }) })),
})
export type BankAccount = Static<typeof BankAccount>
export const NewBankAccount = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  iban: Type.Optional(nullable(Type.String({ maxLength: 42 }))),
  bankWriting: Type.Optional(nullable(Type.String({ maxLength: 60 }))),
  type: Type.Optional(AccountType),
  currency: Type.Optional(CurrencyCode),
  institutionId: Type.Optional(nullable(Uuid)),
  manual: Type.Optional(Type.Boolean()),
  opening: Type.Optional(nullable(Type.Object({ on: Day, amount: AmountText }, { description: 'What it held at the end of that day, where no statement says it.' }))),
})
export type NewBankAccount = Static<typeof NewBankAccount>
export const BankAccountList = Type.Object({ items: Type.Array(BankAccount) })
export const BankAccountQuery = Type.Object({ archived: Type.Optional(oneOf(['no', 'yes', 'all'], 'Archived accounts are left out unless asked for.')) })
/** The type and the currency of an account never change: its ledger account is of that kind. */
export const BankAccountPatch = Type.Object({
  ...Type.Partial(Type.Pick(NewBankAccount, ['name', 'iban', 'bankWriting', 'institutionId', 'manual', 'opening'])).properties,
  archived: Type.Optional(Type.Boolean()),
})
export type BankAccountPatch = Static<typeof BankAccountPatch>
export const BankAccountPut = Type.Pick(NewBankAccount, ['name', 'iban', 'bankWriting', 'institutionId', 'manual', 'opening'])
export type BankAccountPut = Static<typeof BankAccountPut>
export const BankAccountRemoved = Type.Object({ outcome: oneOf(['deleted', 'archived'], 'deleted: it was empty. archived: it holds lines, which stay.') })

export const BalanceQuery = Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) })
/** The balance of an account: at the end of today, and day by day when a range is asked for. */
export const AccountBalance = Type.Object({
  accountId: Uuid, on: Day, balance: Money, pending: Money,
  days: Type.Array(Type.Object({ on: Day, balance: Money, in: Money, out: Money, stated: nullable(Money) }), { description: 'One per day of the range, at most 1,100; empty without `from`. `stated` is what the bank says for the end of that day.' }),
})
export type AccountBalance = Static<typeof AccountBalance>
export const AccountSummary = Type.Object({
  accountId: Uuid, balance: Money,
  months: Type.Array(Type.Object({ month: Type.String({ pattern: '^\\d{4}-\\d{2}$' }), in: Money, out: Money, net: Money, closing: Money, lineCount: Type.Integer() }), { description: 'The last 24 months that hold lines, latest first. `out` is negative.' }),
  lastStatement: nullable(Type.Object({ importId: Uuid, from: nullable(Day), to: nullable(Day), closing: nullable(Money), continuity: Continuity })),
  continuity: Type.Object({ proven: Type.Integer(), broken: Type.Integer(), missing: Type.Integer() }, { description: 'Days in each state since the first statement.' }),
  toTreat: Type.Integer(), pending: Type.Integer(), suspicious: Type.Integer(), onHold: Type.Integer(),
})
export type AccountSummary = Static<typeof AccountSummary>

export const DayState = oneOf(['proven', 'covered', 'broken', 'missing', 'outside'],
  'proven: a statement covers it and its balances hold. covered: lines or a statement without both balances. broken: its statement, or the link to the one before, does not hold. missing: between two statements and in none. outside: before the first or after the last.')
export const AccountContinuity = Type.Object({
  accountId: Uuid, from: Day, to: Day, firstOn: nullable(Day), lastOn: nullable(Day),
  days: Type.Array(Type.Object({ on: Day, state: DayState, lineCount: Type.Integer() }), { description: 'One per day of the range, at most 1,100.' }),
  months: Type.Array(Type.Object({ month: Type.String(), state: DayState, missingDays: Type.Integer(), lineCount: Type.Integer() }), { description: 'The worst state of its days.' }),
  gaps: Type.Array(Type.Object({
    kind: oneOf(['missing', 'broken_link', 'broken_statement']), from: Day, to: Day, expected: nullable(Money), found: nullable(Money), difference: nullable(Money),
    because: Type.String({ description: 'In the language of the request.' }), importId: nullable(Uuid),
  })),
})
export type AccountContinuity = Static<typeof AccountContinuity>

const Named = Type.Object({ id: Uuid, name: Type.String() })
export const BankLine = Type.Object({
  id: Uuid, accountId: Uuid, bookedOn: Day, valueOn: nullable(Day), amount: Money, label: Type.String(), reference: nullable(Type.String()),
  counterparty: Type.Object({ name: nullable(Type.String()), iban: nullable(Type.String()) }),
  status: oneOf(['booked', 'pending'], 'pending: announced by the bank. It is shown, never posted, and replaced by its booked line.'),
  state: oneOf(['posting', 'to_treat', 'part_treated', 'treated', 'not_posted'], 'posting: its entry is being made. not_posted: it is pending, or in a currency for which no rate is known.'),
  toTreat: Money,
  entryId: nullable(Uuid),
  importId: Uuid,
  category: nullable(Type.Object({ id: Uuid, name: Type.String(), source: oneOf(['manual', 'rule', 'model', 'memory']), confidence: nullable(Type.Number()) })),
  isSplit: Type.Boolean(),
  merchant: nullable(Named),
  note: nullable(Type.String()),
  hold: nullable(Type.Object({
    question: Type.String(), by: nullable(Named), at: Instant, askedOf: nullable(Named),
    answer: nullable(Type.Object({ text: Type.String(), by: nullable(Named), at: Instant })),
  }, { description: 'Set aside with a question to a colleague. Released, it is null again.' })),
  transferId: nullable(Uuid),
})
export type BankLine = Static<typeof BankLine>
export const BankLinePage = page(BankLine)
/** What narrows a list of lines; exports take the same. The amounts are compared without their sign. */
export const LINE_FILTER = {
  accountId: Type.Optional(Uuid), state: Type.Optional(oneOf(['posting', 'to_treat', 'treated'])), importId: Type.Optional(Uuid),
  from: Type.Optional(Day), to: Type.Optional(Day), search: Type.Optional(Type.String({ maxLength: 100 })),
  status: Type.Optional(oneOf(['booked', 'pending'])),
  categoryId: Type.Optional(Type.String({ format: 'uuid', description: 'With the categories below it.' })),
  uncategorised: Type.Optional(Type.Boolean()),
  merchantId: Type.Optional(Uuid),
  withoutMerchant: Type.Optional(Type.Boolean()),
  currency: Type.Optional(CurrencyCode),
  flow: Type.Optional(oneOf(['income', 'spending', 'transfer', 'counted'], 'What budgets and analyses take the line for, by its category. counted: income or spending, of accounts in use unless one is named. transfer: neither.')),
  direction: Type.Optional(oneOf(['in', 'out'])),
  minAmount: Type.Optional(AmountText), maxAmount: Type.Optional(AmountText),
  hold: Type.Optional(oneOf(['any', 'mine', 'none'], 'mine: a question is put to me.')),
  transfer: Type.Optional(Type.Boolean()),
}
export const BankLineQuery = Type.Object({ ...PageQuery, ...LINE_FILTER })
export type BankLineQuery = Static<typeof BankLineQuery>
export const LineExportQuery = Type.Object({ ...LINE_FILTER, format: Type.Optional(oneOf(['csv', 'xlsx'])) })
/** A line written by hand, in an account kept by hand. */
export const NewBankLine = Type.Object({
  accountId: Uuid, bookedOn: Day, valueOn: Type.Optional(nullable(Day)), amount: AmountText, label: Type.String({ minLength: 1, maxLength: 500 }),
  reference: Type.Optional(nullable(Type.String({ maxLength: 140 }))), counterpartyName: Type.Optional(nullable(Type.String({ maxLength: 140 }))), note: Type.Optional(nullable(Type.String({ maxLength: 2000 }))),
})
export type NewBankLine = Static<typeof NewBankLine>
export const NewHold = Type.Object({ question: Type.String({ minLength: 1, maxLength: 1000 }), askedOf: Type.Optional(nullable(Uuid)) })
export type NewHold = Static<typeof NewHold>
export const HoldAnswer = Type.Object({ text: Type.String({ minLength: 1, maxLength: 2000 }) })

/** A delivered line that resembles one that is known, with no proof that it repeats it. */
export const SuspiciousLine = Type.Object({
  id: Uuid, accountId: Uuid, importId: nullable(Uuid), bookedOn: Day, valueOn: nullable(Day), amount: Money, label: Type.String(), because: Type.String(), at: Instant,
  resembles: nullable(Type.Object({ id: Uuid, bookedOn: Day, amount: Money, label: Type.String() })),
})
export const SuspiciousPage = page(SuspiciousLine)
export const DecideSuspicious = Type.Object({ decisions: Type.Array(Type.Object({ id: Uuid, action: oneOf(['take', 'skip']) }), { minItems: 1, maxItems: 500 }) })
export type DecideSuspicious = Static<typeof DecideSuspicious>
export const SuspiciousDecided = Type.Object({ taken: Type.Integer(), skipped: Type.Integer() })

/** Money moved between two accounts of the company: two lines that explain each other. */
export const Transfer = Type.Object({
  id: Uuid, out: BankLine, in: BankLine, at: Instant, automatic: Type.Boolean(), reasons: Type.Array(Type.String()),
  posted: Type.Boolean({ description: 'Its entries are made: both lines are treated.' }),
})
export const TransferPage = page(Transfer)
export const TransferSuggestion = Type.Object({ out: BankLine, in: BankLine, reasons: Type.Array(Type.String()), ambiguous: Type.Boolean({ description: 'Another line would fit as well.' }) })
export const TransferSuggestionList = Type.Object({ items: Type.Array(TransferSuggestion) })
export const NewTransfer = Type.Object({ outLineId: Uuid, inLineId: Uuid })
export type NewTransfer = Static<typeof NewTransfer>

/** How a CSV file or a sheet is read: the shape is that of core/bank/mapping.ts, checked field by field. */
export const CsvProfileJson = Type.Unsafe<CsvProfile>({ type: 'object', additionalProperties: true, required: ['name', 'title'], description: 'A CSV profile: what the columns hold, and how dates and amounts are written. Columns are named by title, or by rank from 1.' })
export const MappingSuggestionJson = Type.Unsafe<MappingSuggestion>({ type: 'object', additionalProperties: true, description: 'How the file seems to be read: columns with examples and confidence, and the same as a profile to edit.' })
export const TryMapping = Type.Object({ profile: Type.Optional(nullable(CsvProfileJson)), profileId: Type.Optional(Uuid), named: Type.Optional(Type.String({ maxLength: 80, description: 'The name of a shipped profile.' })) }, { description: 'One of the three; none reads the file as it speaks for itself.' })
export type TryMapping = Static<typeof TryMapping>
export const ImportProfile = Type.Object({ id: Uuid, name: Type.String(), profile: CsvProfileJson, createdAt: Instant })
export type ImportProfile = Static<typeof ImportProfile>
export const ImportProfileList = Type.Object({ items: Type.Array(ImportProfile), shipped: Type.Array(Type.Object({ name: Type.String(), title: Type.String() })) })
export const NewImportProfile = Type.Object({ name: Type.String({ minLength: 1, maxLength: 80 }), profile: CsvProfileJson })
export type NewImportProfile = Static<typeof NewImportProfile>

const FieldEvidence = Type.Object({
  field: oneOf(['bookedOn', 'valueOn', 'amount', 'label']), text: Type.String(), confidence: Type.Number({ minimum: 0, maximum: 1 }),
  place: Type.Object({ page: Type.Integer({ minimum: 1 }), x: Type.Number(), y: Type.Number(), width: Type.Number(), height: Type.Number() }, { description: 'In points from the upper left corner of the page.' }),
})

const PreviewLine = Type.Object({
  position: Type.Integer(), bookedOn: Day, amount: Money, label: Type.String(),
  status: oneOf(['booked', 'pending']),
  verdict: oneOf(['new', 'known', 'suspicious']),
  removed: Type.Boolean({ description: 'It is known because a person removed it; it stays away unless taken by `takeRemoved`.' }),
  because: Type.String({ description: 'Why, in words, in the language of the request.' }),
  evidence: Type.Optional(Type.Array(FieldEvidence, { description: 'For a PDF: where the page shows each field, and how sure its reading is.' })),
})

/** A file as it was understood: nothing is taken until it is committed. */
export const BankImport = Type.Object({
  id: Uuid, status: oneOf(['previewed', 'committed', 'undone']), fileName: Type.String(), format: Type.String(),
  uploadedAt: Instant, committedAt: nullable(Instant), undoneAt: nullable(Instant),
  account: Type.Object({ id: nullable(Uuid), name: nullable(Type.String()), iban: nullable(Type.String()), bankWriting: nullable(Type.String()), currency: nullable(CurrencyCode) }, { description: 'The account the file names; id is null when it is not known yet, and everything is null when the file holds several accounts.' }),
  statements: Type.Array(Type.Object({
    openingOn: nullable(Day), opening: nullable(Money), closingOn: nullable(Day), closing: nullable(Money), lineCount: Type.Integer(), continuity: Continuity,
    gap: nullable(Money),
  })),
  counts: Type.Object({ new: Type.Integer(), known: Type.Integer(), suspicious: Type.Integer(), posted: Type.Integer(), pending: Type.Integer(), updated: Type.Integer({ description: 'Pending lines that this file books.' }) }),
  problems: Type.Array(DataProblem),
  lines: Type.Array(PreviewLine, { description: 'The first 500 lines.' }),
  mapping: nullable(Type.Object({ suggestion: nullable(MappingSuggestionJson), profile: nullable(CsvProfileJson) }, { description: 'For a CSV file or a sheet that waits to be committed: how its columns seem to be read, and the profile it is read with.' })),
  undo: Type.Object({ possible: Type.Boolean(), because: nullable(Type.String({ description: 'What stands in the way, in words.' })) }),
})
export type BankImport = Static<typeof BankImport>
export const BankImportPage = page(Type.Object({ id: Uuid, status: BankImport.properties.status, fileName: Type.String(), format: Type.String(), uploadedAt: Instant, counts: BankImport.properties.counts, accountId: nullable(Uuid) }))
export const CommitImport = Type.Object({
  accountId: Type.Optional(Uuid),
  newAccount: Type.Optional(NewBankAccount),
  onProblems: Type.Optional(oneOf(['readable', 'nothing'], 'When the file has lines that cannot be read: take those that can (the default), or nothing at all. A PDF that its balances do not prove (PDF_TO_REVIEW) needs the word: readable says that someone compared it.')),
  acceptSuspicious: Type.Optional(Type.Array(Type.Integer(), { maxItems: 5000, description: 'Positions of suspicious lines to take all the same. The others wait in the suspicious pile.' })),
  refuseSuspicious: Type.Optional(Type.Array(Type.Integer(), { maxItems: 5000, description: 'Positions of suspicious lines that are known indeed: nobody is asked again.' })),
  takeAllRemoved: Type.Optional(Type.Boolean()),
  takeRemoved: Type.Optional(Type.Array(Type.Integer(), { maxItems: 5000, description: 'Positions of lines that a person had removed, to take again.' })),
})
export type CommitImport = Static<typeof CommitImport>
