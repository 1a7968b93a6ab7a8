import { useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import type { FecImportResult } from '../../../contract/ledger.ts'
import { useAction } from '../../lib/action.ts'
import { fileBody } from '../../lib/api.ts'
import { useCompany } from '../../lib/company.tsx'
import { formatCount } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { isApiProblem } from '../../lib/problem.ts'
import { useRefresh } from '../../lib/queries.ts'
import { Button, CompanyLink, Confirm, DropZone, Money, ProblemList, ProblemNote, Status } from '../../ui/index.ts'
import { yearName } from './years.tsx'

/** What the check of a file found, in one sentence and then in figures. */
function Outcome({ result }: { readonly result: FecImportResult }) {
  const { t } = useLingui()
  const { company } = useCompany()
  const { locale } = usePreferences()
  const errors = result.problems.filter(({ severity }) => severity === 'error').length
  const balanced = result.debit === result.credit
  const word = result.committed ? t`The year is in the books.` : !balanced ? t`Debits and credits differ: the file cannot be brought in as it is.`
    : errors > 0 ? t`The file has points to correct, listed below by line and field.` : result.problems.length > 0 ? t`The file can be brought in. A few points are worth a look.` : t`The file is sound: it balances and every line can be read.`
  return (
    <div aria-live="polite">
      <p><Status tone={result.committed || (balanced && errors === 0) ? 'green' : 'red'}>{word}</Status></p>
      <dl className="mt-3 flex flex-wrap gap-x-10 gap-y-3">
        {result.fiscalYear ? <div><dt className="text-xs text-muted">{t`Fiscal year`}</dt><dd className="figures text-lead font-semibold">{yearName(result.fiscalYear)}</dd></div> : null}
        <div><dt className="text-xs text-muted">{t`Entries`}</dt><dd className="figures text-lead font-semibold">{formatCount(result.entries, locale)}</dd></div>
        <div><dt className="text-xs text-muted">{t`Lines read`}</dt><dd className="figures text-lead font-semibold">{formatCount(result.lines, locale)}</dd></div>
        <div><dt className="text-xs text-muted">{t`Debit`}</dt><dd className="text-lead font-semibold"><Money value={{ amount: result.debit, currency: company.currency }} /></dd></div>
        <div><dt className="text-xs text-muted">{t`Credit`}</dt><dd className="text-lead font-semibold"><Money value={{ amount: result.credit, currency: company.currency }} /></dd></div>
      </dl>
      {result.problems.length > 0 ? <div className="mt-5"><ProblemList problems={result.problems} /></div> : null}
    </div>
  )
}

/** A whole year from another ledger: checked first, stored whole or not at all. */
export function FecImport() {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [file, setFile] = useState<File>()
  const [asked, setAsked] = useState(false)
  const check = useAction({ run: (given: File) => api.post('/api/ledger/imports/fec', { body: fileBody(given), query: { dryRun: true } }), quiet: true })
  const store = useAction({ run: (given: File) => api.post('/api/ledger/imports/fec', { body: fileBody(given), query: { dryRun: false } }), after: () => refresh(), done: () => t`The year is in the books.`, quiet: true })
  const busy = check.isPending || store.isPending
  const result = store.data ?? check.data
  const failed = store.error ?? check.error
  const foot = useRef<HTMLDivElement>(null)
  // What was found stands under the file: it comes into sight by itself.
  useEffect(() => { if (result ?? failed) foot.current?.scrollIntoView({ block: 'nearest' }) }, [result, failed])
  const choose = (given: File | undefined) => {
    if (!given) return
    store.reset(); setFile(given); check.mutate(given)
  }
  const keep = () => {
    if (!file || busy) return
    store.mutate(file, { onSettled: () => setAsked(false) })
  }
  const entries = result?.entries ?? 0
  return (
    <div className="space-y-5">
      <DropZone label={file ? t`Choose another file` : t`Drop a FEC here, or click to choose it`} hint={file?.name ?? t`A .txt or .csv file, named SIRENFECYYYYMMDD. It is checked before anything is stored.`} accept=".txt,.csv,text/plain" busy={busy} onFiles={([given]) => choose(given)} />
      {failed ? <ProblemNote error={failed} except={() => true} /> : null}
      {isApiProblem(failed) && failed.problems.length > 0 ? <ProblemList problems={failed.problems} /> : null}
      {result && !failed ? <Outcome result={result} /> : null}
      {store.isSuccess ? <CompanyLink to="compta/balance" look={{ button: 'primary' }}>{t`See the balance`}</CompanyLink> : null}
      {check.data && !store.isSuccess && !failed ? <Button tone="primary" disabled={busy || check.data.debit !== check.data.credit || entries === 0} onClick={() => setAsked(true)}>{t`Bring this year in…`}</Button> : null}
      <div ref={foot} />
      {asked && file ? (
        <Confirm
          open onClose={() => { if (!busy) setAsked(false) }} title={t`Bring this year into the books?`} confirm={t`Bring in`} busy={store.isPending} onConfirm={keep}
          description={t`Its entries keep their numbers, dates and lettering, and are final: nobody can change or remove them after, and the year must hold no other entry.`}
        />
      ) : null}
    </div>
  )
}
