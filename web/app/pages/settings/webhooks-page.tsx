import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Plus, Webhook } from 'lucide-react'
import { useState } from 'react'
import type { WebhookSecret } from '../../../../contract/webhooks.ts'
import { EndpointDialog, SecretDialog } from '../../../features/webhooks/endpoint-form.tsx'
import { EndpointList } from '../../../features/webhooks/endpoints.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import { Button, EmptyState, ErrorState, RowsSkeleton } from '../../../ui/index.ts'
import { SectionFrame } from './section-frame.tsx'

export function Page() {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const allowed = may('webhook.manage')
  const query = useQuery({ ...reading(api, '/api/webhook-endpoints'), enabled: allowed })
  const [step, setStep] = useState<'new' | WebhookSecret | null>(null)
  const add = <Button tone="primary" icon={Plus} onClick={() => setStep('new')}>{t`New webhook`}</Button>
  const rows = query.data?.items
  return (
    <SectionFrame title={t`Webhooks`} refused={!allowed} actions={rows && rows.length > 0 ? add : null}>
      <p className="mb-4 max-w-prose text-muted">{t`When something happens here, your programs are told at once by a signed message. One that does not answer is tried again for a day.`}</p>
      {rows ? (rows.length === 0 ? <EmptyState icon={Webhook} title={t`No webhook yet`} action={add}>{t`For example: tell the shop when an invoice is paid.`}</EmptyState> : <EndpointList endpoints={rows} />)
        : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={4} />}
      {step === 'new' ? <EndpointDialog onClose={() => setStep(null)} onSecret={setStep} /> : step ? <SecretDialog made={step} onClose={() => setStep(null)} /> : null}
    </SectionFrame>
  )
}
