import { useLingui } from '@lingui/react/macro'
import type { InvoiceImportResult } from '../../../contract/invoicing.ts'
import { formatCount } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { Money, ProblemList } from '../../ui/index.ts'

/** What a file would do, or did: counts, totals, and each problem by line and column. */
export function ImportOutcome({ result }: { readonly result: InvoiceImportResult }) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const counts = [
    { label: t`Rows read`, value: result.rows, always: true },
    { label: result.committed ? t`Brought in` : t`To bring in`, value: result.accepted, always: true },
    { label: t`Already here, left alone`, value: result.alreadyKnown, always: false },
    { label: t`Rejected`, value: result.rejected, always: false },
    { label: t`Of another kind, passed over`, value: result.ignored, always: false },
    { label: t`Customers added`, value: result.customersCreated, always: false },
  ].filter(({ value, always }) => always || value > 0)
  return (
    <div aria-live="polite">
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        {counts.map(({ label, value }) => (
          <div key={label}><dt className="text-xs text-muted">{label}</dt><dd className="figures text-title font-semibold">{formatCount(value, locale)}</dd></div>
        ))}
        {result.totals.map((total) => (
          <div key={total.currency}><dt className="text-xs text-muted">{t`Total with tax`}</dt><dd className="text-title font-semibold"><Money value={total} /></dd></div>
        ))}
      </dl>
      {result.problems.length > 0 ? <div className="mt-5"><ProblemList problems={result.problems} /></div> : <p className="mt-4 text-sm text-green">{t`No problem found in the file.`}</p>}
    </div>
  )
}
