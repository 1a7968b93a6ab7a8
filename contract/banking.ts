import { type Static, Type } from 'typebox'
import { CurrencyCode, DataProblem, Day, Instant, Money, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'

export const Continuity = oneOf(['proven', 'broken', 'unknown'], 'proven: opening + lines = closing. broken: it is not. unknown: the file does not give both.')

export const BankAccount = Type.Object({
  id: Uuid, name: Type.String(), iban: nullable(Type.String()), bankWriting: nullable(Type.String()), currency: CurrencyCode,
  ledgerAccount: Type.String(), suspenseAccount: Type.String(), version: Type.Integer(),
  balance: Money, lineCount: Type.Integer(), toTreat: Type.Integer(), lastLineOn: nullable(Day),
  statedBalance: nullable(Type.Object({ on: Day, balance: Money, agrees: Type.Boolean({ description: 'Our balance on that day equals the bank\'s.' }) })),
})
export type BankAccount = Static<typeof BankAccount>
export const NewBankAccount = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  iban: Type.Optional(nullable(Type.String({ maxLength: 42 }))),
  bankWriting: Type.Optional(nullable(Type.String({ maxLength: 60 }))),
})
export type NewBankAccount = Static<typeof NewBankAccount>
export const BankAccountList = Type.Object({ items: Type.Array(BankAccount) })
export const BankAccountPatch = Type.Partial(NewBankAccount)
export type BankAccountPatch = Static<typeof BankAccountPatch>

export const BankLine = Type.Object({
  id: Uuid, accountId: Uuid, bookedOn: Day, valueOn: nullable(Day), amount: Money, label: Type.String(), reference: nullable(Type.String()),
  counterparty: Type.Object({ name: nullable(Type.String()), iban: nullable(Type.String()) }),
  state: oneOf(['posting', 'to_treat', 'part_treated', 'treated'], 'posting: its entry is being made.'),
  toTreat: Money,
  entryId: nullable(Uuid),
  importId: Uuid,
})
export type BankLine = Static<typeof BankLine>
export const BankLinePage = page(BankLine)
export const BankLineQuery = Type.Object({
  ...PageQuery,
  accountId: Type.Optional(Uuid), state: Type.Optional(oneOf(['posting', 'to_treat', 'treated'])), importId: Type.Optional(Uuid),
  from: Type.Optional(Day), to: Type.Optional(Day), search: Type.Optional(Type.String({ maxLength: 100 })),
})
export type BankLineQuery = Static<typeof BankLineQuery>

const PreviewLine = Type.Object({
  position: Type.Integer(), bookedOn: Day, amount: Money, label: Type.String(),
  verdict: oneOf(['new', 'known', 'suspicious']),
  because: Type.String({ description: 'Why, in words, in the language of the request.' }),
})

/** A file as it was understood: nothing is taken until it is committed. */
export const BankImport = Type.Object({
  id: Uuid, status: oneOf(['previewed', 'committed']), fileName: Type.String(), format: Type.String(),
  uploadedAt: Instant, committedAt: nullable(Instant),
  account: Type.Object({ id: nullable(Uuid), name: nullable(Type.String()), iban: nullable(Type.String()), bankWriting: nullable(Type.String()), currency: nullable(CurrencyCode) }, { description: 'The account the file names; id is null when it is not known yet, and everything is null when the file holds several accounts.' }),
  statements: Type.Array(Type.Object({
    openingOn: nullable(Day), opening: nullable(Money), closingOn: nullable(Day), closing: nullable(Money), lineCount: Type.Integer(), continuity: Continuity,
    gap: nullable(Money),
  })),
  counts: Type.Object({ new: Type.Integer(), known: Type.Integer(), suspicious: Type.Integer(), posted: Type.Integer() }),
  problems: Type.Array(DataProblem),
  lines: Type.Array(PreviewLine, { description: 'The first 500 lines.' }),
})
export type BankImport = Static<typeof BankImport>
export const BankImportPage = page(Type.Object({ id: Uuid, status: BankImport.properties.status, fileName: Type.String(), format: Type.String(), uploadedAt: Instant, counts: BankImport.properties.counts, accountId: nullable(Uuid) }))
export const CommitImport = Type.Object({
  accountId: Type.Optional(Uuid),
  newAccount: Type.Optional(NewBankAccount),
  acceptSuspicious: Type.Optional(Type.Array(Type.Integer(), { maxItems: 5000, description: 'Positions of suspicious lines to take all the same.' })),
})
export type CommitImport = Static<typeof CommitImport>
