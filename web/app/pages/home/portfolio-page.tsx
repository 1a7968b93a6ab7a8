import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Building2 } from 'lucide-react'
import { useMemo } from 'react'
import type { PortfolioRow } from '../../../../contract/portfolio.ts'
import { usePortfolioColumns } from '../../../features/portfolio/columns.tsx'
import { portfolioQueryOf } from '../../../features/portfolio/sorting.ts'
import type { Api } from '../../../lib/api.ts'
import { addressIn, useCompany } from '../../../lib/company.tsx'
import { useIsPhone } from '../../../lib/media.ts'
import { listing } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { Badge, CopyText, EmptyState, FilterChips, Page, QueryGrid } from '../../../ui/index.ts'
import { CompanyMark } from '../../frame/company-switcher.tsx'

const PAGE_LIMIT = 100

export function portfolioListing(api: Api, search: SearchValues) {
  return listing(api, '/api/portfolio', { query: portfolioQueryOf(search, PAGE_LIMIT) })
}

const markOf = (row: PortfolioRow) => <CompanyMark company={{ name: row.name, colour: row.colour, kind: 'company' }} />

/** The firm's home: every client on one row, what is most pressing first. */
export function PortfolioPage() {
  const { t } = useLingui()
  const { company: firm, api } = useCompany()
  const [search] = useSearchState()
  const phone = useIsPhone()
  const query = useInfiniteQuery(portfolioListing(api, search))
  const totals = query.data?.pages[0]?.totals
  const columns = usePortfolioColumns({ totals, mark: markOf, phone })
  const filters = useMemo(() => [{
    name: 'seulement', label: t`Only those with`, options: [
      { value: 'toTreat', label: t`bank lines to treat` }, { value: 'overdue', label: t`late invoices` }, { value: 'drafts', label: t`drafts` },
      { value: 'unposted', label: t`lines not posted yet` }, { value: 'broken', label: t`broken integrity` },
    ],
  }], [t])
  const filtered = search['seulement'] !== undefined || search['q'] !== undefined
  return (
    <Page
      title={t`Portfolio`} layout="grid"
      aside={<>{totals ? <Badge>{totals.companies}</Badge> : null}{totals && totals.broken > 0 ? <Badge tone="red">{t`${totals.broken} with broken integrity`}</Badge> : null}<span className="text-sm text-muted">{t`Identifier of your firm:`} <span className="select-all text-ink">{firm.slug}</span></span></>}
      filters={<FilterChips filters={filters} search={{ name: 'q', label: t`Find a client` }} />}
    >
      <QueryGrid
        label={t`Client companies`} query={query} columns={columns} rowId={(row) => row.companyId} to={(row) => addressIn(row.slug)}
        empty={filtered
          ? <EmptyState title={t`Nothing matches`}>{t`Remove a filter to see the others.`}</EmptyState>
          : (
            <EmptyState icon={Building2} title={t`No client has given access yet`}>
              <p>{t`Your client opens Settings, Accounting firms, and writes there the identifier of your firm. The file then appears here at once.`}</p>
              <CopyText label={t`Identifier of your firm`} value={firm.slug} className="mt-4 text-left" />
            </EmptyState>
          )}
      />
    </Page>
  )
}
