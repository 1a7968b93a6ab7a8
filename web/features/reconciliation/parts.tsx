import { useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import type { Proposal } from '../../../contract/reconciliation.ts'
import { currency as currencyOf } from '../../../core/kernel/currency.ts'
import { formatAmount, sum } from '../../../core/kernel/money.ts'
import { accountLabel } from '../../../core/ledger/accounts.ts'
import { useCompany } from '../../lib/company.tsx'
import { reading } from '../../lib/queries.ts'
import { BookAmount, classes, CompanyLink, Money } from '../../ui/index.ts'
import { postingOf, releasedBy, type Choice } from './choice.ts'

const SURE = 90
const LIKELY = 60

/** How often such a proposal is right, as a bar, a number and a word. */
export function Score({ proposal }: { readonly proposal: Pick<Proposal, 'score' | 'automatic'> }) {
  const { t } = useLingui()
  const { score } = proposal
  const word = proposal.automatic ? t`sure` : score >= SURE ? t`very likely` : score >= LIKELY ? t`likely` : t`possible`
  return (
    <span className="inline-flex items-center gap-2 text-xs whitespace-nowrap" title={t`Such a proposal is right ${score} times in 100.`}>
      <span aria-hidden className="h-1 w-14 overflow-hidden rounded-full bg-line">
        <span className={classes('block h-full rounded-full', score >= SURE ? 'bg-green' : score >= LIKELY ? 'bg-amber' : 'bg-muted')} style={{ width: `${score}%` }} />
      </span>
      <span className="figures w-6 text-right font-semibold">{score}</span>
      <span className="text-muted">{word}</span>
    </span>
  )
}

/** The TVA the choice makes due; undefined while an invoice is being read. */
export function useReleased(choice: Choice | undefined): bigint | undefined {
  const { api } = useCompany()
  const parts = choice?.parts ?? []
  const invoices = useQueries({ queries: parts.map(({ invoiceId }) => reading(api, '/api/invoices/sales/:id', { params: { id: invoiceId } })) })
  if (invoices.some(({ data }) => data === undefined)) return undefined
  return sum(parts.map(({ amount }, index) => releasedBy(invoices[index]!.data!, amount)))
}

export type PostingProps = { readonly choice: Choice; readonly line: { readonly bookedOn: string; readonly label: string; readonly currency: string }; readonly suspenseAccount: string; /** What stays to treat after. */ readonly left: bigint }

/** What accepting will post: the entry, the TVA that becomes due, what is left of the line. */
export function Posting({ choice, line, suspenseAccount, left }: PostingProps) {
  const { t } = useLingui()
  const { currency } = line
  const released = useReleased(choice)
  const money = (minor: bigint) => ({ amount: formatAmount(minor, currencyOf(currency)), currency })
  return (
    <div>
      <table className="w-full text-sm">
        <caption className="sr-only">{t`What will be posted`}</caption>
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="pb-1 text-left font-medium">{t`What will be posted`}</th>
            <th scope="col" className="w-20 pb-1 text-right font-medium desk:w-28">{t`Debit`}</th>
            <th scope="col" className="w-20 pb-1 text-right font-medium desk:w-28">{t`Credit`}</th>
          </tr>
        </thead>
        <tbody>
          {postingOf(choice, { suspenseAccount, date: line.bookedOn, label: line.label }).map((entry, index) => (
            <tr key={index} className="border-t border-line">
              <td className="max-w-0 truncate py-1"><CompanyLink look="bare" to={`compta/comptes/${entry.account}`} className="figures mr-2 font-medium underline-offset-2 hover:underline">{entry.account}</CompanyLink><span className="text-muted">{entry.auxiliary ? `${entry.label}` : accountLabel(entry.account)}</span></td>
              <td className="figures py-1 text-right"><BookAmount amount={money(entry.debit).amount} currency={currency} /></td>
              <td className="figures py-1 text-right"><BookAmount amount={money(entry.credit).amount} currency={currency} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="flex flex-wrap gap-x-5 gap-y-0.5 border-t border-line pt-1.5 text-sm text-muted">
        <span>{t`VAT that becomes due (44574 to 44571):`} {released === undefined ? '…' : <Money value={money(released)} className="text-ink" />}</span>
        {left === 0n ? null : <span>{t`Left to treat after:`} <Money value={money(left)} className="text-ink" /></span>}
      </p>
    </div>
  )
}
