import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { Static } from 'typebox'
import type { BankImport, BankImportPage } from '../../../contract/banking.ts'
import { Checkbox, DateText, InstantText, Money, Status, type Column } from '../../ui/index.ts'
import { formatName } from './format-words.ts'
import { VerdictStatus } from './status.tsx'

export type ImportRow = Static<typeof BankImportPage>['items'][number]
export type PreviewLine = BankImport['lines'][number]

/** The columns of the files given so far. */
export function useImportColumns(): readonly Column<ImportRow>[] {
  const { t, i18n } = useLingui()
  return useMemo(() => [
    { id: 'name', header: t`File`, width: 180, grow: 1, phone: 'title', cell: (row) => <span title={row.fileName}>{row.fileName}</span> },
    { id: 'format', header: t`Format`, width: 160, phone: 'hidden', cell: (row) => <span className="text-muted">{formatName(row.format, (message) => i18n._(message))}</span> },
    { id: 'when', header: t`Given`, width: 190, phone: 'detail', cell: (row) => <InstantText instant={row.uploadedAt} /> },
    { id: 'count', header: t`New lines`, width: 112, align: 'right', phone: 'amount', cell: (row) => <span className="figures">{row.counts.new}</span> },
    { id: 'state', header: t`Status`, width: 140, phone: 'status', cell: (row) => row.status === 'committed' ? <Status tone="green">{t`Stored`}</Status> : row.counts.new + row.counts.suspicious === 0 ? <Status tone="grey">{t`Nothing new`}</Status> : <Status tone="amber">{t`Waits for your word`}</Status> },
  ], [t, i18n])
}

/** The columns of the lines of a file: what each is and why. Suspicious ones can be taken all the same. */
export function usePreviewColumns(options: { readonly accepted: ReadonlySet<number>; readonly onToggle: ((position: number) => void) | undefined; readonly plain?: boolean | undefined }): readonly Column<PreviewLine>[] {
  const { t } = useLingui()
  const { accepted, onToggle, plain = false } = options
  return useMemo(() => {
    const columns: Column<PreviewLine>[] = [
      { id: 'date', header: t`Date`, width: 120, phone: 'detail', cell: (row) => <DateText day={row.bookedOn} /> },
      { id: 'label', header: t`Label`, width: 200, grow: 3, phone: 'title', cell: (row) => <span title={row.label}>{row.label}</span> },
      { id: 'verdict', header: t`Verdict`, width: 132, phone: 'status', cell: (row) => <VerdictStatus verdict={row.verdict} /> },
      { id: 'because', header: t`Why`, width: 160, grow: 2, phone: 'detail', cell: (row) => <span title={row.because} className="text-muted">{row.because}</span> },
      { id: 'amount', header: t`Amount`, width: 130, align: 'right', phone: 'amount', cell: (row) => <Money value={row.amount} signed /> },
    ]
    if (plain) return columns.filter(({ id }) => id !== 'verdict' && id !== 'because')
    if (!onToggle) return columns
    return [...columns, {
      id: 'take', header: t`Take it all the same`, width: 160, align: 'center', phone: 'status',
      cell: (row) => row.verdict !== 'suspicious' ? null : <span className="inline-flex align-middle" onClick={(event) => event.stopPropagation()}><Checkbox label={t`Take the line of ${row.bookedOn} all the same: ${row.label}`} labelHidden checked={accepted.has(row.position)} onChange={() => onToggle(row.position)} /></span>,
    } satisfies Column<PreviewLine>]
  }, [accepted, onToggle, plain, t])
}
