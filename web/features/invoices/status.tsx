import { useLingui } from '@lingui/react/macro'
import type { InvoiceSummary } from '../../../contract/invoicing.ts'
import { Status, type Tone } from '../../ui/index.ts'

/** Where an invoice stands, in one word and its colour. */
export function useInvoiceStatus(): (invoice: Pick<InvoiceSummary, 'kind' | 'status' | 'overdueDays'>) => { readonly tone: Tone; readonly word: string } {
  const { t } = useLingui()
  return ({ kind, status, overdueDays }) => {
    if (status === 'draft') return { tone: 'violet', word: t`Draft` }
    if (kind === 'credit_note') return { tone: 'grey', word: t`Credit note` }
    if (status === 'paid') return { tone: 'green', word: t`Paid` }
    if (status === 'credited') return { tone: 'grey', word: t`Cancelled by credit note` }
    if (overdueDays > 0) return { tone: 'red', word: overdueDays === 1 ? t`Late by 1 day` : t`Late by ${overdueDays} days` }
    return status === 'part_paid' ? { tone: 'amber', word: t`Partly paid` } : { tone: 'amber', word: t`To be paid` }
  }
}

export function InvoiceStatus({ invoice }: { readonly invoice: Pick<InvoiceSummary, 'kind' | 'status' | 'overdueDays'> }) {
  const { tone, word } = useInvoiceStatus()(invoice)
  return <Status tone={tone}>{word}</Status>
}
