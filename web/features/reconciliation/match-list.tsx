import { useLingui } from '@lingui/react/macro'
import { Undo2 } from 'lucide-react'
import type { Match } from '../../../contract/reconciliation.ts'
import { isZero } from '../../lib/amounts.ts'
import { useCompany } from '../../lib/company.tsx'
import { accountLabel } from '../../../core/ledger/accounts.ts'
import { Button, CompanyLink, DateText, InstantText, Money, Status } from '../../ui/index.ts'
import { useUndoMatch } from './use-undo-match.ts'

/** The matches of a line or of an invoice: what was paid, the TVA it made due, its entry, and the way back. */
export function MatchList({ matches }: { readonly matches: readonly Match[] }) {
  const { may } = useCompany()
  const undo = useUndoMatch()
  return (
    <ul className="divide-y divide-line border-y border-line">
      {matches.map((match) => <MatchItem key={match.id} match={match} busy={undo.isPending && undo.variables?.id === match.id} onUndo={may('match.write') ? () => undo.mutate(match) : undefined} />)}
    </ul>
  )
}

function MatchItem({ match, busy, onUndo }: { readonly match: Match; readonly busy: boolean; readonly onUndo: (() => void) | undefined }) {
  const { t } = useLingui()
  const isActive = match.status === 'active'
  return (
    <li className="py-2.5 text-sm">
      {match.allocations.map((part) => (
        <div key={part.invoiceId} className="flex items-baseline gap-3">
          <span className="min-w-0 flex-1 truncate"><CompanyLink to={`ventes/factures/${part.invoiceId}`} className="figures">{part.number}</CompanyLink> <span className="text-muted">{part.customerName}</span></span>
          <Money value={part.amount} className={isActive ? 'font-medium' : 'text-muted line-through'} />
        </div>
      ))}
      {match.allocations.map((part) => isZero(part.vatReleased) ? null : (
        <p key={part.invoiceId} className="flex gap-3 text-muted"><span className="flex-1">{match.allocations.length > 1 ? t`VAT made due, ${part.number}` : t`VAT made due`}</span><Money value={part.vatReleased} /></p>
      ))}
      {match.residual && !isZero(match.residual.amount) ? (
        <p className="flex gap-3 text-muted"><span className="min-w-0 flex-1 truncate"><span className="figures">{match.residual.account}</span> {accountLabel(match.residual.account)}</span><Money value={match.residual.amount} /></p>
      ) : null}
      {match.reasons.length > 0 ? <p className="mt-1 text-muted">{match.reasons.map(({ text }) => text).join(' · ')}</p> : null}
      <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
        {isActive ? <Status tone="green">{match.automatic ? t`Reconciled by itself` : t`Reconciled`}</Status> : <Status tone="grey">{t`Undone`}</Status>}
        <span className="text-muted">{isActive || match.undoneAt === null ? <DateText day={match.bookedOn} /> : <InstantText instant={match.undoneAt} />}</span>
        <CompanyLink to={`compta/journal/${match.entryId}`}>{t`Entry`}</CompanyLink>
        {match.undoEntryId ? <CompanyLink to={`compta/journal/${match.undoEntryId}`}>{t`Reversal`}</CompanyLink> : null}
        {isActive && onUndo ? <Button size="small" tone="quiet" icon={Undo2} busy={busy} className="ml-auto" onClick={onUndo}>{t`Undo`}</Button> : null}
      </div>
    </li>
  )
}
