import { useLingui } from '@lingui/react/macro'
import { useMemo, useState } from 'react'
import type { CompanyAccess } from '../../../../contract/identity.ts'
import { addressIn, useCompany } from '../../../lib/company.tsx'
import { Badge, DataGrid, EmptyState, Page, TextField, type Column } from '../../../ui/index.ts'
import { CompanyMark } from '../../frame/company-switcher.tsx'
import { roleLabel, roleMeaning } from '../../role-words.ts'

const FILTER_FROM = 9

/** The files a firm can open: those whose company gave it access. */
export function ClientsPage() {
  const { t, i18n } = useLingui()
  const { company: firm, me } = useCompany()
  const [typed, setTyped] = useState('')
  const clients = useMemo(() => me.companies.filter(({ kind, via, firm: by }) => kind === 'company' && via === 'firm' && by?.id === firm.id).toSorted((a, b) => a.name.localeCompare(b.name, 'fr')), [me, firm.id])
  const shown = useMemo(() => clients.filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase())), [clients, typed])
  const columns = useMemo((): readonly Column<CompanyAccess>[] => [
    { id: 'name', header: t`Company`, width: 240, grow: 2, phone: 'title', cell: (row) => <span className="inline-flex max-w-full items-center gap-2.5 align-middle"><CompanyMark company={row} /><span className="truncate font-medium">{row.name}</span>{row.isDemo ? <Badge>{t`Demonstration`}</Badge> : null}</span> },
    { id: 'role', header: t`Your role`, width: 150, cell: (row) => i18n._(roleLabel(row.role)) },
    { id: 'means', header: t`What you do there`, width: 240, grow: 3, phone: 'hidden', cell: (row) => <span className="text-muted">{i18n._(roleMeaning(row.role))}</span> },
    { id: 'currency', header: t`Currency`, width: 90, phone: 'amount', cell: (row) => row.currency },
  ], [t, i18n])
  return (
    <Page title={t`Client companies`} layout="grid" aside={<><Badge>{clients.length}</Badge><span className="text-sm text-muted">{t`Identifier of your firm:`} <span className="select-all text-ink">{firm.slug}</span></span></>} filters={clients.length >= FILTER_FROM ? <TextField label={t`Find a client`} labelHidden placeholder={t`Find a client`} className="max-w-72" value={typed} onChange={(event) => setTyped(event.target.value)} /> : null}>
      {clients.length === 0
        ? <EmptyState title={t`No client has given access yet`}>{t`A company gives it in its settings, under “Accounting firms”, with the identifier of your firm: ${firm.slug}.`}</EmptyState>
        : <DataGrid label={t`Client companies`} rows={shown} columns={columns} rowId={(row) => row.id} to={(row) => addressIn(row.slug)} />}
    </Page>
  )
}
