import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { Static } from 'typebox'
import type { BankImport, BankImportPage } from '../../../contract/banking.ts'
import { DateText, InstantText, Money, Status, type Column } from '../../ui/index.ts'
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
    { id: 'state', header: t`Status`, width: 140, phone: 'status', cell: (row) => row.status === 'committed' ? <Status tone="green">{t`Stored`}</Status> : row.status === 'undone' ? <Status tone="grey">{t`Undone`}</Status> : row.counts.new + row.counts.suspicious === 0 ? <Status tone="grey">{t`Nothing new`}</Status> : <Status tone="amber">{t`Waits for your word`}</Status> },
  ], [t, i18n])
}

/** What can be said of a line of the file: a doubtful one is new or a double, one that was removed comes back or stays away. */
export type Say = 'take' | 'refuse' | 'again'
export type PreviewChoices = { readonly said: (line: PreviewLine) => Say | undefined; readonly onSay: (line: PreviewLine, say: Say | undefined) => void }

/** Whether something can be said of it at all. */
export function canSay(line: PreviewLine): boolean {
  return line.verdict === 'suspicious' || line.removed
}

function SayButton({ label, pressed, onPress }: { readonly label: string; readonly pressed: boolean; readonly onPress: () => void }) {
  return <button type="button" aria-pressed={pressed} onClick={(event) => { event.stopPropagation(); onPress() }} className="h-6 rounded-full border border-line-strong px-2.5 text-xs leading-none hover:bg-surface aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent">{label}</button>
}

/** Under this, a field read from a page is worth a look at the page. */
const SURE_MIN = 0.9

/** For a line read from a PDF: its least sure field, and where the page shows it. */
function Sureness({ line }: { readonly line: PreviewLine }) {
  const { t } = useLingui()
  const least = line.evidence?.reduce((low, one) => (one.confidence < low.confidence ? one : low))
  if (!least || least.confidence >= SURE_MIN) return null
  const percent = Math.round(least.confidence * 100)
  return <span className="ml-2 text-xs text-amber" title={least.text}>{t`read at ${percent} % · page ${least.place.page}`}</span>
}

/** The columns of the lines of a file: what each is and why, and what a person says of the doubtful ones. `plain`: once stored, only the lines. */
export function usePreviewColumns({ choices, plain = false }: { readonly choices: PreviewChoices | undefined; readonly plain?: boolean | undefined }): readonly Column<PreviewLine>[] {
  const { t } = useLingui()
  return useMemo(() => {
    const columns: Column<PreviewLine>[] = [
      { id: 'date', header: t`Date`, width: 120, phone: 'detail', cell: (row) => <DateText day={row.bookedOn} /> },
      { id: 'label', header: t`Label`, width: 200, grow: 3, phone: 'title', cell: (row) => <span title={row.label}>{row.status === 'pending' ? <span className="mr-2 text-xs text-violet">{t`Announced`}</span> : null}{row.label}<Sureness line={row} /></span> },
      { id: 'verdict', header: t`Verdict`, width: 132, phone: 'status', cell: (row) => <VerdictStatus verdict={row.verdict} removed={row.removed} /> },
      { id: 'because', header: t`Why`, width: 160, grow: 2, phone: 'detail', cell: (row) => <span title={row.because} className="text-muted">{row.because}</span> },
      { id: 'amount', header: t`Amount`, width: 130, align: 'right', phone: 'amount', cell: (row) => <Money value={row.amount} signed /> },
    ]
    if (plain) return columns.filter(({ id }) => id !== 'verdict' && id !== 'because')
    if (!choices) return columns
    const { said, onSay } = choices
    const toggle = (row: PreviewLine, say: Say) => () => onSay(row, said(row) === say ? undefined : say)
    return [...columns, {
      id: 'say', header: t`Your word`, width: 210, align: 'center', phone: 'status',
      cell: (row) => !canSay(row) ? null : (
        <span className="inline-flex gap-1 align-middle">
          {row.removed
            ? <SayButton label={t`Take again`} pressed={said(row) === 'again'} onPress={toggle(row, 'again')} />
            : <><SayButton label={t`New`} pressed={said(row) === 'take'} onPress={toggle(row, 'take')} /><SayButton label={t`Double`} pressed={said(row) === 'refuse'} onPress={toggle(row, 'refuse')} /></>}
        </span>
      ),
    } satisfies Column<PreviewLine>]
  }, [choices, plain, t])
}
