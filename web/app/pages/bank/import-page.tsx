import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useImportColumns } from '../../../features/bank/import-columns.tsx'
import { UploadList, useUploads } from '../../../features/bank/upload-list.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { listing, rowsOf, useRefresh } from '../../../lib/queries.ts'
import { CompanyLink, DataGrid, DropZone, ErrorState, moreOf, Page as PageFrame, RefusedState, RowsSkeleton, Section } from '../../../ui/index.ts'
import type { ImportRow } from '../../../features/bank/import-columns.tsx'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries }: LoadContext) {
  void queries.prefetchInfiniteQuery(listing(api, '/api/imports'))
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const refresh = useRefresh(api)
  const { uploads, busy, send } = useUploads(api, ({ id }) => void go({ to: at(`banque/import/${id}`) } as never), () => void refresh('/api/imports'))
  if (!may('bank.import')) return <PageFrame title={t`Import a statement`}><RefusedState /></PageFrame>
  return (
    <PageFrame title={t`Import a statement`} back={<CompanyLink to="banque/comptes">{t`Bank accounts`}</CompanyLink>}>
      <div className="max-w-3xl">
        <DropZone
          label={t`Drop the files of your bank here, or choose them`} multiple busy={busy} onFiles={(files) => void send(files)}
          hint={t`CFONB 120, CAMT.052, 053, 054 or CSV. You see every line before anything is stored; a line already known is never stored twice.`}
        />
        <UploadList uploads={uploads} />
      </div>
      <div className="mt-8"><Recent /></div>
    </PageFrame>
  )
}

function Recent() {
  const { t } = useLingui()
  const { api, at } = useCompany()
  const query = useInfiniteQuery(listing(api, '/api/imports'))
  const columns = useImportColumns()
  const rows = rowsOf<ImportRow>(query.data)
  return (
    <Section title={t`Recent imports`}>
      {query.data === undefined
        ? query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Recent imports`} rows={4} />
        : rows.length === 0 ? <p className="text-muted">{t`No file yet. The ones you give are kept here, with what came out of each.`}</p>
        : <DataGrid label={t`Recent imports`} height="auto" rows={rows} columns={columns} rowId={(row) => row.id} to={(row) => at(`banque/import/${row.id}`)} more={moreOf(query)} />}
    </Section>
  )
}
