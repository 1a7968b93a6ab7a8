import type { Continuity, FieldEvidence } from '../../../core/bank/statement.ts'
import type { AccountType } from '../../../contract/banking.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import type { BankAccountId, BankLineId, EntryId, ImportId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { Problem } from '../../../core/kernel/problem.ts'

/** A bank account of the company and the two ledger accounts it posts to. Both writings are compact: capitals without separators. */
export type Account = {
  readonly id: BankAccountId
  readonly name: string
  readonly iban: string | null
  readonly bankWriting: string | null
  readonly currency: Currency
  readonly ledgerAccount: string
  readonly suspenseAccount: string
  readonly version: number
  readonly type: AccountType
  readonly institutionId: string | null
  readonly manual: boolean
  readonly archivedOn: LocalDate | null
  readonly openingOn: LocalDate | null
  readonly opening: bigint | null
  /** False: kept in a currency for which the books have no rate; its lines are stored and not posted. */
  readonly postsEntries: boolean
}

/**
 * An account with its figures, minor units. `balance` is ours: the opening stated by the earliest statement that states one,
 * plus every line since. `stated` is the bank's latest closing balance, with ours at the end of the same day.
 */
export type AccountView = Account & {
  readonly balance: bigint
  readonly lineCount: number
  readonly toTreat: number
  readonly pendingCount: number
  readonly pendingAmount: bigint
  readonly suspicious: number
  readonly institution: Institution | null
  readonly lastLineOn: LocalDate | null
  readonly stated: { readonly on: LocalDate; readonly balance: bigint; readonly ours: bigint } | null
}

/** A bank as the company knows it. */
export type Institution = { readonly id: string; readonly name: string; readonly bic: string | null; readonly bankCode: string | null; readonly colour: string; readonly connection: 'none' | 'connected' | 'expiring' | 'expired' | 'revoked' }

/** A line as it comes in. `replaces`: the identifier it was announced by. */
export type Incoming = {
  readonly position: number
  readonly bookedOn: LocalDate
  readonly valueOn: LocalDate | null
  readonly minor: bigint
  readonly currency: Currency
  readonly label: string
  readonly reference: string | null
  readonly counterparty: { readonly name: string | null; readonly iban: string | null }
  readonly bankId: string | null
  readonly status: 'booked' | 'pending'
  readonly replaces?: string | null
  /** Where a document shows each field, and how sure its reading is. */
  readonly evidence?: readonly FieldEvidence[]
}

/** A stored line. `treated` has the sign of `amount`; the line is to treat while the two differ. */
export type Line = {
  readonly id: BankLineId
  readonly accountId: BankAccountId
  readonly importId: ImportId
  readonly position: number
  readonly bookedOn: LocalDate
  readonly valueOn: LocalDate | null
  readonly amount: bigint
  readonly currency: Currency
  readonly label: string
  readonly reference: string | null
  readonly counterpartyName: string | null
  readonly counterpartyIban: string | null
  readonly bankReference: string | null
  readonly entryId: EntryId | null
  readonly treated: bigint
  readonly status: 'booked' | 'pending'
  /** False: its account is kept in a currency for which the books have no rate. */
  readonly posts: boolean
  readonly note: string | null
  readonly holdId: string | null
  readonly transferId: string | null
}

/** A line with the ledger accounts of its bank account. */
export type PostableLine = Line & { readonly ledgerAccount: string; readonly suspenseAccount: string }

export type ImportStatus = 'previewed' | 'committed' | 'undone'
export type Origin = 'file' | 'webhook' | 'connector' | 'manual'

/** An uploaded file without its bytes. */
export type ImportRow = {
  readonly id: ImportId
  readonly status: ImportStatus
  readonly fileName: string
  readonly format: string
  readonly accountId: BankAccountId | null
  readonly linesNew: number
  readonly linesKnown: number
  readonly linesSuspicious: number
  readonly linesPosted: number
  readonly linesPending: number
  readonly linesUpdated: number
  readonly origin: Origin
  readonly undoneAt: string | null
  readonly problems: readonly Problem[]
  readonly uploadedAt: string
  readonly committedAt: string | null
}

/** A statement of a file. `firstLineOn` is the day of its first line, known lines included; `gap` is null when it cannot be known. */
export type StatementRow = {
  readonly openingOn: LocalDate | null
  readonly opening: bigint | null
  readonly closingOn: LocalDate | null
  readonly closing: bigint | null
  readonly firstLineOn: LocalDate | null
  readonly lastLineOn: LocalDate | null
  readonly lineCount: number
  readonly continuity: Continuity
  readonly gap: bigint | null
}
