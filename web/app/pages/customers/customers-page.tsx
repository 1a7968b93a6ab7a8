import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { Plus, Users } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Customer } from '../../../../contract/party.ts'
import { isZero, sumAmounts } from '../../../lib/amounts.ts'
import type { Api } from '../../../lib/api.ts'
import { useCompany } from '../../../lib/company.tsx'
import { formatSiren } from '../../../lib/format.ts'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { listing, rowsOf } from '../../../lib/queries.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { CompanyLink, EmptyState, FilterChips, Link, Money, Page as PageFrame, QueryGrid, WithPanel, type Column } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

const options = (api: Api, search: SearchValues) => listing(api, '/api/customers', { query: { limit: 100, ...(search['q'] ? { search: search['q'] } : {}) } })

export function load({ api, queries, search }: LoadContext) {
  void queries.prefetchInfiniteQuery(options(api, search))
}

function useColumns(rows: readonly Customer[], more: boolean, narrow: boolean): readonly Column<Customer>[] {
  const { t } = useLingui()
  const { company } = useCompany()
  return useMemo(() => {
    const { currency } = company
    const sum = (of: (row: Customer) => string) => <Money value={{ amount: sumAmounts(rows.map(of), currency), currency }} />
    const amount = (value: Customer['open'], late: boolean) => isZero(value) ? <span className="text-muted">—</span> : <Money value={value} className={late ? 'text-red' : undefined} />
    const count = rows.length
    const name: Column<Customer> = { id: 'name', header: t`Customer`, width: 180, grow: 2, phone: 'title', cell: (row) => <span title={row.name}>{row.name}</span>, total: more ? t`${count} shown` : count === 1 ? t`1 customer` : t`${count} customers` }
    const code: Column<Customer> = { id: 'code', header: t`Code`, width: 96, phone: 'detail', cell: (row) => <span className="figures text-muted">{row.code}</span> }
    const city: Column<Customer> = { id: 'city', header: t`City`, width: 120, grow: 1, phone: 'detail', cell: (row) => row.city ?? <span className="text-muted">—</span> }
    const siren: Column<Customer> = { id: 'siren', header: 'SIREN', width: 116, phone: 'hidden', cell: (row) => row.siren ? <span className="figures">{formatSiren(row.siren)}</span> : <span className="text-muted">—</span> }
    const days: Column<Customer> = { id: 'days', header: t`Days to pay`, width: 130, align: 'right', phone: 'hidden', cell: (row) => <span className="figures">{row.paymentDays === 0 ? t`On receipt` : t`${row.paymentDays} days`}</span> }
    const open: Column<Customer> = { id: 'open', header: t`Left to pay`, width: 132, align: 'right', phone: 'amount', cell: (row) => amount(row.open, false), total: sum((row) => row.open.amount) }
    const overdue: Column<Customer> = { id: 'overdue', header: t`Of which late`, width: 132, align: 'right', phone: 'hidden', cell: (row) => amount(row.overdue, true), total: sum((row) => row.overdue.amount) }
    return narrow ? [name, code, open, overdue] : [name, code, city, siren, days, open, overdue]
  }, [rows, more, narrow, company, t])
}

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const [search] = useSearchState()
  const [active, setActive] = useState<Customer>()
  const query = useInfiniteQuery(options(api, search))
  const rows = useMemo(() => rowsOf<Customer>(query.data), [query.data])
  const panelOpen = useLocation({ select: ({ pathname }) => !pathname.endsWith('/clients') })
  const columns = useColumns(rows, query.hasNextPage, panelOpen)
  const writes = may('customer.write')
  useShortcuts([
    { keys: 'n', label: t`New customer`, when: writes, run: () => void go({ to: at('ventes/clients/nouveau') } as never) },
    { keys: 'e', label: t`Edit the customer`, when: writes && active !== undefined, run: () => void go({ to: at(`ventes/clients/${active!.id}/modifier`), search: true } as never) },
  ])
  const add = writes ? <Link to={at('ventes/clients/nouveau')} look={{ button: 'primary' }} icon={Plus}>{t`New customer`}</Link> : null
  return (
    <WithPanel panel={<Outlet />}>
      <PageFrame title={t`Customers`} layout="grid" actions={add} filters={<FilterChips filters={[]} search={{ name: 'q', label: t`Name, code, SIREN` }} />}>
        <QueryGrid
          label={t`Customers`} query={query} columns={columns} rowId={(row) => row.id} to={(row) => at(`ventes/clients/${row.id}`)} openId={id} onActive={setActive}
          empty={search['q']
            ? <EmptyState title={t`No customer matches`} action={<CompanyLink to="ventes/clients" look={{ button: 'plain' }}>{t`See every customer`}</CompanyLink>}>{t`Search for a name, a code or a SIREN.`}</EmptyState>
            : <EmptyState icon={Users} title={t`Your customers will be here`} action={add}>{t`Add one now, or let them come by themselves when you import invoices. Each shows what it owes and what is late.`}</EmptyState>}
        />
      </PageFrame>
    </WithPanel>
  )
}
