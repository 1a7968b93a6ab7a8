import { useLingui } from '@lingui/react/macro'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import type { LoadContext } from '../../page-module.ts'
import { FirmAccess } from './firm-access.tsx'
import { SectionFrame } from './section-frame.tsx'

export function load({ api, queries }: LoadContext): void {
  void queries.prefetchQuery(reading(api, '/api/grants'))
}

export function Page() {
  const { t } = useLingui()
  const { company } = useCompany()
  return <SectionFrame title={t`Accounting firms`} refused={company.kind === 'firm'}><FirmAccess /></SectionFrame>
}
