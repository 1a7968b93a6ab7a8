import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { BankAccount, BankImport, CommitImport, TryMapping } from '../../../../contract/banking.ts'
import type { CsvProfile, MappingSuggestion } from '../../../../core/bank/mapping.ts'
import { commitOf, firstChoice, freeName, wholeContinuity } from '../../../features/bank/account-choice.ts'
import { AccountField } from '../../../features/bank/account-field.tsx'
import { formatName } from '../../../features/bank/format-words.ts'
import { canSay, usePreviewColumns, type PreviewLine } from '../../../features/bank/import-columns.tsx'
import { ImportProblems } from '../../../features/bank/import-problems.tsx'
import { CountFigures, Statements, type Verdict } from '../../../features/bank/import-summary.tsx'
import { MappingEditor } from '../../../features/bank/mapping-editor.tsx'
import { useLineDecisions } from '../../../features/bank/use-line-decisions.ts'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { usePreferences } from '../../../lib/preferences.ts'
import { isApiProblem } from '../../../lib/problem.ts'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { Badge, Button, Checkbox, classes, CompanyLink, ErrorState, Page as PageFrame, PageSkeleton, ProblemNote } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'
import { Lines } from './import-lines.tsx'
import { Committed, isPosting, POLL_MS, Undone } from './import-stored.tsx'

const VERDICTS = ['new', 'known', 'suspicious'] as const

export function load({ api, queries, params }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/imports/:id', { params: { id: params['id']! } }))
  void queries.prefetchQuery(reading(api, '/api/accounts'))
}

export function Page() {
  const { t } = useLingui()
  const { api } = useCompany()
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useQuery({ ...reading(api, '/api/imports/:id', { params: { id } }), refetchInterval: ({ state }) => (isPosting(state.data) ? POLL_MS : false) })
  const accounts = useQuery(reading(api, '/api/accounts'))
  const error = query.error ?? accounts.error
  if (!query.data || !accounts.data) return <PageFrame title={t`Bank file`}>{error ? <ErrorState error={error} onRetry={() => { void query.refetch(); void accounts.refetch() }} /> : <PageSkeleton />}</PageFrame>
  if (query.data.status === 'undone') return <Undone file={query.data} />
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

/** The doubtful line the keys are on: `n` says that it is new, `d` that it is a double. */
function useSayKeys({ active, choices, enabled }: { readonly active: PreviewLine | undefined; readonly choices: ReturnType<typeof useLineDecisions>['choices']; readonly enabled: boolean }) {
  const { t } = useLingui()
  const group = t`Doubtful lines`
  const when = enabled && active !== undefined && canSay(active)
  useShortcuts([
    { keys: 'n', label: t`It is new: take it`, group, when, run: () => choices.onSay(active!, active!.removed ? 'again' : 'take') },
    { keys: 'd', label: t`It is a double: leave it out`, group, when: when && !active.removed, run: () => choices.onSay(active!, 'refuse') },
  ])
}

function Preview({ file, accounts }: { readonly file: BankImport; readonly accounts: readonly BankAccount[] }) {
  const { t, i18n } = useLingui()
  const { may } = useCompany()
  const commit = useCommit(file)
  const { decisions, choices, setOnProblems, setAllAgain } = useLineDecisions(file)
  const [active, setActive] = useState<PreviewLine>()
  const [choice, setChoice] = useState(() => firstChoice(file, accounts, freeName(t`Current account`, accounts)))
  const { verdict, rows, setVerdict } = useLinesShown(file)
  const canDecide = may('bank.import')
  const columns = usePreviewColumns({ choices: canDecide && file.lines.some(canSay) ? choices : undefined })
  useSayKeys({ active, choices, enabled: canDecide })
  const removed = file.lines.filter((line) => line.removed).length
  const isHeld = decisions.onProblems === 'nothing' && file.problems.some(({ severity }) => severity === 'error')
  const count = isHeld ? 0 : file.counts.new + decisions.taken.size + (decisions.allAgain ? removed : decisions.takenAgain.size)
  const isWork = count > 0 || (!isHeld && (file.counts.updated > 0 || decisions.refused.size > 0))
  const body = commitOf(file, choice, decisions)
  const save = () => { if (body && isWork && !commit.isPending) commit.mutate(body) }
  useShortcuts([{ keys: 'Mod+Enter', label: t`Store the lines`, when: body !== undefined && isWork && canDecide, run: save }])
  const isIban = ({ field }: { field: string | null }) => field?.endsWith('iban') ?? false
  const ibanError = isApiProblem(commit.error) ? commit.error.problems.find(isIban)?.message : undefined
  const saveWords = count === 1 ? t`Store 1 line` : count > 1 ? t`Store ${count} lines` : t`Store what was said`
  return (
    <PageFrame
      title={file.fileName} aside={<Badge>{formatName(file.format, (message) => i18n._(message))}</Badge>} back={<CompanyLink to="banque/import">{t`Import a statement`}</CompanyLink>}
      actions={isWork && canDecide ? <Button tone="primary" busy={commit.isPending} disabled={!body} onClick={save}>{saveWords}</Button> : undefined}
    >
      {commit.error ? <div className="mb-4"><ProblemNote error={commit.error} except={isIban} /></div> : null}
      {isWork ? null : <Nothing file={file} isHeld={isHeld} />}
      <CountFigures counts={file.counts} chosen={verdict} onChoose={setVerdict} />
      <div className={classes('grid grid-cols-1 gap-x-10 gap-y-6 py-6', wholeContinuity(file.statements) !== 'broken' && 'wide:grid-cols-2')}>
        <div className="max-w-2xl"><h2 className="mb-2 text-lead font-semibold">{t`Account`}</h2><AccountField file={file} accounts={accounts} choice={choice} onChange={setChoice} mayCreate={may('bank.manage')} ibanError={ibanError} /></div>
        <div><h2 className="mb-2 text-lead font-semibold">{t`Balances`}</h2><Statements statements={file.statements} /></div>
      </div>
      <ImportProblems file={file} choice={decisions.onProblems} onChoose={canDecide ? setOnProblems : undefined} />
      {file.mapping?.suggestion && canDecide ? <Columns file={file} suggestion={file.mapping.suggestion} profile={file.mapping.profile} /> : null}
      {removed > 0 && canDecide ? <div className="border-t border-line py-4"><Checkbox label={removed === 1 ? t`1 line was removed before: take it again` : t`${removed} lines were removed before: take them all again`} checked={decisions.allAgain} onChange={setAllAgain} /></div> : null}
      <Lines file={file} rows={rows} columns={columns} onActive={setActive} />
    </PageFrame>
  )
}

function Nothing({ file, isHeld }: { readonly file: BankImport; readonly isHeld: boolean }) {
  const { t } = useLingui()
  const { suspicious, known } = file.counts
  const [title, words] = isHeld ? [t`Nothing is taken.`, t`The file is kept here; mend it and bring it in again, or take what can be read.`]
    : suspicious > 0 ? [t`Nothing here is surely new.`, t`Say of each suspicious line whether it is new or a double.`]
    : known === 0 && file.mapping ? [t`No line was read yet.`, t`Say below what each column holds.`]
    : known === 0 ? [t`No line was read.`, t`What stands in the way is listed below.`]
    : [t`Everything is already known.`, t`There is nothing to store: this file adds no line to your accounts.`]
  return <p role="status" className="mb-4 rounded-lg bg-sunken px-3 py-2.5"><strong className="font-medium">{title}</strong> {words}</p>
}

/** How the columns are understood: open when nothing could be read from them, else one click away. */
function Columns({ file, suggestion, profile }: { readonly file: BankImport; readonly suggestion: MappingSuggestion; readonly profile: CsvProfile | null }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const attempt = useAction<TryMapping, BankImport>({ run: (body) => api.post('/api/imports/:id/mapping', { params: { id: file.id }, body }), quiet: true, after: () => refresh('/api/imports/:id') })
  const { locale } = usePreferences()
  const isRead = file.lines.length > 0
  return (
    <section aria-label={t`Columns of the file`} className="border-t border-line py-5">
      <details open={!isRead || undefined}>
        <summary className="w-fit text-lead font-semibold">{t`Columns of the file`} <span className="ml-2 text-sm font-normal text-muted">{profile ? profile.title[locale] : isRead ? t`understood by themselves` : t`to be said`}</span></summary>
        <div className="mt-4"><MappingEditor key={profile?.name ?? ''} suggestion={suggestion} profile={profile} busy={attempt.isPending} error={attempt.error} onTry={(body) => attempt.mutate(body)} /></div>
      </details>
    </section>
  )
}
