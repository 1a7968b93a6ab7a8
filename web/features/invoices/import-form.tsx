import { useLingui } from '@lingui/react/macro'
import { FileSpreadsheet } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { InvoiceImportResult } from '../../../contract/invoicing.ts'
import { useAction } from '../../lib/action.ts'
import { fileBody } from '../../lib/api.ts'
import { useCompany } from '../../lib/company.tsx'
import { useRefresh } from '../../lib/queries.ts'
import { Button, DropZone, ProblemNote, Section } from '../../ui/index.ts'
import { ImportOutcome } from './import-outcome.tsx'

export type ImportMode = InvoiceImportResult['mode']
const MODES: readonly ImportMode[] = ['posted', 'taken_over', 'draft']

function ModeChoice({ mode, onChange, disabled }: { readonly mode: ImportMode; readonly onChange: (mode: ImportMode) => void; readonly disabled: boolean }) {
  const { t } = useLingui()
  const words: Readonly<Record<ImportMode, { title: string; text: string }>> = {
    posted: { title: t`Issued by another tool`, text: t`They keep their own number and their entries are posted on their own dates. For invoices of a year kept here.` },
    taken_over: { title: t`Open before you came`, text: t`They keep their own number and have no entry here: they are already in your opening balances. They only wait for their payment.` },
    draft: { title: t`Drafts to issue here`, text: t`They take the next numbers of your series when you issue them. For new invoices prepared elsewhere.` },
  }
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-2 text-sm font-semibold">{t`What are these invoices?`}</legend>
      {MODES.map((value) => (
        <label key={value} className="flex cursor-pointer items-start gap-3 border-b border-line py-2.5 last:border-b-0">
          <input type="radio" name="mode" value={value} checked={mode === value} onChange={() => onChange(value)} className="mt-0.5 size-4 shrink-0 accent-accent" />
          <span><span className="block font-medium">{words[value].title}</span><span className="block max-w-prose text-sm text-muted">{words[value].text}</span></span>
        </label>
      ))}
    </fieldset>
  )
}

/** A CSV of invoices: checked first, stored once what it would do has been seen. */
export function InvoiceImport({ onDone }: { readonly onDone: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [mode, setMode] = useState<ImportMode>('posted')
  const [file, setFile] = useState<File>()
  const send = (given: { file: File; mode: ImportMode; dryRun: boolean }) => api.post('/api/invoices/sales/import', { body: fileBody(given.file), query: { mode: given.mode, dryRun: given.dryRun } })
  const check = useAction({ run: (given: { file: File; mode: ImportMode }) => send({ ...given, dryRun: true }), quiet: true })
  const store = useAction({
    run: (given: { file: File; mode: ImportMode }) => send({ ...given, dryRun: false }), after: () => refresh(),
    done: ({ accepted }) => accepted === 1 ? t`1 invoice brought in.` : t`${accepted} invoices brought in.`, quiet: true,
  })
  const busy = check.isPending || store.isPending
  const verify = (next: { file?: File | undefined; mode: ImportMode }) => {
    store.reset()
    if (next.file) check.mutate({ file: next.file, mode: next.mode })
  }
  const result = store.data ?? check.data
  const outcome = useRef<HTMLDivElement>(null)
  // What was found stands under the file: it comes into sight by itself.
  useEffect(() => { if (result) outcome.current?.scrollIntoView({ block: 'nearest' }) }, [result])
  return (
    <div className="max-w-3xl">
      <Section title={t`1. The kind of invoices`}>
        <ModeChoice mode={mode} disabled={busy || store.isSuccess} onChange={(next) => { setMode(next); verify({ file, mode: next }) }} />
      </Section>
      {store.isSuccess ? null : (
        <Section title={t`2. The file`} description={t`One row for each invoice, or for each of its lines. The first row names the columns; the file is checked before anything is stored.`}>
          <DropZone label={file ? t`Choose another file` : t`Drop a CSV here, or click to choose it`} hint={file ? file.name : t`Columns: invoice_id, kind, number, party_id, date, net, vat, gross and, if you have them, due_date, party_name, line_…`} accept=".csv,.txt,text/csv" busy={busy} onFiles={([given]) => { setFile(given); verify({ file: given, mode }) }} />
        </Section>
      )}
      <ProblemNote error={store.error ?? check.error} />
      {result && file ? (
        <div ref={outcome}><Section title={store.isSuccess ? t`What was stored` : t`3. What it would do`} description={<span className="inline-flex items-center gap-1.5"><FileSpreadsheet size={14} aria-hidden />{file.name}</span>}>
          <ImportOutcome result={result} />
          <div className="mt-5 flex flex-wrap gap-2">
            {store.isSuccess ? <Button tone="primary" onClick={onDone}>{t`See the invoices`}</Button> : (
              <Button tone="primary" busy={store.isPending} disabled={result.accepted === 0 || busy} onClick={() => { if (!busy) store.mutate({ file, mode }) }}>
                {result.accepted === 0 ? t`Nothing to bring in` : result.accepted === 1 ? t`Bring in 1 invoice` : t`Bring in ${result.accepted} invoices`}
              </Button>
            )}
          </div>
        </Section></div>
      ) : null}
    </div>
  )
}
