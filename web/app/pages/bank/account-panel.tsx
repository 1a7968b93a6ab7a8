import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Agreement } from '../../../features/bank/account-columns.tsx'
import { groupIban } from '../../../features/bank/iban.ts'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import { CompanyLink, DateText, ErrorState, Facts, Link, Money, RowsSkeleton, SidePanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries, params }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/accounts/:id', { params: { id: params['id']! } }))
}

export function Page() {
  const { t } = useLingui()
  const { api, at } = useCompany()
  const { id } = useParams({ strict: false }) as { id: string }
  const go = useNavigate()
  const close = () => void go({ to: at('banque/comptes') } as never)
  const query = useQuery(reading(api, '/api/accounts/:id', { params: { id } }))
  const account = query.data
  if (!account) {
    return (
      <SidePanel title={t`Bank account`} onClose={close}>
        {query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Bank account`} />}
      </SidePanel>
    )
  }
  const stated = account.statedBalance
  return (
    <SidePanel title={account.name} aside={<Agreement account={account} />} onClose={close}>
      <p className="pb-4 text-figure font-semibold"><Link to={`${at('banque/operations')}?compte=${account.id}`}><Money value={account.balance} /></Link></p>
      <Facts items={[
        { name: t`IBAN`, value: account.iban ? <span className="figures">{groupIban(account.iban)}</span> : account.bankWriting },
        { name: t`Balance stated by the bank`, value: stated ? <><Money value={stated.balance} /> <span className="text-muted">(<DateText day={stated.on} />)</span></> : null },
        { name: t`Lines`, value: <Link to={`${at('banque/operations')}?compte=${account.id}`}><span className="figures">{account.lineCount}</span></Link> },
        { name: t`To treat`, value: <Link to={`${at('banque/operations')}?compte=${account.id}&etat=to_treat`}><span className="figures">{account.toTreat}</span></Link> },
        { name: t`Ledger account`, value: <CompanyLink to={`compta/comptes/${account.ledgerAccount}`}><span className="figures">{account.ledgerAccount}</span></CompanyLink> },
        { name: t`Waiting account`, value: <CompanyLink to={`compta/comptes/${account.suspenseAccount}`}><span className="figures">{account.suspenseAccount}</span></CompanyLink> },
      ]} />
    </SidePanel>
  )
}
