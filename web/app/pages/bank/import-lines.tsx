import { useLingui } from '@lingui/react/macro'
import type { BankImport } from '../../../../contract/banking.ts'
import type { PreviewLine, usePreviewColumns } from '../../../features/bank/import-columns.tsx'
import { DataGrid, Section } from '../../../ui/index.ts'

/** The lines of a file, as many as are shown, with how many there are. */
export function Lines({ file, rows, columns, onActive }: { readonly file: BankImport; readonly rows: readonly PreviewLine[]; readonly columns: ReturnType<typeof usePreviewColumns>; readonly onActive?: ((line: PreviewLine | undefined) => void) | undefined }) {
  const { t } = useLingui()
  const shown = file.lines.length
  const total = file.status === 'previewed' ? file.counts.new + file.counts.known + file.counts.suspicious : file.counts.new
  return (
    <Section title={t`Lines`} description={total > shown ? t`The first ${shown} of ${total} lines are shown; all are counted and stored.` : undefined}>
      {rows.length === 0 ? <p className="text-muted">{t`No line to show here.`}</p> : <DataGrid label={t`Lines of the file`} height="auto" rows={rows} columns={columns} rowId={(row) => String(row.position)} {...(onActive ? { onActive } : {})} />}
    </Section>
  )
}
