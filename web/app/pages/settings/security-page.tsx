import { useLingui } from '@lingui/react/macro'
import { Passkeys } from '../../../features/security/passkeys.tsx'
import { SecondFactor } from '../../../features/security/second-factor.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import { personApi } from '../../../lib/session.ts'
import type { LoadContext } from '../../page-module.ts'
import { SectionFrame } from './section-frame.tsx'

export function load({ queries }: LoadContext): void {
  void queries.prefetchQuery(reading(personApi, '/api/auth/two-factor'))
  void queries.prefetchQuery(reading(personApi, '/api/auth/passkeys'))
}

export function Page() {
  const { t } = useLingui()
  const { me } = useCompany()
  return <SectionFrame title={t`Security`}><SecondFactor email={me.user.email} /><Passkeys /></SectionFrame>
}
