import { useLingui } from '@lingui/react/macro'
import { Download, FileText } from 'lucide-react'
import { useState } from 'react'
import type { FiscalYear } from '../../../contract/ledger.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { todayHere } from '../../lib/format.ts'
import { Button, ProblemNote, SelectField } from '../../ui/index.ts'
import { pickYear, yearName } from './years.tsx'

/** The file of entries of a year, and the notice that goes with it. */
export function FecExport({ years }: { readonly years: readonly FiscalYear[] }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const [yearId, setYearId] = useState(() => pickYear(years, undefined, todayHere())?.id ?? '')
  const [separator, setSeparator] = useState('pipe')
  const [encoding, setEncoding] = useState('utf-8')
  const query = { fiscalYearId: yearId, separator, encoding }
  const file = useAction({ run: () => api.download('/api/exports/fec', query), done: (name) => t`${name} is in your downloads.`, quiet: true })
  const notice = useAction({ run: () => api.download('/api/exports/fec/notice', query), done: (name) => t`${name} is in your downloads.`, quiet: true })
  return (
    <div className="space-y-4">
      <div className="grid max-w-2xl grid-cols-1 gap-3 desk:grid-cols-3">
        <SelectField label={t`Fiscal year`} value={yearId} options={[...years].reverse().map((year) => ({ value: year.id, label: yearName(year) }))} onChange={(event) => setYearId(event.target.value)} />
        <SelectField label={t`Separator`} value={separator} options={[{ value: 'pipe', label: t`Vertical bar (usual)` }, { value: 'tab', label: t`Tab` }]} onChange={(event) => setSeparator(event.target.value)} />
        <SelectField label={t`Encoding`} value={encoding} options={[{ value: 'utf-8', label: t`UTF-8 (usual)` }, { value: 'iso-8859-15', label: 'ISO 8859-15' }]} onChange={(event) => setEncoding(event.target.value)} />
      </div>
      <ProblemNote error={file.error ?? notice.error} />
      <div className="flex flex-wrap gap-2">
        <Button icon={Download} busy={file.isPending} disabled={yearId === ''} onClick={() => { notice.reset(); file.mutate() }}>{t`Download the FEC`}</Button>
        <Button tone="quiet" icon={FileText} busy={notice.isPending} disabled={yearId === ''} onClick={() => { file.reset(); notice.mutate() }}>{t`Download the notice`}</Button>
      </div>
      <p className="max-w-prose text-sm text-muted">{t`The file carries the 18 fields of article A. 47 A-1 of the Livre des procédures fiscales: opening balances first, then every validated entry in order. Drafts are not in it.`}</p>
    </div>
  )
}
