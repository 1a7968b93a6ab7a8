import type { Text } from '../kernel/problem.ts'

/** What a column of a bank's table holds. `label` may be given to several columns, the others to one. */
export const COLUMN_ROLES = ['booked', 'started', 'value', 'amount', 'debit', 'credit', 'fee', 'sign', 'balance', 'currency', 'account', 'name', 'iban', 'reference', 'bankId', 'status', 'label'] as const
export type ColumnRole = (typeof COLUMN_ROLES)[number]

/** A column: its title, several titles it may have (compared without accents, case and punctuation), or its rank from 1 when there are no titles. */
export type ColumnName = string | number | readonly string[]

export const DATE_ORDERS = ['day-first', 'month-first'] as const
/** How a numeric date is written when its year comes last. */
export type DateOrder = (typeof DATE_ORDERS)[number]

export const DECIMAL_MARKS = ['.', ','] as const
export type DecimalMark = (typeof DECIMAL_MARKS)[number]

export const DELIMITERS = [';', ',', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/**
 * How the numbers of a row become one signed movement.
 * One column: `signed` as written; `inverted`; `outgoing` (all out); `flagged` by a direction column; `marked` (only what comes in is marked, by + or CR).
 * Two columns: `summed` (credit + debit, debits being negative); `reversed` (credit - debit); `usual` (sizes only); `swapped` (debit comes in).
 * `less-fee` is `signed` with the fee of its own column taken off.
 */
export const AMOUNT_READINGS = ['signed', 'inverted', 'outgoing', 'flagged', 'marked', 'less-fee', 'summed', 'reversed', 'usual', 'swapped'] as const
export type AmountReading = (typeof AMOUNT_READINGS)[number]

/** Rows that are no movement: those whose cell begins with one of these words. */
export type RowFilter = { readonly column: ColumnName; readonly startsWith: readonly string[] }

/**
 * What a bank's table means, as plain data: it can be written as JSON, saved, shared and edited. Everything but the name is
 * optional, and what is left out is found in the file itself; what is said overrides what the file seems to say.
 */
export type CsvProfile = {
  /** Lower-case words and hyphens: the word of `--profile`. */
  readonly name: string
  readonly title: Text
  /** Where the facts about this table come from, for who has to check them. */
  readonly source?: string
  /** Titles that must all be there for a table to be recognised as this one. Without any, the profile is used only when it is named. */
  readonly headers?: readonly string[]
  /** Rows above the table, its title row apart. Without it the title row is searched for. */
  readonly skipRows?: number
  readonly hasHeader?: boolean
  readonly encoding?: string
  readonly delimiter?: Delimiter
  /** A role that is named here is read in that column, or nowhere when null; a role that is not is searched for. */
  readonly columns?: { readonly [Role in Exclude<ColumnRole, 'label'>]?: ColumnName | null } & { readonly label?: readonly ColumnName[] }
  readonly dateOrder?: DateOrder
  readonly decimalMark?: DecimalMark
  readonly reading?: AmountReading
  /** Currency of rows that name none, ISO 4217. */
  readonly currency?: string
  /** What the direction column says, when it does not say it in common words. */
  readonly flags?: { readonly in: readonly string[]; readonly out: readonly string[] }
  /** What the status column says of a movement that is not booked yet, or never will be. */
  readonly statuses?: { readonly pending?: readonly string[]; readonly cancelled?: readonly string[] }
  readonly ignore?: readonly RowFilter[]
  /** How the fee column writes a cost: as a positive number, or as a negative one. */
  readonly feeSign?: 'positive' | 'negative'
}

/** One column of a file as the program understands it: what it seems to hold, how sure that is (0 to 1), and some of its cells. */
export type ColumnSuggestion = {
  /** Rank from 1. */
  readonly column: number
  readonly header: string
  readonly role: ColumnRole | null
  readonly confidence: number
  readonly examples: readonly string[]
}

/** Something decided over the file, and how sure it is (0 to 1). */
export type Guess<T> = { readonly value: T; readonly confidence: number }

/** How a table would be read, for a person to look at, correct and save. */
export type MappingSuggestion = {
  readonly encoding: string
  readonly delimiter: Delimiter
  readonly hasHeader: boolean
  /** Rows above the table, as they are written. */
  readonly preamble: readonly string[]
  readonly columns: readonly ColumnSuggestion[]
  readonly dateOrder: Guess<DateOrder>
  readonly decimalMark: Guess<DecimalMark>
  readonly reading: Guess<AmountReading>
  readonly currency: Guess<string | null>
  /** The shipped profile that the titles name; null when none does. */
  readonly recognised: string | null
  /** First rows of the table, to show. */
  readonly rows: readonly (readonly string[])[]
  /** The suggestion as a profile: reading with it gives what reading without one gives. Edit it, name it, save it. */
  readonly profile: CsvProfile
}
