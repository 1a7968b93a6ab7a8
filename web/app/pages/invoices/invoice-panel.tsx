import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { CreditDialog } from '../../../features/invoices/credit-dialog.tsx'
import { useRemoveDraft } from '../../../features/invoices/draft-actions.ts'
import { DetailSkeleton, InvoiceDetail } from '../../../features/invoices/invoice-detail.tsx'
import { IssueDialog } from '../../../features/invoices/issue-dialog.tsx'
import { InvoiceStatus } from '../../../features/invoices/status.tsx'
import type { Invoice } from '../../../../contract/invoicing.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { reading } from '../../../lib/queries.ts'
import { Button, ErrorState, Link, SidePanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries, params }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/invoices/sales/:id', { params: { id: params['id']! } }))
}

function useOpener() {
  const { at } = useCompany()
  const go = useNavigate()
  return (path: string) => void go({ to: at(path), search: true } as never)
}

function Actions({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useLingui()
  const { at, may } = useCompany()
  const open = useOpener()
  const [asked, setAsked] = useState<'issue' | 'credit'>()
  const remove = useRemoveDraft(() => open('ventes/factures'))
  const isDraft = invoice.status === 'draft'
  const canWrite = isDraft && invoice.kind === 'invoice' && may('invoice.write')
  const canIssue = isDraft && may('invoice.issue')
  const canCredit = invoice.kind === 'invoice' && may('invoice.issue') && invoice.status === 'issued'
  useShortcuts([
    { keys: 'e', label: t`Edit the draft`, when: canWrite, run: () => open(`ventes/factures/${invoice.id}/modifier`) },
    { keys: 'f', label: t`Issue the draft`, when: canIssue, run: () => setAsked('issue') },
    { keys: 'Delete', label: t`Remove the draft`, when: canWrite, run: () => { if (!remove.isPending) remove.mutate(invoice) } },
  ])
  return (
    <>
      {canWrite ? <Button tone="quiet" icon={Trash2} busy={remove.isPending} onClick={() => remove.mutate(invoice)}>{t`Remove`}</Button> : null}
      {canWrite ? <Link to={at(`ventes/factures/${invoice.id}/modifier`)} look={{ button: 'plain' }} icon={Pencil}>{t`Edit`}</Link> : null}
      {canIssue ? <Button tone="primary" onClick={() => setAsked('issue')}>{t`Issue…`}</Button> : null}
      {canCredit ? <Button onClick={() => setAsked('credit')}>{t`Credit note…`}</Button> : null}
      {asked === 'issue' ? <IssueDialog invoice={invoice} open onClose={() => setAsked(undefined)} onDone={() => setAsked(undefined)} /> : null}
      {asked === 'credit' ? <CreditDialog invoice={invoice} open onClose={() => setAsked(undefined)} onDone={(note) => { setAsked(undefined); open(`ventes/factures/${note.id}`) }} /> : null}
    </>
  )
}

export function Page() {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const { id } = useParams({ strict: false }) as { id: string }
  const open = useOpener()
  const query = useQuery(reading(api, '/api/invoices/sales/:id', { params: { id } }))
  const invoice = query.data
  const close = () => open('ventes/factures')
  if (!invoice) {
    return (
      <SidePanel title={t`Invoice`} onClose={close}>
        {query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <DetailSkeleton />}
      </SidePanel>
    )
  }
  const name = invoice.number ?? t`Draft`
  const hasActions = invoice.kind === 'invoice' && ((invoice.status === 'draft' && (may('invoice.write') || may('invoice.issue'))) || (invoice.status === 'issued' && may('invoice.issue')))
  return (
    <SidePanel
      title={invoice.kind === 'credit_note' ? t`Credit note ${name}` : invoice.number ? t`Invoice ${name}` : t`Draft invoice`}
      aside={<><InvoiceStatus invoice={invoice} /><span aria-hidden>·</span><span>{invoice.customer.name}</span></>}
      onClose={close} actions={hasActions ? <Actions key={invoice.id} invoice={invoice} /> : undefined}
    >
      <InvoiceDetail key={invoice.id} invoice={invoice} />
    </SidePanel>
  )
}
