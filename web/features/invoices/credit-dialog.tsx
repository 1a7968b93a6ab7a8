import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Invoice } from '../../../contract/invoicing.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { todayHere } from '../../lib/format.ts'
import { useRefresh } from '../../lib/queries.ts'
import { Confirm, DateField, Money, ProblemNote, TextArea } from '../../ui/index.ts'

export type CreditDialogProps = { readonly invoice: Invoice; readonly open: boolean; readonly onClose: () => void; readonly onDone: (creditNote: Invoice) => void }

/** Asks before an invoice is cancelled by a credit note, which is final too. */
export function CreditDialog({ invoice, open, onClose, onDone }: CreditDialogProps) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [day, setDay] = useState<string>(todayHere())
  const [reason, setReason] = useState('')
  const action = useAction({
    run: (body: { issuedOn: string; reason?: string }) => api.post('/api/invoices/sales/:id/credit-note', { params: { id: invoice.id }, body }),
    after: () => refresh(), done: (note) => t`Credit note ${note.number ?? ''} is issued.`, quiet: true,
  })
  const number = invoice.number ?? ''
  const submit = () => {
    if (!day || action.isPending) return
    action.mutate({ issuedOn: day, ...(reason.trim() ? { reason: reason.trim() } : {}) }, { onSuccess: onDone })
  }
  return (
    <Confirm
      open={open} onClose={() => { if (!action.isPending) { action.reset(); onClose() } }} title={t`Cancel invoice ${number} by a credit note?`} confirm={t`Issue the credit note`} busy={action.isPending} onConfirm={submit}
      description={
        <>
          <p><Trans>The credit note takes every line of the invoice, the next number of its series, and gives <Money value={invoice.gross} className="font-semibold text-ink" /> back to {invoice.customer.name}.</Trans></p>
          <p className="mt-2">{t`Its entry is posted at once. After that, nobody can change or remove the credit note, and the invoice can no longer be paid.`}</p>
        </>
      }
    >
      <div className="space-y-3">
        <DateField label={t`Date of the credit note`} value={day} onChange={setDay} className="max-w-52" />
        <TextArea label={t`Reason`} hint={t`Optional. It is kept with the credit note.`} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} rows={2} />
        <ProblemNote error={action.error} />
      </div>
    </Confirm>
  )
}
