import { useLingui } from '@lingui/react/macro'
import type { Proposal } from '../../../contract/reconciliation.ts'
import { accountLabel } from '../../../core/ledger/accounts.ts'
import { classes, DateText, Kbd, Money } from '../../ui/index.ts'
import { Score } from './parts.tsx'

/** Proposals reached by a digit. */
export const DIGITS_MAX = 5

export type CandidatesProps = { readonly proposals: readonly Proposal[]; readonly chosen: number; readonly onChoose: (index: number) => void }

/** What could explain the line, best first, each with its reasons in words. */
export function Candidates({ proposals, chosen, onChoose }: CandidatesProps) {
  const { t } = useLingui()
  return (
    <div role="radiogroup" aria-label={t`Proposals`} className="border-y border-line">
      {proposals.map((proposal, index) => (
        <button
          key={index} type="button" role="radio" aria-checked={index === chosen} tabIndex={index === chosen ? 0 : -1} onClick={() => onChoose(index)}
          className={classes('flex w-full items-start gap-3 border-b border-line px-3 py-2.5 text-left last:border-b-0', index === chosen ? 'bg-accent-soft shadow-[inset_2px_0_0_var(--accent)]' : 'bg-surface hover:bg-sunken')}
        >
          <span className="mt-px w-6 shrink-0">{index < DIGITS_MAX ? <Kbd keys={String(index + 1)} /> : null}</span>
          <span className="min-w-0 flex-1">
            {proposal.allocations.map((part) => (
              <span key={part.invoiceId} className="flex flex-wrap items-baseline gap-x-2">
                <span className="figures font-medium">{part.number}</span>
                <span className="min-w-0 truncate">{part.customerName}</span>
                <span className="ml-auto flex items-baseline gap-2">
                  {part.amount.amount === part.open.amount ? null : <span className="text-xs text-muted">{t`out of`} <Money value={part.open} /></span>}
                  <Money value={part.amount} className="font-medium" />
                </span>
              </span>
            ))}
            <span className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
              <Score proposal={proposal} />
              {proposal.allocations.length === 1 ? <span className="text-xs text-muted">{t`due on`} <DateText day={proposal.allocations[0]!.dueOn} /></span> : null}
            </span>
            <span className="mt-1 block text-sm text-muted">{proposal.reasons.map(({ text }) => text).join(' · ')}</span>
            {proposal.residual ? <Residual residual={proposal.residual} /> : null}
          </span>
        </button>
      ))}
    </div>
  )
}

function Residual({ residual }: { readonly residual: NonNullable<Proposal['residual']> }) {
  const { t } = useLingui()
  const words = { bank_fee: t`Bank fee kept by the bank:`, discount: t`Discount taken by the customer:`, rounding: t`Rounding:`, overpayment: t`Paid too much, left to treat:` }
  return (
    <span className="mt-1 block text-sm">
      {words[residual.kind]} <Money value={residual.amount} className="font-medium" />
      {residual.kind === 'overpayment' ? null : <span className="text-muted"> ({residual.account} {accountLabel(residual.account)})</span>}
    </span>
  )
}
