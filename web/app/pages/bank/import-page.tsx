import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useImportColumns, type ImportRow } from '../../../features/bank/import-columns.tsx'
import { UploadList, useUploads } from '../../../features/bank/upload-list.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { listing, rowsOf, useRefresh } from '../../../lib/queries.ts'
import { Button, CompanyLink, DataGrid, DropZone, ErrorState, moreOf, Page as PageFrame, RefusedState, RowsSkeleton, Section } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries }: LoadContext) {
  void queries.prefetchInfiniteQuery(listing(api, '/api/imports'))
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const refresh = useRefresh(api)
  const { uploads, busy, send, storePlain, plain } = useUploads(api, ({ id }) => void go({ to: at(`banque/import/${id}`) } as never), () => void refresh('/api/imports', '/api/accounts', '/api/transactions'))
  const lines = plain.reduce((sum, { counts }) => sum + counts.new, 0)
  useShortcuts([{ keys: 'Mod+Enter', label: t`Store the files that are whole`, when: plain.length > 0 && !busy, run: () => void storePlain() }])
  if (!may('bank.import')) return <PageFrame title={t`Import a statement`}><RefusedState /></PageFrame>
  return (
    <PageFrame title={t`Import a statement`} back={<CompanyLink to="banque/comptes">{t`Bank accounts`}</CompanyLink>}>
      <div className="max-w-3xl">
        <DropZone
          label={t`Drop the files of your bank here, or choose them`} multiple busy={busy} onFiles={(files) => void send(files)}
          hint={t`CFONB, CAMT, MT940, OFX, QIF, CSV, XLSX or PDF, several at once. You see every line before anything is stored; a line already known is never stored twice.`}
        />
        <UploadList uploads={uploads} />
        {plain.length > 0 ? (
          <div className="mt-4 flex flex-wrap items-center gap-3">
            <Button tone="primary" busy={busy} onClick={() => void storePlain()}>{plain.length === 1 ? t`Store ${lines} lines of 1 file` : t`Store ${lines} lines of ${plain.length} files`}</Button>
            <p className="min-w-0 flex-1 basis-60 text-sm text-muted">{t`Their account is known, every line was read, none is in doubt. The others wait for you to look at them.`}</p>
          </div>
        ) : null}
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
