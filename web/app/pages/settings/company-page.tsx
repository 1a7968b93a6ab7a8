import { useLingui } from '@lingui/react/macro'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import type { LoadContext } from '../../page-module.ts'
import { CompanySettings } from './company-settings.tsx'
import { SectionFrame } from './section-frame.tsx'

export function load({ api, queries }: LoadContext): void {
  void queries.prefetchQuery(reading(api, '/api/company'))
}

export function Page() {
  const { t } = useLingui()
  const { company } = useCompany()
  return <SectionFrame title={company.kind === 'firm' ? t`Firm` : t`Company`}><CompanySettings /></SectionFrame>
}
