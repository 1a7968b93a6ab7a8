import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Deliveries } from '../../../features/webhooks/deliveries.tsx'
import { EndpointDetail } from '../../../features/webhooks/endpoint-detail.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import { CompanyLink, ErrorState, RowsSkeleton } from '../../../ui/index.ts'
import { SectionFrame } from './section-frame.tsx'

export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id: string }
  const allowed = may('webhook.manage')
  const query = useQuery({ ...reading(api, '/api/webhook-endpoints/:id', { params: { id } }), enabled: allowed })
  return (
    <SectionFrame title={query.data?.description || t`Webhook`} refused={!allowed}>
      <p className="mb-4 text-sm"><CompanyLink to="reglages/webhooks">{t`All the webhooks`}</CompanyLink></p>
      {query.data ? <><EndpointDetail key={query.data.version} endpoint={query.data} onRemoved={() => { void go({ to: at('reglages/webhooks') } as never) }} /><Deliveries endpointId={id} /></>
        : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={5} />}
    </SectionFrame>
  )
}
