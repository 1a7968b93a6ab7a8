import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { ClipboardCheck } from 'lucide-react'
import type { BankLine } from '../../../../contract/banking.ts'
import type { Match } from '../../../../contract/reconciliation.ts'
import { useLineActs } from '../../../features/bank/acts.tsx'
import { HoldThread } from '../../../features/bank/hold-thread.tsx'
import { useProposedEntry } from '../../../features/bank/line-dock.tsx'
import { CategoryParts, EntryPreview, LabelSides, useCategoryReason } from '../../../features/bank/line-facts.tsx'
import { isOpen } from '../../../features/bank/line-filters.ts'
import { LineStatus } from '../../../features/bank/status.tsx'
import { MatchList } from '../../../features/reconciliation/match-list.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { listing, reading, rowsOf } from '../../../lib/queries.ts'
import { Button, CompanyLink, DateText, ErrorState, Facts, Kbd, Link, Money, RowsSkeleton, Section, SidePanel } from '../../../ui/index.ts'
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
  const acts = useLineActs()
  const line = query.data
  if (!line) {
    return (
      <SidePanel title={t`Bank line`} onClose={close}>
        {query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Bank line`} />}
      </SidePanel>
    )
  }
  const [first, ...others] = (acts?.of(line) ?? []).filter(({ when }) => when)
  return (
    <SidePanel
      title={line.merchant?.name ?? t`Bank line`} aside={<LineStatus line={line} />} onClose={close}
      actions={first ? <>
        {others.map((act) => <Button key={act.keys} size="small" tone="quiet" onClick={act.run}><span className="max-desk:hidden"><Kbd keys={act.keys} /></span> {act.label}</Button>)}
        <Button size="small" tone={first.keys === 'a' ? 'primary' : 'quiet'} onClick={first.run}>{first.label}</Button>
      </> : undefined}
    >
      <p className="flex items-baseline justify-between gap-3 pb-3"><Money value={line.amount} signed className="text-figure font-semibold" />{may('match.read') && isOpen(line) ? <Link to={`${at('banque/rapprochement')}?ligne=${line.id}`} icon={ClipboardCheck} className="inline-flex items-center gap-1.5 text-sm">{t`At the desk`}</Link> : null}</p>
      {line.hold ? <HoldThread line={line} hold={line.hold} /> : null}
      <LineDetail line={line} />
    </SidePanel>
  )
}

function LineDetail({ line }: { readonly line: BankLine }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const params = { id: line.id }
  const enrichment = useQuery(reading(api, '/api/transactions/:id/enrichment', { params })).data
  const known = useQuery(reading(api, '/api/transactions/:id/category', { params })).data
  const matches = rowsOf<Match>(useInfiniteQuery(listing(api, '/api/reconciliation/matches', { query: { lineId: line.id } })).data)
  const file = useQuery(reading(api, '/api/imports/:id', { params: { id: line.importId } })).data
  const account = useQuery(reading(api, '/api/accounts')).data?.items.find(({ id }) => id === line.accountId)
  const proposal = useLineActs()?.proposalOf(line)
  const entry = useProposedEntry(proposal ? undefined : line)
  const because = useCategoryReason(known)
  return (
    <>
      <LabelSides line={line} enrichment={enrichment} />
      <div className="h-4" />
      <Facts items={[
        { name: t`Category`, value: line.category ? <>{line.isSplit ? t`Split` : line.category.name}{because ? <span className="ml-2 text-xs text-muted">{because}</span> : null}{known ? <CategoryParts known={known} /> : null}</> : <span className="text-muted">{t`None yet`}</span> },
        { name: t`Booked on`, value: <><DateText day={line.bookedOn} />{line.valueOn && line.valueOn !== line.bookedOn ? <span className="text-muted"> · {t`value`} <DateText day={line.valueOn} /></span> : null}</> },
        ...(account ? [{ name: t`Account`, value: <CompanyLink to={`banque/comptes/${account.id}`}>{account.name}</CompanyLink> }] : []),
        ...(line.toTreat.amount === line.amount.amount || line.state === 'treated' ? [] : [{ name: t`Left to treat`, value: <Money value={line.toTreat} /> }]),
        { name: t`Entry`, value: line.entryId ? <CompanyLink to={`compta/journal/${line.entryId}`}>{t`Open the entry`}</CompanyLink> : line.status === 'pending' ? t`None before the bank books it` : t`Being posted` },
        { name: t`Came from`, value: file ? <CompanyLink to={`banque/import/${file.id}`}>{file.fileName}</CompanyLink> : <CompanyLink to={`banque/import/${line.importId}`}>{t`the import`}</CompanyLink> },
        ...(line.note ? [{ name: t`Note`, value: line.note }] : []),
      ]} />
      {proposal ? (
        <Section title={t`Proposed invoice`}>
          <ul className="text-sm">{proposal.allocations.map((part) => <li key={part.invoiceId} className="flex items-baseline gap-3 py-1"><CompanyLink to={`ventes/factures/${part.invoiceId}`} className="figures">{part.number}</CompanyLink><span className="min-w-0 flex-1 truncate">{part.customerName}</span><Money value={part.amount} /></li>)}</ul>
          <p className="mt-1 text-sm text-muted">{proposal.score} % · {proposal.reasons.map(({ text }) => text).join(' · ')}</p>
        </Section>
      ) : entry ? <Section title={t`Proposed entry`}><EntryPreview entry={entry} /></Section> : null}
      {matches.length > 0 ? <Section title={t`Reconciliation`}><MatchList matches={matches} /></Section> : null}
    </>
  )
}
