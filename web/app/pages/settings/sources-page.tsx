import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { FileText, Landmark, Upload } from 'lucide-react'
import type { BankAccount } from '../../../../contract/banking.ts'
import { Connections } from '../../../features/connections/connection-list.tsx'
import { IncomingEvents, SyncLog } from '../../../features/connections/incoming-events.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { formatIban } from '../../../lib/format.ts'
import { reading } from '../../../lib/queries.ts'
import { CompanyLink, DateText, EmptyState, ErrorState, InstantText, RowsSkeleton, Section } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'
import { SectionFrame } from './section-frame.tsx'

const LOOKED_AT_MAX = 100

export function load({ api, queries }: LoadContext): void {
  void queries.prefetchQuery(reading(api, '/api/accounts'))
  void queries.prefetchQuery(reading(api, '/api/connections'))
  void queries.prefetchQuery(reading(api, '/api/imports', { query: { limit: LOOKED_AT_MAX } }))
}

type LastFile = { readonly id: string; readonly fileName: string; readonly uploadedAt: string }

function AccountRow({ account, last }: { readonly account: BankAccount; readonly last: LastFile | undefined }) {
  const { t } = useLingui()
  return (
    <li className="flex items-start gap-3 border-t border-line py-3 first:border-t-0">
      <Landmark size={18} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{account.name}</p>
        {account.iban ? <p className="figures text-sm text-muted">{formatIban(account.iban)}</p> : null}
        <p className="text-sm text-muted">
          {last ? <>{t`Last file`} <CompanyLink to={`banque/import/${last.id}`}>{last.fileName}</CompanyLink>, <InstantText instant={last.uploadedAt} /></> : t`No file yet`}
          {account.lastLineOn ? <> · {t`lines until`} <DateText day={account.lastLineOn} /></> : null}
        </p>
      </div>
    </li>
  )
}

/** Where the data of the company comes from today. */
export function Page() {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const allowed = may('bank.read')
  const accounts = useQuery({ ...reading(api, '/api/accounts'), enabled: allowed })
  const imports = useQuery({ ...reading(api, '/api/imports', { query: { limit: LOOKED_AT_MAX } }), enabled: allowed })
  const bring = may('bank.import') ? <CompanyLink to="banque/import" look={{ button: 'plain' }} icon={Upload}>{t`Bring in a file`}</CompanyLink> : null
  // The list of imports comes latest first: the first one of an account is its last.
  const lastOf = (id: string) => imports.data?.items.find((one) => one.accountId === id && one.status === 'committed')
  const rows = accounts.data?.items
  return (
    <SectionFrame title={t`Sources`} layout="wide" refused={!allowed}>
      <Section title={t`Bank files`} description={t`Statements that you bring in: CFONB, CAMT, MT940, OFX, QIF, CSV, XLSX or PDF. The same line is never stored twice.`} actions={rows && rows.length > 0 ? bring : null}>
        {rows ? (rows.length === 0 ? <EmptyState icon={Landmark} title={t`No bank account yet`} action={bring}>{t`The first statement brought in makes the account.`}</EmptyState> : <ul>{rows.map((account) => <AccountRow key={account.id} account={account} last={lastOf(account.id)} />)}</ul>)
          : accounts.error ? <ErrorState error={accounts.error} onRetry={() => { void accounts.refetch() }} /> : <RowsSkeleton rows={4} />}
      </Section>
      {allowed ? <><Connections /><IncomingEvents /><SyncLog /></> : null}
      <Section title={t`Other files`}>
        <ul>
          {may('invoice.import') ? <li className="flex items-center gap-3 border-t border-line py-3 first:border-t-0"><FileText size={18} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" /><span className="min-w-0 flex-1">{t`Invoices of another program, from a CSV`}</span><CompanyLink to="ventes/factures/import">{t`Bring in`}</CompanyLink></li> : null}
          <li className="flex items-center gap-3 border-t border-line py-3 first:border-t-0"><FileText size={18} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" /><span className="min-w-0 flex-1">{t`The books of another program, from a FEC`}</span><CompanyLink to="compta/exercices">{t`Open the page`}</CompanyLink></li>
        </ul>
      </Section>
    </SectionFrame>
  )
}
