import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Invoice } from '../../../contract/invoicing.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { todayHere } from '../../lib/format.ts'
import { isApiProblem } from '../../lib/problem.ts'
import { useRefresh } from '../../lib/queries.ts'
import { Confirm, DateField, Money, ProblemNote } from '../../ui/index.ts'

export type IssueDialogProps = { readonly invoice: Invoice; readonly open: boolean; readonly onClose: () => void; readonly onDone: (issued: Invoice) => void }

/** Asks before an invoice becomes final: the number it takes, and what nobody can do after. */
export function IssueDialog({ invoice, open, onClose, onDone }: IssueDialogProps) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [day, setDay] = useState(invoice.issuedOn ?? todayHere())
  const action = useAction({
    run: (issuedOn: string) => api.post('/api/invoices/sales/:id/issue', { params: { id: invoice.id }, body: { issuedOn } }),
    after: () => refresh(), done: (issued) => t`Invoice ${issued.number ?? ''} is issued.`, quiet: true,
  })
  const sameYear = day.slice(0, 4) === (invoice.issuedOn ?? todayHere()).slice(0, 4)
  const year = day.slice(0, 4)
  const submit = () => { if (day && !action.isPending) action.mutate(day, { onSuccess: onDone }) }
  const close = () => { if (!action.isPending) { action.reset(); onClose() } }
  return (
    <Confirm
      open={open} onClose={close} title={t`Issue this invoice?`} confirm={t`Issue`} busy={action.isPending} onConfirm={submit}
      description={
        <>
          <p>{sameYear && invoice.nextNumber
            ? <Trans>It takes the number <strong className="figures font-semibold text-ink">{invoice.nextNumber}</strong>, for {invoice.customer.name}, in the amount of <Money value={invoice.gross} className="font-semibold text-ink" />.</Trans>
            : <Trans>It takes the next number of the {year} series, for {invoice.customer.name}, in the amount of <Money value={invoice.gross} className="font-semibold text-ink" />.</Trans>}</p>
          <p className="mt-2">{t`Its entry is posted in the sales journal. After that, nobody can change its lines, its customer, its date or its number, nor remove it: it is corrected by a credit note only.`}</p>
        </>
      }
    >
      <div className="space-y-3">
        <DateField label={t`Date of the invoice`} value={day} onChange={setDay} className="max-w-52" error={isApiProblem(action.error) ? action.error.field('issuedOn') : undefined} />
        <ProblemNote error={action.error} except={({ field }) => field === 'issuedOn'} />
      </div>
    </Confirm>
  )
}
