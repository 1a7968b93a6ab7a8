import type { CategoryKind } from '../../../core/category/default-tree.ts'
import type { VatRateKey } from '../../../core/category/vat.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import type { BankLineId, EntryId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'

/** A category as it is stored. `key` names one that every company receives. */
export type Category = {
  readonly id: string
  readonly parentId: string | null
  readonly key: string | null
  readonly name: string
  readonly kind: CategoryKind
  readonly account: string
  readonly vatRate: VatRateKey
  readonly vatDeductible: number
  readonly position: number
  readonly isArchived: boolean
  readonly version: number
}
export type CategoryView = Category & { readonly lineCount: number }

export type Source = 'manual' | 'rule' | 'model' | 'memory'
export type Part = { readonly categoryId: string; readonly amount: bigint }

/** The category of a line as it is stored. Without parts, the whole line is in `categoryId`. */
export type Filed = {
  readonly lineId: string
  readonly categoryId: string | null
  readonly source: Source
  readonly confidence: number | null
  readonly ruleId: string | null
  readonly ruleVersion: number | null
  readonly modelVersion: bigint | null
  readonly parts: readonly Part[] | null
}
export type FiledRow = Filed & { readonly version: number; readonly decidedAt: string }

/** A bank line with what deciding its category looks at. */
export type FilingLine = {
  readonly id: BankLineId
  readonly accountId: string
  readonly bookedOn: LocalDate
  readonly amount: bigint
  readonly treated: bigint
  readonly currency: Currency
  readonly label: string
  readonly counterpartyName: string | null
  readonly reference: string | null
  readonly entryId: EntryId | null
  readonly merchantId: string | null
  /** Null when it has no category and nobody took one away. */
  readonly source: Source | null
  readonly categoryId: string | null
  readonly ruleId: string | null
  readonly isSplit: boolean
  readonly isLocked: boolean
}

export type ChangeKind = 'manual' | 'split' | 'rules' | 'automatic' | 'merge' | 'undo'
export type Settings = { readonly categoriseNewLines: boolean; readonly postAutomatically: boolean }
