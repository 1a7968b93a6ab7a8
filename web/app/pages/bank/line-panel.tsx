import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { ClipboardCheck } from 'lucide-react'
import { LineStatus } from '../../../features/bank/status.tsx'
import { MatchList } from '../../../features/reconciliation/match-list.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { listing, reading, rowsOf } from '../../../lib/queries.ts'
import type { Match } from '../../../../contract/reconciliation.ts'
import { CompanyLink, DateText, ErrorState, Facts, Link, Money, RowsSkeleton, Section, SidePanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries, params }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/transactions/:id', { params: { id: params['id']! } }))
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const { id } = useParams({ strict: false }) as { id: string }
  const go = useNavigate()
  const close = () => void go({ to: at('banque/operations'), search: true } as never)
  const query = useQuery(reading(api, '/api/transactions/:id', { params: { id } }))
  const matches = rowsOf<Match>(useInfiniteQuery(listing(api, '/api/reconciliation/matches', { query: { lineId: id } })).data)
  const line = query.data
  if (!line) {
    return (
      <SidePanel title={t`Bank line`} onClose={close}>
        {query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Bank line`} />}
      </SidePanel>
    )
  }
  const canTreat = may('match.write') && (line.state === 'to_treat' || line.state === 'part_treated')
  return (
    <SidePanel
      title={t`Bank line`} aside={<LineStatus line={line} />} onClose={close}
      actions={canTreat ? <Link to={`${at('banque/rapprochement')}?ligne=${line.id}`} look={{ button: 'primary' }} icon={ClipboardCheck}>{t`Reconcile`}</Link> : undefined}
    >
      <p className="pb-1 text-figure font-semibold"><Money value={line.amount} signed /></p>
      <p className="pb-4 break-words">{line.label}</p>
      <Facts items={[
        { name: t`Booked on`, value: <DateText day={line.bookedOn} /> },
        { name: t`Value date`, value: line.valueOn ? <DateText day={line.valueOn} /> : null },
        { name: t`Counterparty`, value: line.counterparty.name ?? line.counterparty.iban },
        { name: t`Reference`, value: line.reference },
        { name: t`Left to treat`, value: <Money value={line.toTreat} /> },
        { name: t`Entry`, value: line.entryId ? <CompanyLink to={`compta/journal/${line.entryId}`}>{t`Open the entry`}</CompanyLink> : t`Being posted` },
      ]} />
      {matches.length > 0 ? <Section title={t`Reconciliation`}><MatchList matches={matches} /></Section> : null}
    </SidePanel>
  )
}
