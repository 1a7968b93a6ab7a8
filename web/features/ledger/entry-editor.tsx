import { Trans, useLingui } from '@lingui/react/macro'
import { useBlocker } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, CircleCheck } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Entry } from '../../../contract/ledger.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useShortcuts } from '../../lib/keyboard.ts'
import { useIsPhone } from '../../lib/media.ts'
import { isApiProblem } from '../../lib/problem.ts'
import { reading, useRefresh } from '../../lib/queries.ts'
import { Button, DateField, Dialog, Money, Page, ProblemNote, SelectField, TextField } from '../../ui/index.ts'
import { ValidateDialog } from './entry-actions.tsx'
import { blankLine, emptyEntry, entryRequest, isBlankLine, sumsOfEntry, type EntryDraftForm } from './entry-draft.ts'
import { EntryLines } from './entry-lines.tsx'

export type EntryEditorProps = { readonly initial: EntryDraftForm; readonly entry?: Entry | undefined; readonly onDone: (entry: Entry) => void; readonly onCancel: () => void }

/** The sums, and what is missing while it is being typed. */
function Balance({ form, currency }: { readonly form: EntryDraftForm; readonly currency: string }) {
  const { t } = useLingui()
  const sums = sumsOfEntry(form.lines, currency)
  const missing = <Money value={{ amount: sums.gap, currency }} className="font-semibold" />
  return (
    <div aria-live="polite" className="sticky bottom-0 flex flex-wrap items-center justify-end gap-x-8 gap-y-1 border-t border-line-strong bg-paper px-4 py-3 text-sm desk:px-6">
      <span className="mr-auto">
        {form.lines.every(isBlankLine) ? <span className="text-muted">{t`Enter goes to the next field; “=” fills in what is missing.`}</span>
          : sums.missingOn === null ? <span className="inline-flex items-center gap-1.5 text-green"><CircleCheck size={16} aria-hidden />{t`Balanced`}</span>
          : <span className="text-red">{sums.missingOn === 'debit' ? <Trans>{missing} missing on the debit side</Trans> : <Trans>{missing} missing on the credit side</Trans>}</span>}
      </span>
      <span><span className="text-muted">{t`Debit`}</span> <Money value={{ amount: sums.debit, currency }} className="ml-2 font-semibold" /></span>
      <span><span className="text-muted">{t`Credit`}</span> <Money value={{ amount: sums.credit, currency }} className="ml-2 font-semibold" /></span>
    </div>
  )
}

function useSaving(form: EntryDraftForm, entry: Entry | undefined) {
  const { api, company } = useCompany()
  const refresh = useRefresh(api)
  const [strict, setStrict] = useState(false)
  const [stored, setStored] = useState(entry)
  const running = useRef(false)
  const action = useAction({
    run: (body: NonNullable<ReturnType<typeof entryRequest>>) => stored ? api.put('/api/ledger/entries/:id', { params: { id: stored.id }, body }) : api.post('/api/ledger/entries', { body }),
    after: () => refresh('/api/ledger/entries', '/api/ledger/entries/:id', '/api/summary'), quiet: true,
  })
  const save = async (): Promise<Entry | undefined> => {
    const body = entryRequest(form, company.currency)
    setStrict(true)
    if (!body || running.current) return undefined
    running.current = true
    try {
      const saved = await action.mutateAsync(body)
      setStored(saved)
      return saved
    } catch (error) {
      if (!isApiProblem(error)) throw error
      return undefined
    } finally {
      running.current = false
    }
  }
  return { save, strict, stored, action, restart: () => { setStored(undefined); setStrict(false); action.reset() } }
}

function Leaving({ isDirty }: { readonly isDirty: () => boolean }) {
  const { t } = useLingui()
  const blocker = useBlocker({ shouldBlockFn: isDirty, enableBeforeUnload: isDirty, withResolver: true })
  if (blocker.status !== 'blocked') return null
  return (
    <Dialog
      open onClose={blocker.reset} title={t`Leave without saving?`} description={t`What you typed since the last save would be lost.`}
      actions={<><Button onClick={blocker.proceed}>{t`Leave`}</Button><Button tone="primary" onClick={blocker.reset}>{t`Keep writing`}</Button></>}
    />
  )
}

function Head({ form, set, strict, error }: { readonly form: EntryDraftForm; readonly set: (change: Partial<EntryDraftForm>) => void; readonly strict: boolean; readonly error: unknown }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const journals = useQuery(reading(api, '/api/ledger/journals'))
  const options = (journals.data ?? [{ code: form.journal, label: '' }]).map(({ code, label }) => ({ value: code, label: label ? `${code} · ${label}` : code }))
  const said = (field: string) => (isApiProblem(error) ? error.field(field) : undefined)
  const missing = (text: string) => (strict && text.trim() === '' ? t`To fill in.` : undefined)
  return (
    <div className="grid grid-cols-2 gap-3 desk:grid-cols-[14rem_9.5rem_11rem_1fr]">
      <SelectField label={t`Journal`} value={form.journal} options={options} error={said('journal')} onChange={(event) => set({ journal: event.target.value })} />
      <DateField label={t`Date`} value={form.date} onChange={(date) => set({ date })} error={said('date') ?? missing(form.date)} />
      <TextField label={t`Supporting document`} value={form.pieceRef} maxLength={60} autoComplete="off" autoFocus error={said('pieceRef') ?? missing(form.pieceRef)} onChange={(event) => set({ pieceRef: event.target.value })} />
      <TextField label={t`Label`} value={form.label} maxLength={200} autoComplete="off" error={said('label') ?? missing(form.label)} onChange={(event) => set({ label: event.target.value })} />
    </div>
  )
}

/** An entry by keyboard: accounts by number or words, what is missing shown live, Enter from field to field. */
export function EntryEditor({ initial, entry, onDone, onCancel }: EntryEditorProps) {
  const { t } = useLingui()
  const { company, may } = useCompany()
  const phone = useIsPhone()
  const { currency } = company
  const [form, setForm] = useState(initial)
  const [clean, setClean] = useState(initial)
  const [round, setRound] = useState(0)
  const [validating, setValidating] = useState<Entry>()
  const leaving = useRef(false)
  const { save, strict, stored, action, restart } = useSaving(form, entry)
  const set = (change: Partial<EntryDraftForm>) => setForm((before) => ({ ...before, ...change }))
  const saveThen = async (then: (saved: Entry) => void) => {
    const saved = await save()
    if (!saved) return
    setClean(form)
    then(saved)
  }
  const finish = (saved: Entry) => { leaving.current = true; onDone(saved) }
  const again = () => {
    const next = { ...emptyEntry(form.date, form.journal) }
    restart(); setForm(next); setClean(next); setRound(round + 1)
  }
  const keep = () => void saveThen(finish)
  const keepOn = () => void saveThen(again)
  useShortcuts([
    { keys: 'Mod+Enter', label: t`Save the draft`, run: keep }, { keys: 'Mod+s', run: keep },
    { keys: 'Alt+Enter', label: t`Save and write another`, whileTyping: true, run: keepOn }, { keys: 'Escape', label: t`Back to the journal`, run: onCancel },
  ])
  const { error } = action
  const sent = form.lines.filter((line) => !isBlankLine(line))
  const problemAt = (line: number, field: string) => {
    const place = sent.indexOf(form.lines[line - 1]!)
    return isApiProblem(error) ? error.problems.find((problem) => (problem.line === place + 1 && problem.field === field) || problem.field === `lines.${place}.${field}`)?.message : undefined
  }
  const incomplete = strict && !entryRequest(form, currency)
  return (
    <Page
      title={stored ? t`Draft entry` : t`New entry`} layout="grid"
      back={phone ? <button type="button" onClick={onCancel} className="-ml-1 inline-flex items-center gap-1 text-muted"><ChevronLeft size={16} aria-hidden />{t`Back to the journal`}</button> : undefined}
      actions={<>
        {phone ? null : <Button tone="quiet" onClick={onCancel}>{t`Cancel`}</Button>}
        {stored || phone ? null : <Button tone="quiet" disabled={action.isPending} onClick={keepOn}>{t`Save and write another`}</Button>}
        <Button tone={may('ledger.post') ? 'plain' : 'primary'} busy={action.isPending} onClick={keep}>{t`Save the draft`}</Button>
        {may('ledger.post') ? <Button tone="primary" disabled={action.isPending} onClick={() => void saveThen(setValidating)}>{t`Validate…`}</Button> : null}
      </>}
    >
      <form key={round} aria-label={t`The entry`} noValidate onSubmit={(event) => event.preventDefault()} className="flex min-h-0 flex-1 flex-col overflow-y-auto border-t border-line bg-surface">
        <div className="flex-1 space-y-5 px-4 py-5 desk:px-6">
          <ProblemNote error={error} except={({ line, field }) => line !== null || (field !== null && field.startsWith('lines.'))} />
          {incomplete ? <p role="alert" className="text-sm text-red">{sent.length === 0 ? t`Write at least one line.` : t`Complete the fields marked in red.`}</p> : null}
          <Head form={form} set={set} strict={strict} error={error} />
          <EntryLines lines={form.lines} onChange={(lines) => set({ lines: lines.length > 0 ? lines : [blankLine([])] })} currency={currency} label={form.label} strict={strict} problemAt={problemAt} />
        </div>
        <Balance form={form} currency={currency} />
      </form>
      {validating ? <ValidateDialog entry={validating} onClose={() => setValidating(undefined)} onDone={finish} /> : null}
      <Leaving isDirty={() => !leaving.current && form !== clean} />
    </Page>
  )
}
