import { useLingui } from '@lingui/react/macro'
import { Sessions } from '../../../features/security/sessions.tsx'
import { reading } from '../../../lib/queries.ts'
import { personApi } from '../../../lib/session.ts'
import type { LoadContext } from '../../page-module.ts'
import { SectionFrame } from './section-frame.tsx'

export function load({ queries }: LoadContext): void {
  void queries.prefetchQuery(reading(personApi, '/api/auth/sessions'))
}

export function Page() {
  const { t } = useLingui()
  return <SectionFrame title={t`Devices`}><Sessions /></SectionFrame>
}
