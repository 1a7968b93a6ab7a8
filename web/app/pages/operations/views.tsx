import { useLingui } from '@lingui/react/macro'
import { Link as RouterLink } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import { Badge } from '../../../ui/index.ts'

const VIEW = 'inline-flex h-8 items-center gap-2 border-b-2 border-transparent px-0.5 text-muted hover:text-ink'
const HERE = { className: 'border-accent! font-medium text-ink!', 'aria-current': 'page' as const }

/** The two lists of the page: what people start and follow, and the jobs behind. */
export function Views() {
  const { t } = useLingui()
  const { api, at } = useCompany()
  const queues = useQuery(reading(api, '/api/queues'))
  const failed = (queues.data?.items ?? []).reduce((sum, queue) => sum + queue.failed, 0)
  return (
    <nav aria-label={t`Views`} className="flex gap-5 border-b border-line">
      <RouterLink to={at('activite') as never} activeOptions={{ exact: true, includeSearch: false }} className={VIEW} activeProps={HERE}>{t`Workflows`}</RouterLink>
      <RouterLink to={at('activite/traitements') as never} activeOptions={{ includeSearch: false }} className={VIEW} activeProps={HERE}>{t`Jobs`}{failed > 0 ? <Badge tone="red">{t`${failed} failed`}</Badge> : null}</RouterLink>
    </nav>
  )
}
