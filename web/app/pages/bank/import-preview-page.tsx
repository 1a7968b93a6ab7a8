import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ArrowLeftRight, ClipboardCheck } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import type { BankAccount, BankImport, CommitImport } from '../../../../contract/banking.ts'
import { commitOf, firstChoice, freeName, wholeContinuity } from '../../../features/bank/account-choice.ts'
import { AccountField } from '../../../features/bank/account-field.tsx'
import { formatName } from '../../../features/bank/format-words.ts'
import { usePreviewColumns, type PreviewLine } from '../../../features/bank/import-columns.tsx'
import { CountFigures, Statements, type Verdict } from '../../../features/bank/import-summary.tsx'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { useProgress } from '../../../lib/live.ts'
import { isApiProblem } from '../../../lib/problem.ts'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { Badge, Button, classes, CompanyLink, DataGrid, ErrorState, Page as PageFrame, PageSkeleton, ProblemList, ProblemNote, Section } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

const VERDICTS = ['new', 'known', 'suspicious'] as const
/** The stream of events tells more and sooner; this is for where there is none. */
const POLL_MS = 2_000
/** Once stored, every line shown was new: only the lines themselves are left to say. */
const STORED = { accepted: new Set<number>(), onToggle: undefined, plain: true }

export function load({ api, queries, params }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/imports/:id', { params: { id: params['id']! } }))
  void queries.prefetchQuery(reading(api, '/api/accounts'))
}

/** Lines of a day that no open period holds have no entry before someone opens one: waiting for them would never end. */
function isPosting(file: BankImport | undefined): boolean {
  return file?.status === 'committed' && file.counts.posted < file.counts.new && !file.problems.some(({ code }) => code === 'LINES_WITHOUT_PERIOD')
}

export function Page() {
  const { t } = useLingui()
  const { api } = useCompany()
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useQuery({ ...reading(api, '/api/imports/:id', { params: { id } }), refetchInterval: ({ state }) => (isPosting(state.data) ? POLL_MS : false) })
  const accounts = useQuery(reading(api, '/api/accounts'))
  const error = query.error ?? accounts.error
  if (!query.data || !accounts.data) return <PageFrame title={t`Bank file`}>{error ? <ErrorState error={error} onRetry={() => { void query.refetch(); void accounts.refetch() }} /> : <PageSkeleton />}</PageFrame>
  return query.data.status === 'committed' ? <Committed file={query.data} /> : <Preview key={id} file={query.data} accounts={accounts.data.items} />
}

function useLinesShown(file: BankImport) {
  const [search, setSearch] = useSearchState()
  const verdict = VERDICTS.find((one) => one === search['voir'])
  const rows = useMemo(() => verdict ? file.lines.filter((line) => line.verdict === verdict) : file.lines, [file.lines, verdict])
  return { verdict, rows, setVerdict: (next: Verdict | undefined) => setSearch({ voir: next }) }
}

function useCommit(file: BankImport) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  return useAction<CommitImport, BankImport>({
    run: (body) => api.post('/api/imports/:id/commit', { params: { id: file.id }, body }), quiet: true,
    after: () => refresh(),
    done: ({ counts }) => counts.new === 1 ? t`1 line stored.` : t`${counts.new} lines stored.`,
  })
}

function Preview({ file, accounts }: { readonly file: BankImport; readonly accounts: readonly BankAccount[] }) {
  const { t, i18n } = useLingui()
  const { may } = useCompany()
  const commit = useCommit(file)
  const [accepted, setAccepted] = useState<ReadonlySet<number>>(new Set())
  const [active, setActive] = useState<PreviewLine>()
  const [choice, setChoice] = useState(() => firstChoice(file, accounts, freeName(t`Current account`, accounts)))
  const { verdict, rows, setVerdict } = useLinesShown(file)
  const toggle = useCallback((position: number) => setAccepted((all) => new Set(all.has(position) ? [...all].filter((one) => one !== position) : [...all, position])), [])
  const columns = usePreviewColumns({ accepted, onToggle: file.counts.suspicious > 0 && may('bank.import') ? toggle : undefined })
  const count = file.counts.new + accepted.size
  const body = commitOf(file, choice, accepted)
  const save = () => { if (body && count > 0 && !commit.isPending) commit.mutate(body) }
  useShortcuts([
    { keys: 'x', label: t`Take this suspicious line all the same`, when: active?.verdict === 'suspicious' && may('bank.import'), run: () => toggle(active!.position) },
    { keys: 'Mod+Enter', label: t`Store the lines`, when: body !== undefined && count > 0 && may('bank.import'), run: save },
  ])
  const isIban = ({ field }: { field: string | null }) => field?.endsWith('iban') ?? false
  const ibanError = isApiProblem(commit.error) ? commit.error.problems.find(isIban)?.message : undefined
  return (
    <PageFrame
      title={file.fileName} aside={<Badge>{formatName(file.format, (message) => i18n._(message))}</Badge>} back={<CompanyLink to="banque/import">{t`Import a statement`}</CompanyLink>}
      actions={count > 0 && may('bank.import') ? <Button tone="primary" busy={commit.isPending} disabled={!body} onClick={save}>{count === 1 ? t`Store 1 line` : t`Store ${count} lines`}</Button> : undefined}
    >
      {commit.error ? <div className="mb-4"><ProblemNote error={commit.error} except={isIban} /></div> : null}
      {count === 0 ? <p role="status" className="mb-4 rounded-lg bg-sunken px-3 py-2.5"><strong className="font-medium">{file.counts.suspicious > 0 ? t`Nothing here is surely new.` : t`Everything is already known.`}</strong> {file.counts.suspicious > 0 ? t`Tick the suspicious lines you want all the same.` : t`There is nothing to store: this file adds no line to your accounts.`}</p> : null}
      <CountFigures counts={file.counts} chosen={verdict} onChoose={setVerdict} />
      <div className={classes('grid grid-cols-1 gap-x-10 gap-y-6 py-6', wholeContinuity(file.statements) !== 'broken' && 'wide:grid-cols-2')}>
        <div className="max-w-2xl"><h2 className="mb-2 text-lead font-semibold">{t`Account`}</h2><AccountField file={file} accounts={accounts} choice={choice} onChange={setChoice} mayCreate={may('bank.manage')} ibanError={ibanError} /></div>
        <div><h2 className="mb-2 text-lead font-semibold">{t`Balances`}</h2><Statements statements={file.statements} /></div>
      </div>
      {file.problems.length > 0 ? <Section title={t`To know about this file`}><ProblemList problems={file.problems} /></Section> : null}
      <Lines file={file} rows={rows} columns={columns} onActive={setActive} />
    </PageFrame>
  )
}

function Lines({ file, rows, columns, onActive }: { readonly file: BankImport; readonly rows: readonly PreviewLine[]; readonly columns: ReturnType<typeof usePreviewColumns>; readonly onActive?: ((line: PreviewLine | undefined) => void) | undefined }) {
  const { t } = useLingui()
  const shown = file.lines.length
  const total = file.status === 'committed' ? file.counts.new : file.counts.new + file.counts.known + file.counts.suspicious
  return (
    <Section title={t`Lines`} description={total > shown ? t`The first ${shown} of ${total} lines are shown; all are counted and stored.` : undefined}>
      {rows.length === 0 ? <p className="text-muted">{t`No line to show here.`}</p> : <DataGrid label={t`Lines of the file`} height="auto" rows={rows} columns={columns} rowId={(row) => String(row.position)} {...(onActive ? { onActive } : {})} />}
    </Section>
  )
}

function Committed({ file }: { readonly file: BankImport }) {
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
      </div>
      <div className="py-6"><h2 className="mb-2 text-lead font-semibold">{t`Balances`}</h2><Statements statements={file.statements} /></div>
      {file.problems.length > 0 ? <Section title={t`To know about this file`}><ProblemList problems={file.problems} /></Section> : null}
      <Lines file={file} rows={file.lines} columns={columns} />
    </PageFrame>
  )
}
