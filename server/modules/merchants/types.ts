import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { Money } from '../../../core/kernel/money.ts'
import type { RawLine } from '../../../core/label/types.ts'

export type MadeBy = 'rule' | 'person'

export type Merchant = {
  readonly id: string
  readonly name: string
  readonly siren: string | null
  readonly madeBy: MadeBy
  readonly version: number
  readonly createdAt: string
}

/** A merchant with its lines: how many, between which days, and their sum in each currency. */
export type MerchantView = Merchant & { readonly lineCount: number; readonly firstOn: LocalDate | null; readonly lastOn: LocalDate | null; readonly totals: readonly Money[] }

export type Alias = { readonly id: string; readonly merchantId: string; readonly pattern: string; readonly madeBy: MadeBy }
export type AliasView = Alias & { readonly lineCount: number }

export type ChangeKind = 'rename' | 'merge' | 'split'
/** What a change needs to be told: the names before it. */
export type ChangeBefore = { readonly name: string; readonly siren: string | null; readonly to: string; readonly others: readonly string[] }
export type Change = {
  readonly id: string
  readonly kind: ChangeKind
  readonly merchantId: string
  readonly others: readonly string[]
  readonly before: ChangeBefore
  readonly actor: string
  readonly at: string
  readonly undoneAt: string | null
}
export type ChangeView = Change & { readonly mayUndo: boolean }

/** A line as its label is read, with what the bank gives beside it. */
export type ReadableLine = RawLine & { readonly id: string; readonly counterpartyIban: string | null; readonly isPlaced: boolean }

/** A value read in a label, as it is stored; money as decimal text. */
export type StoredFound = { readonly value: string; readonly currency?: string; readonly rule: string | null; readonly confidence: number }
export const FIELDS = ['counterparty', 'method', 'place', 'cardDate', 'original', 'mandate', 'creditorId', 'reference', 'siren'] as const
export type Field = (typeof FIELDS)[number]
/** The fields a person may give instead. */
export const GIVEN_FIELDS = ['counterparty', 'method', 'place', 'cardDate', 'reference'] as const
export type GivenField = (typeof GIVEN_FIELDS)[number]

export type MerchantOfLine = {
  readonly merchantId: string | null
  readonly aliasId: string | null
  readonly source: 'rule' | 'bank' | 'manual' | null
  readonly rule: string | null
  readonly confidence: number | null
}
export type Enrichment = MerchantOfLine & {
  readonly lineId: string
  readonly rules: number
  readonly found: Readonly<Partial<Record<Field, StoredFound>>>
}
/** What is kept of a line's reading, with the name of its merchant. */
export type EnrichmentView = Enrichment & {
  readonly given: Readonly<Partial<Record<GivenField, string>>>
  readonly merchantName: string | null
  readonly merchantSiren: string | null
  readonly enrichedAt: string
}
