import { useLingui } from '@lingui/react/macro'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import type { LoadContext } from '../../page-module.ts'
import { FiscalYears } from './fiscal-years.tsx'
import { SectionFrame } from './section-frame.tsx'

export function load({ api, queries, company }: LoadContext): void {
  if (company.permissions.includes('ledger.read')) void queries.prefetchQuery(reading(api, '/api/ledger/fiscal-years'))
}

export function Page() {
  const { t } = useLingui()
  const { may } = useCompany()
  return <SectionFrame title={t`Fiscal years`} refused={!may('ledger.read')}><FiscalYears /></SectionFrame>
}
