import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import type { MerchantDetail } from '../../../../contract/merchants.ts'
import { MerchantDetailView } from '../../../features/merchants/merchant-detail.tsx'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { ErrorState, RowsSkeleton, SidePanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries, params }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/merchants/:id', { params: { id: params['id']! } }))
}

export function Page() {
  const { t } = useLingui()
  const { api, at } = useCompany()
  const { id } = useParams({ strict: false }) as { id: string }
  const go = useNavigate()
  const close = () => void go({ to: at('banque/marchands'), search: true } as never)
  const query = useQuery(reading(api, '/api/merchants/:id', { params: { id } }))
  if (!query.data) {
    return (
      <SidePanel title={t`Merchant`} onClose={close}>
        {query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Merchant`} />}
      </SidePanel>
    )
  }
  return <SidePanel title={query.data.name} onClose={close}><Detail merchant={query.data} onGone={close} /></SidePanel>
}

function Detail({ merchant, onGone }: { readonly merchant: MerchantDetail; readonly onGone: () => void }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const refresh = useRefresh(api)
  const params = { id: merchant.id }
  const after = () => refresh('/api/merchants', '/api/merchants/:id', '/api/transactions', '/api/transactions/:id')
  const undoLatest = (one: MerchantDetail) => { const change = one.changes.find(({ mayUndo }) => mayUndo); return change ? () => api.post('/api/merchants/:id/changes/:changeId/undo', { params: { id: one.id, changeId: change.id } }) : undefined }
  const rename = useAction({ run: (body: { readonly name: string; readonly siren: string | null }) => api.patch('/api/merchants/:id', { params, body }), after, done: ({ name }) => t`Now called ${name}.`, undo: undoLatest })
  const split = useAction({ run: ({ name, aliasIds }: { readonly name: string; readonly aliasIds: readonly string[] }) => api.post('/api/merchants/:id/split', { params, body: { name, aliasIds: [...aliasIds] } }), after, done: ({ name }) => t`${name} is a merchant of its own.`, undo: undoLatest })
  const undo = useAction({ run: (changeId: string) => api.post('/api/merchants/:id/changes/:changeId/undo', { params: { ...params, changeId } }), after: async () => { await after(); if (merchant.lineCount === 0) onGone() }, done: () => t`Undone.` })
  const canWrite = may('merchant.write')
  return (
    <MerchantDetailView
      merchant={merchant}
      acts={{
        busy: rename.isPending || split.isPending || undo.isPending,
        onRename: canWrite ? (name, siren) => rename.mutate({ name, siren }) : undefined, onSplit: canWrite ? (name, aliasIds) => split.mutate({ name, aliasIds }) : undefined, onUndo: canWrite ? (changeId) => undo.mutate(changeId) : undefined,
      }}
    />
  )
}
