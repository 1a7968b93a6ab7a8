import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import type { LineDraft } from '../../../../core/ledger/entry.ts'
import type { DemoBankLine } from './plan.ts'

export type Move = {
  readonly on: LocalDate
  /** Signed: money in is positive. */
  readonly amount: bigint
  readonly words: string
  readonly details?: DemoBankLine['details']
  readonly label: string
  /** What the money is for: amounts add up to its opposite. */
  readonly counterparts: readonly LineDraft[]
}

/** A bank line that pays accounts of the ledger. */
export function bankMove({ on, amount, words, details, label, counterparts }: Move): DemoBankLine {
  return { on, amount, words, details: details ?? {}, meaning: { kind: 'entry', label, counterparts } }
}

/** An amount TVA included, cut into what is before tax and a TVA of 20 %. */
export function withoutVat(gross: bigint): { readonly net: bigint; readonly vat: bigint } {
  const vat = (gross * 2n + 6n) / 12n
  return { net: gross - vat, vat }
}
