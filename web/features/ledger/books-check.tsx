import { Plural, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useCompany } from '../../lib/company.tsx'
import { reading } from '../../lib/queries.ts'
import { Bone, Button, CompanyLink, DateText, ErrorState } from '../../ui/index.ts'

/** Whether anything of the books was changed behind the product's back, in words. */
export function BooksCheck() {
  const { t } = useLingui()
  const { api } = useCompany()
  const query = useQuery({ ...reading(api, '/api/ledger/check'), staleTime: 60_000 })
  if (query.error) return <ErrorState error={query.error} onRetry={() => { void query.refetch() }} />
  if (!query.data) return <div role="status" aria-label={t`Verifying the books`} className="space-y-2"><Bone className="w-64" /><Bone className="w-96 max-w-full" /></div>
  const { entries, intact, brokenAt, balancesMatch, accountsAtFault } = query.data
  const sound = intact && balancesMatch
  const Icon = sound ? ShieldCheck : ShieldAlert
  return (
    <div className="flex flex-wrap items-start gap-3">
      <Icon size={20} strokeWidth={1.75} aria-hidden className={sound ? 'mt-0.5 shrink-0 text-green' : 'mt-0.5 shrink-0 text-red'} />
      <div className="min-w-0 flex-1 basis-64">
        <p className={sound ? 'font-semibold text-green' : 'font-semibold text-red'}>{sound ? t`The book is intact` : t`The book was altered`}</p>
        <p className="mt-0.5 max-w-prose text-sm text-muted">
          {sound ? <Plural value={entries} _0="No entry yet: the verification begins with the first one." one="# entry verified: its fingerprint is right and each monthly balance equals the sum of its lines." other="# entries verified: each fingerprint follows from the one before, and each monthly balance equals the sum of its lines." />
            : t`Keep a copy of your data folder as it is, then tell whoever looks after Quittance. Restoring a backup brings the last sound state back.`}
        </p>
        {brokenAt ? <p className="mt-2 text-sm">{t`First entry at fault:`} <CompanyLink to={`compta/journal/${brokenAt.entryId}`} className="figures">{brokenAt.number}</CompanyLink> · <DateText day={brokenAt.date} /></p> : null}
        {accountsAtFault.length > 0 ? <p className="mt-2 text-sm">{t`Accounts whose balance differs from their lines:`} {accountsAtFault.map((account) => <CompanyLink key={account} to={`compta/comptes/${account}`} className="figures mr-2">{account}</CompanyLink>)}</p> : null}
      </div>
      <Button size="small" tone="quiet" busy={query.isFetching} onClick={() => { void query.refetch() }}>{t`Verify again`}</Button>
    </div>
  )
}
