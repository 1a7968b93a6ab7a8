import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Summary } from '../../../../contract/reconciliation.ts'
import { isNegative, isZero } from '../../../lib/amounts.ts'
import { useCompany } from '../../../lib/company.tsx'
import { formatLongDay } from '../../../lib/format.ts'
import { usePreferences } from '../../../lib/preferences.ts'
import { reading } from '../../../lib/queries.ts'
import { Bone, classes, ErrorState, Link, Money, Page, Sparkline, Tooltip } from '../../../ui/index.ts'
import { hasPage } from '../../routes.ts'
import { TodoList } from './todo-list.tsx'
import { countWords } from './todo-words.ts'

type FigureProps = {
  readonly label: string
  /** How it is made, on hover and for a screen reader. */
  readonly made: string
  readonly value: Summary['vatToSetAside']
  readonly detail: ReactNode
  readonly to: string
  readonly search?: Readonly<Record<string, string>> | undefined
  readonly tone?: 'red' | undefined
}

/** One figure that opens on its lines. */
function Figure({ label, made, value, detail, to, search, tone }: FigureProps) {
  const { at } = useCompany()
  const body = (
    <>
      <span className="block text-sm text-muted group-hover:text-ink">{label}</span>
      <span className={classes('mt-1 block text-title font-semibold tracking-tight desk:text-[1.625rem] desk:leading-8 wide:text-figure', tone === 'red' && 'text-red')}><Money value={value} /></span>
      <span className="mt-1 block text-sm text-muted">{detail}</span>
    </>
  )
  const look = 'group block min-w-0 py-2.5 desk:py-3 wide:px-6 wide:first:pl-0'
  if (!hasPage(to.split('?')[0]!)) return <div className={look}>{body}</div>
  return <Tooltip text={made}><Link look="bare" to={at(to)} search={search} className={look}>{body}</Link></Tooltip>
}

function Figures({ summary }: { readonly summary: Summary }) {
  const { t } = useLingui()
  const { cash, open, unpaidLate, vatToSetAside } = summary
  const late = !isZero(unpaidLate.total)
  return (
    <div className="grid grid-cols-2 gap-x-4 border-b border-line desk:gap-x-0 wide:grid-cols-4 wide:divide-x wide:divide-line">
      <Figure label={t`Cash today`} made={t`The sum of the bank accounts, to their last known line.`} value={cash.total} detail={<Count kind="accounts" count={cash.accounts} />} to="banque/comptes" tone={isNegative(cash.total) ? 'red' : undefined} />
      <Figure label={t`Owed by your customers`} made={t`What is left to be paid on issued invoices (accounts 411).`} value={open.total} detail={<Count kind="invoices" count={open.invoices} />} to="ventes/factures" search={{ etat: 'open' }} />
      <Figure label={t`Of which late`} made={t`Invoices whose due day is past.`} value={unpaidLate.total} detail={late ? <Count kind="late" count={unpaidLate.invoices} customers={unpaidLate.customers} /> : t`Nobody is late.`} to="ventes/factures" search={{ retard: 'oui' }} tone={late ? 'red' : undefined} />
      <Figure label={t`VAT to set aside`} made={t`VAT due on what was received, less VAT to recover (accounts 445).`} value={vatToSetAside} detail={isZero(vatToSetAside) ? t`Nothing to set aside.` : isNegative(vatToSetAside) ? t`The State owes it to you.` : t`Do not count on it.`} to="compta/balance" />
    </div>
  )
}

function Count({ kind, count, customers = 0 }: { readonly kind: 'accounts' | 'invoices' | 'late'; readonly count: number; readonly customers?: number }) {
  const { i18n } = useLingui()
  return <>{i18n._(countWords(kind, count, customers))}</>
}

function TodoSkeleton() {
  return (
    <div className="space-y-8">
      <div className="grid gap-6 border-b border-line py-4 desk:grid-cols-2 wide:grid-cols-4">{[0, 1, 2, 3].map((n) => <div key={n} className="space-y-2.5"><Bone className="w-24" /><Bone className="h-8 w-40" /><Bone className="w-32" /></div>)}</div>
      <div className="space-y-5">{[0, 1, 2].map((n) => <Bone key={n} className="w-2/3" />)}</div>
    </div>
  )
}

/** What is left to do in the company, and its four figures. */
export function TodoPage() {
  const { t } = useLingui()
  const { api } = useCompany()
  const { locale } = usePreferences()
  const query = useQuery(reading(api, '/api/summary'))
  const { data: summary } = query
  return (
    <Page title={t`To do`} aside={summary ? <span className="text-sm text-muted">{formatLongDay(summary.on, locale)}</span> : null}>
      {query.error && !summary ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : null}
      {query.isPending ? <TodoSkeleton /> : null}
      {summary ? (
        <>
          <Figures summary={summary} />
          <div className="grid gap-x-12 gap-y-8 pt-6 wide:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <TodoList items={summary.toDo} />
            {summary.cash.accounts > 0 && summary.cashHistory.length > 1 ? <div><Sparkline label={t`Cash over the last 90 days`} points={summary.cashHistory} currency={summary.cash.total.currency} /></div> : null}
          </div>
        </>
      ) : null}
    </Page>
  )
}
