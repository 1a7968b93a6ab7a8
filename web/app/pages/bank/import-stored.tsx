import { useLingui } from '@lingui/react/macro'
import { ArrowLeftRight, ClipboardCheck, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { BankImport } from '../../../../contract/banking.ts'
import { formatName } from '../../../features/bank/format-words.ts'
import { usePreviewColumns } from '../../../features/bank/import-columns.tsx'
import { ImportProblems } from '../../../features/bank/import-problems.tsx'
import { Statements } from '../../../features/bank/import-summary.tsx'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useProgress } from '../../../lib/live.ts'
import { useRefresh } from '../../../lib/queries.ts'
import { Badge, Button, CompanyLink, Confirm, InstantText, Page as PageFrame } from '../../../ui/index.ts'
import { Lines } from './import-lines.tsx'

/** The stream of events tells more and sooner; this is for where there is none. */
export const POLL_MS = 2_000
/** Once stored, every line shown was new: only the lines themselves are left to say. */
const STORED = { choices: undefined, plain: true }

/** Lines of a day that no open period holds have no entry before someone opens one: waiting for them would never end. */
export function isPosting(file: BankImport | undefined): boolean {
  return file?.status === 'committed' && file.counts.posted < file.counts.new - file.counts.pending && !file.problems.some(({ code }) => code === 'LINES_WITHOUT_PERIOD')
}

export function Committed({ file }: { readonly file: BankImport }) {
  const { t, i18n } = useLingui()
  const { may } = useCompany()
  const columns = usePreviewColumns(STORED)
  const live = useProgress(file.id)
  // What the job tells while it works comes before the next reading of the file, and is never behind it.
  const counts = { ...file.counts, posted: Math.min(file.counts.new, Math.max(file.counts.posted, live?.done ?? 0)) }
  const isDone = counts.posted >= counts.new
  return (
    <PageFrame
      title={file.fileName} aside={<Badge tone="green">{t`Stored`}</Badge>} back={<CompanyLink to="banque/import">{t`Import a statement`}</CompanyLink>}
      actions={<>
        <UndoImport file={file} />
        <CompanyLink to="banque/operations" search={{ releve: file.id }} look={{ button: 'plain' }} icon={ArrowLeftRight}>{t`See its lines`}</CompanyLink>
        {may('match.write') ? <CompanyLink to="banque/rapprochement" look={{ button: 'primary' }} icon={ClipboardCheck}>{t`Reconcile`}</CompanyLink> : null}
      </>}
    >
      <div className="border-y border-line py-4">
        <p className="text-sm text-muted">{formatName(file.format, (message) => i18n._(message))}{file.account.name ? ` · ${file.account.name}` : ''}</p>
        <p className="mt-1 text-title font-semibold" aria-live="polite">{isDone ? (counts.new === 1 ? t`1 line stored with its entry` : t`${counts.new} lines stored, each with its entry`) : t`Posting: ${counts.posted} of ${counts.new} entries`}</p>
        <div role="progressbar" aria-label={t`Entries made`} aria-valuemin={0} aria-valuemax={counts.new} aria-valuenow={counts.posted} className="mt-2.5 h-1 max-w-md overflow-hidden rounded-full bg-line">
          <div className="h-full rounded-full bg-green transition-[width]" style={{ width: `${counts.new === 0 ? 100 : (100 * counts.posted) / counts.new}%` }} />
        </div>
        {counts.known + counts.suspicious > 0 ? <p className="mt-2 text-sm text-muted">{t`${counts.known} already known and ${counts.suspicious} suspicious were left out.`}</p> : null}
        {counts.updated > 0 ? <p className="mt-1 text-sm text-muted">{counts.updated === 1 ? t`1 announced line is now booked.` : t`${counts.updated} announced lines are now booked.`}</p> : null}
      </div>
      <div className="py-6"><h2 className="mb-2 text-lead font-semibold">{t`Balances`}</h2><Statements statements={file.statements} /></div>
      <ImportProblems file={file} choice="readable" onChoose={undefined} />
      <Lines file={file} rows={file.lines} columns={columns} />
    </PageFrame>
  )
}

/** Takes a whole file back: its lines go, with their entries reversed. It asks first, since what was decided about the lines goes with them. */
function UndoImport({ file }: { readonly file: BankImport }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const refresh = useRefresh(api)
  const [asking, setAsking] = useState(false)
  const undo = useAction({ run: () => api.post('/api/imports/:id/undo', { params: { id: file.id } }), after: () => { setAsking(false); return refresh() }, done: () => t`The import is undone.` })
  if (!may('bank.manage')) return null
  const { possible, because } = file.undo
  return (
    <>
      <Button tone="quiet" icon={Undo2} onClick={() => setAsking(true)}>{t`Undo the import`}</Button>
      <Confirm open={asking && possible} onClose={() => setAsking(false)} title={t`Undo this import?`} confirm={t`Undo the import`} busy={undo.isPending} onConfirm={() => undo.mutate()}>
        {file.counts.new === 1 ? t`Its line leaves the account and its entry is reversed. When the bank gives it again it stays away, unless you take it again.` : t`Its ${file.counts.new} lines leave the account and their entries are reversed. When the bank gives them again they stay away, unless you take them again.`}
      </Confirm>
      <Confirm open={asking && !possible} onClose={() => setAsking(false)} title={t`This import cannot be undone now`} confirm={t`Understood`} onConfirm={() => setAsking(false)}>{because}</Confirm>
    </>
  )
}

export function Undone({ file }: { readonly file: BankImport }) {
  const { t } = useLingui()
  const columns = usePreviewColumns(STORED)
  return (
    <PageFrame title={file.fileName} aside={<Badge>{t`Undone`}</Badge>} back={<CompanyLink to="banque/import">{t`Import a statement`}</CompanyLink>}>
      <p role="status" className="mb-4 rounded-lg bg-sunken px-3 py-2.5">{t`This import was undone: its lines are no longer in the accounts. To have them back, bring the file in again and take them again.`} {file.undoneAt ? <InstantText instant={file.undoneAt} className="text-muted" /> : null}</p>
      <Lines file={file} rows={file.lines} columns={columns} />
    </PageFrame>
  )
}
