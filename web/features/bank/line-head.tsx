import type { BankLine } from '../../../contract/banking.ts'
import { DateText, Money } from '../../ui/index.ts'

/** One line in short, above a window about it: what, when, how much. */
export function LineHead({ line }: { readonly line: BankLine }) {
  return (
    <p className="flex min-w-0 items-baseline gap-3">
      <span className="min-w-0 flex-1 truncate font-medium" title={line.label}>{line.merchant?.name ?? line.label}</span>
      <DateText day={line.bookedOn} className="figures text-sm text-muted" />
      <Money value={line.amount} signed className="font-medium" />
    </p>
  )
}
