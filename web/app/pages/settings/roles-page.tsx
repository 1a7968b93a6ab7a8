import { useLingui } from '@lingui/react/macro'
import { Roles } from '../../../features/team/roles.tsx'
import { reading } from '../../../lib/queries.ts'
import type { LoadContext } from '../../page-module.ts'
import { SectionFrame } from './section-frame.tsx'

export function load({ api, queries }: LoadContext): void {
  void queries.prefetchQuery(reading(api, '/api/roles'))
}

export function Page() {
  const { t } = useLingui()
  return <SectionFrame title={t`Roles`}><Roles /></SectionFrame>
}
