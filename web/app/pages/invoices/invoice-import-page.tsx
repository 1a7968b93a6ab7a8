import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { InvoiceImport } from '../../../features/invoices/import-form.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { CompanyLink, Page as PageFrame, RefusedState } from '../../../ui/index.ts'

export function Page() {
  const { t } = useLingui()
  const { at, may } = useCompany()
  const go = useNavigate()
  return (
    <PageFrame title={t`Import invoices`} back={<CompanyLink to="ventes/factures">{t`Invoices`}</CompanyLink>}>
      {may('invoice.import') ? <InvoiceImport onDone={() => void go({ to: at('ventes/factures') } as never)} /> : <RefusedState />}
    </PageFrame>
  )
}
