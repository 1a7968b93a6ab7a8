import { useLingui } from '@lingui/react/macro'
import { Collaborators } from '../../../features/team/collaborators.tsx'
import { Invitations } from '../../../features/team/invitations.tsx'
import { Members } from '../../../features/team/members.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import type { LoadContext } from '../../page-module.ts'
import { SectionFrame } from './section-frame.tsx'

export function load({ api, queries }: LoadContext): void {
  void queries.prefetchQuery(reading(api, '/api/members'))
  void queries.prefetchQuery(reading(api, '/api/roles'))
}

export function Page() {
  const { t } = useLingui()
  const { company, may } = useCompany()
  return (
    <SectionFrame title={t`Team`}>
      <Members />
      {company.kind === 'firm' ? <Collaborators /> : null}
      {may('member.manage') ? <Invitations /> : null}
    </SectionFrame>
  )
}
