import { useLingui } from '@lingui/react/macro'
import { BooksCheck } from '../../../features/ledger/books-check.tsx'
import { FecExport } from '../../../features/ledger/fec-export.tsx'
import { FecImport } from '../../../features/ledger/fec-import.tsx'
import { YearList } from '../../../features/ledger/year-list.tsx'
import { useYears } from '../../../features/ledger/years.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import { CompanyLink, ErrorState, Page as PageFrame, RowsSkeleton, Section } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/ledger/fiscal-years'))
}

export function Page() {
  const { t } = useLingui()
  const { may } = useCompany()
  const { query, years } = useYears()
  return (
    <PageFrame title={t`Fiscal years and FEC`}>
      {query.error && !query.data ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : !query.data ? <RowsSkeleton rows={4} /> : (
        <div className="max-w-4xl">
          <Section title={t`Fiscal years`} actions={<CompanyLink to="reglages/exercices" className="text-sm">{t`Lock a month or open a year`}</CompanyLink>}><YearList years={years} /></Section>
          <Section title={t`State of the book`}><BooksCheck /></Section>
          {may('ledger.export') && years.length > 0 ? <Section title={t`Export the FEC`} description={t`The file the tax administration asks for.`}><FecExport years={years} /></Section> : null}
          {may('ledger.import') ? <Section title={t`Import a FEC`} description={t`To take over a whole year kept in another ledger.`}><FecImport /></Section> : null}
        </div>
      )}
    </PageFrame>
  )
}
