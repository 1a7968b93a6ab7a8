import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Archive, ArchiveRestore, Ellipsis, Pencil, Plus, Upload } from 'lucide-react'
import { useMemo, useState } from 'react'
import { addDays, addMonths, localDate } from '../../../../core/kernel/local-date.ts'
import type { BankAccount, NewBankLine } from '../../../../contract/banking.ts'
import { Agreement } from '../../../features/bank/account-columns.tsx'
import { AccountDialog } from '../../../features/bank/account-dialog.tsx'
import { AccountFigures } from '../../../features/bank/account-figures.tsx'
import { InstitutionMark, useAccountType } from '../../../features/bank/account-words.tsx'
import { ContinuityCalendar } from '../../../features/bank/continuity-calendar.tsx'
import { groupIban } from '../../../features/bank/iban.ts'
import { useImportColumns, type ImportRow } from '../../../features/bank/import-columns.tsx'
import { SuspiciousPile } from '../../../features/bank/suspicious-pile.tsx'
import { NewLineDialog } from '../../../features/bank/new-line-dialog.tsx'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { todayHere } from '../../../lib/format.ts'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { listing, reading, rowsOf, useRefresh } from '../../../lib/queries.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { Badge, Button, CompanyLink, DataGrid, DayChart, ErrorState, IconButton, Menu, MenuItem, MonthChart, Page as PageFrame, PageSkeleton, RowsSkeleton, Section } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

const PERIODS = { '3': 3, '12': 12, '24': 24 } as const
const IMPORTS_READ = 100
const MONTHS_OF_CALENDAR = 12

export function load({ api, queries, params }: LoadContext) {
  const at = { params: { id: params['id']! } }
  void queries.prefetchQuery(reading(api, '/api/accounts/:id', at))
  void queries.prefetchQuery(reading(api, '/api/accounts/:id/summary', at))
}

export function Page() {
  const { t } = useLingui()
  const { api } = useCompany()
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useQuery(reading(api, '/api/accounts/:id', { params: { id } }))
  if (!query.data) return <PageFrame title={t`Bank account`} back={<CompanyLink to="banque/comptes">{t`Bank accounts`}</CompanyLink>}>{query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <PageSkeleton />}</PageFrame>
  return <Account key={id} account={query.data} />
}

function Account({ account }: { readonly account: BankAccount }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const typeWords = useAccountType()
  const summary = useQuery(reading(api, '/api/accounts/:id/summary', { params: { id: account.id } }))
  return (
    <PageFrame
      title={account.name} back={<CompanyLink to="banque/comptes">{t`Bank accounts`}</CompanyLink>}
      aside={<span className="flex flex-wrap items-center gap-2 text-sm text-muted"><InstitutionMark institution={account.institution} />{account.institution?.name}<Badge>{typeWords(account.type)}</Badge>{account.archivedOn ? <Badge tone="amber">{t`Archived`}</Badge> : null}{account.iban ? <span className="figures">{groupIban(account.iban)}</span> : null}</span>}
      actions={<><AccountMenu account={account} />{account.manual && !account.archivedOn && may('bank.import') ? <WriteLine account={account} /> : null}{may('bank.import') && !account.manual && !account.archivedOn ? <CompanyLink to="banque/import" look={{ button: 'primary' }} icon={Upload}>{t`Import a statement`}</CompanyLink> : null}</>}
    >
      <AccountFigures account={account} summary={summary.data} agreement={<Agreement account={account} />} />
      {account.postsEntries ? null : <p role="note" className="mt-3 rounded-lg bg-amber-soft px-3 py-2 text-sm">{t`Kept in ${account.currency} with no rate known: its lines are listed and not posted in the books.`}</p>}
      {account.suspicious > 0 ? <SuspiciousPile accountId={account.id} /> : null}
      <div className="grid grid-cols-1 gap-x-10 gap-y-8 py-6 wide:grid-cols-2">
        <Balances account={account} />
        <Months account={account} months={summary.data?.months ?? []} isRead={summary.data !== undefined} />
      </div>
      {account.manual ? null : <Section title={t`Statements, day by day`} description={t`Proven: a statement covers the day and its balances hold, up to the one before. What is missing can be asked of the bank.`}><Calendar account={account} /></Section>}
      <Imports accountId={account.id} />
    </PageFrame>
  )
}

/** The balance in the evening of each day, over the months of the address. */
function Balances({ account }: { readonly account: BankAccount }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const [search, setSearch] = useSearchState()
  const chosen = search['mois'] === '3' || search['mois'] === '24' ? search['mois'] : '12'
  const to = todayHere()
  const from = addDays(addMonths(to, -PERIODS[chosen]), 1)
  const query = useQuery({ ...reading(api, '/api/accounts/:id/balance', { params: { id: account.id }, query: { from, to } }), placeholderData: keepPreviousData })
  const days = query.data?.days
  const series = useMemo(() => days ? [{ id: 'balance', name: t`Balance`, tone: 'ink' as const, look: 'step' as const, points: days.map(({ on, balance }) => ({ on, amount: balance.amount })) }] : [], [days, t])
  const choice = (
    <span role="group" aria-label={t`Period`} className="flex gap-1">
      {(['3', '12', '24'] as const).map((one) => <button key={one} type="button" aria-pressed={one === chosen} onClick={() => setSearch({ mois: one === '12' ? undefined : one })} className="h-6 rounded-full px-2 text-xs text-muted hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent">{t`${one} months`}</button>)}
    </span>
  )
  if (!days) return query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Balance in the evening`} rows={6} />
  return <DayChart label={t`Balance in the evening`} currency={account.currency} series={series} actions={choice} />
}

/** What came in and what went out, month by month. */
function Months({ account, months, isRead }: { readonly account: BankAccount; readonly months: readonly { readonly month: string; readonly in: { amount: string }; readonly out: { amount: string }; readonly net: { amount: string } }[]; readonly isRead: boolean }) {
  const { t } = useLingui()
  const rows = useMemo(() => months.toReversed().map((one) => ({ month: one.month, amounts: { in: one.in.amount, out: one.out.amount, net: one.net.amount } })), [months])
  const series = useMemo(() => [{ id: 'in', name: t`In`, tone: 1 as const }, { id: 'out', name: t`Out`, tone: 2 as const }, { id: 'net', name: t`Difference`, tone: 'ink' as const, look: 'line' as const }], [t])
  if (!isRead) return <RowsSkeleton label={t`In and out by month`} rows={6} />
  if (rows.length === 0) return <p className="text-sm text-muted">{t`What comes in and goes out by month is drawn here once the account has lines.`}</p>
  return <MonthChart label={t`In and out by month`} currency={account.currency} series={series} months={rows} />
}

function Calendar({ account }: { readonly account: BankAccount }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const today = todayHere()
  // An account without a line for a year is shown in its last year: an empty calendar would tell nothing.
  const to = account.lastLineOn !== null && account.lastLineOn < addMonths(today, -MONTHS_OF_CALENDAR) ? localDate(account.lastLineOn) : today
  const from = `${addMonths(to, 1 - MONTHS_OF_CALENDAR).slice(0, 7)}-01`
  const query = useQuery(reading(api, '/api/accounts/:id/continuity', { params: { id: account.id }, query: { from, to } }))
  if (!query.data) return query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Statements, day by day`} rows={8} />
  if (query.data.firstOn === null) return <p className="text-sm text-muted">{t`No statement yet. Each one that is brought in fills its days here.`}</p>
  return <ContinuityCalendar continuity={query.data} />
}

function Imports({ accountId }: { readonly accountId: string }) {
  const { t } = useLingui()
  const { api, at } = useCompany()
  const query = useInfiniteQuery(listing(api, '/api/imports', { query: { limit: IMPORTS_READ } }))
  const columns = useImportColumns()
  const rows = rowsOf<ImportRow>(query.data).filter((row) => row.accountId === accountId)
  if (rows.length === 0) return null
  return <Section title={t`Files of this account`}><DataGrid label={t`Files of this account`} height="auto" rows={rows} columns={columns} rowId={(row) => row.id} to={(row) => at(`banque/import/${row.id}`)} /></Section>
}

function WriteLine({ account }: { readonly account: BankAccount }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [writing, setWriting] = useState(false)
  const write = useAction({ run: (body: NewBankLine) => api.post('/api/transactions', { body }), quiet: true, after: () => { setWriting(false); return refresh() }, done: ({ label }) => t`${label} is written.` })
  useShortcuts([{ keys: 'n', label: t`Write a line`, run: () => setWriting(true) }])
  return (
    <>
      <Button tone="primary" icon={Plus} onClick={() => setWriting(true)}>{t`Write a line`}</Button>
      {writing ? <NewLineDialog account={account} error={write.error} busy={write.isPending} onSave={(line) => write.mutate(line)} onClose={() => { setWriting(false); write.reset() }} /> : null}
    </>
  )
}

function AccountMenu({ account }: { readonly account: BankAccount }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const refresh = useRefresh(api)
  const [editing, setEditing] = useState(false)
  const isArchived = account.archivedOn !== null
  const params = { id: account.id }
  const after = () => refresh('/api/accounts', '/api/accounts/:id', '/api/accounts/:id/balance', '/api/accounts/:id/summary')
  const archive = useAction({
    run: (archived: boolean) => api.patch('/api/accounts/:id', { params, body: { archived }, version: account.version }), after,
    done: (_, archived) => archived ? t`Archived: its lines and its balance stay.` : t`Taken out of the archive.`,
    undo: (answer, archived) => () => api.patch('/api/accounts/:id', { params, body: { archived: !archived }, version: answer.version }),
  })
  const save = useAction({ run: (body: Parameters<typeof patchOf>[0]) => api.patch('/api/accounts/:id', { params, body: patchOf(body), version: account.version }), quiet: true, after: () => { setEditing(false); return after() }, done: () => t`Account changed.` })
  if (!may('bank.manage')) return null
  return (
    <>
      <Menu trigger={<IconButton icon={Ellipsis} label={t`More about this account`} />}>
        <MenuItem icon={Pencil} onSelect={() => setEditing(true)}>{t`Change the account`}</MenuItem>
        <MenuItem icon={isArchived ? ArchiveRestore : Archive} onSelect={() => archive.mutate(!isArchived)}>{isArchived ? t`Take out of the archive` : t`Archive`}</MenuItem>
      </Menu>
      {editing ? <AccountDialog account={account} error={save.error} busy={save.isPending} onSave={(fields) => save.mutate(fields)} onClose={() => { setEditing(false); save.reset() }} /> : null}
    </>
  )
}

/** A change names what may change: the kind and the currency of an account stay. */
function patchOf({ name, iban, institutionId, manual, opening }: { readonly name: string; readonly iban?: string | null; readonly institutionId?: string | null; readonly manual?: boolean; readonly opening?: { on: string; amount: string } | null }) {
  return { name, ...(iban === undefined ? {} : { iban }), ...(institutionId === undefined ? {} : { institutionId }), ...(manual === undefined ? {} : { manual }), ...(opening === undefined ? {} : { opening }) }
}
