import { useLingui } from '@lingui/react/macro'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { Page as PageFrame, Tabs } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'
import { CompanySettings } from './company-settings.tsx'
import { FirmAccess } from './firm-access.tsx'
import { FiscalYears } from './fiscal-years.tsx'
import { Members } from './members.tsx'

export function load({ api, queries }: LoadContext): void {
  void queries.prefetchQuery(reading(api, '/api/company'))
}

/** Identity, fiscal years, people, firms: one tab each, kept in the address. */
export function Page() {
  const { t } = useLingui()
  const { company, may } = useCompany()
  const [search, setSearch] = useSearchState()
  const isFirm = company.kind === 'firm'
  const tabs = [
    { value: 'societe', label: isFirm ? t`Firm` : t`Company`, shown: true, content: <CompanySettings /> },
    { value: 'exercices', label: t`Fiscal years`, shown: !isFirm && may('ledger.read'), content: <FiscalYears /> },
    { value: 'equipe', label: t`Team`, shown: true, content: <Members /> },
    { value: 'cabinets', label: t`Accounting firms`, shown: !isFirm, content: <FirmAccess /> },
  ].filter(({ shown }) => shown)
  const current = tabs.find(({ value }) => value === search['onglet'])?.value ?? 'societe'
  return (
    <PageFrame title={t`Settings`} layout="text">
      <Tabs label={t`Settings`} value={current} onChange={(onglet) => setSearch({ onglet })} tabs={tabs} />
    </PageFrame>
  )
}
