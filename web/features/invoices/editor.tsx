import { useLingui } from '@lingui/react/macro'
import { ChevronLeft } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { Company } from '../../../contract/identity.ts'
import type { Invoice } from '../../../contract/invoicing.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { todayHere } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/keyboard.ts'
import { useIsPhone } from '../../lib/media.ts'
import { isApiProblem } from '../../lib/problem.ts'
import { useRefresh } from '../../lib/queries.ts'
import { Button, DateField, DateText, Page, ProblemNote, TextArea, TextField } from '../../ui/index.ts'
import { CustomerField, type CustomerFieldProps } from './customer-field.tsx'
import { computeDraft, dueDayOf, isBlank, lineFaults, requestOf, type Draft } from './draft.ts'
import { IssueDialog } from './issue-dialog.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { LineFields } from './line-fields.tsx'
import { InvoicePaper } from './paper.tsx'

export type InvoiceEditorProps = {
  readonly initial: Draft
  /** The stored draft being changed; absent for a new one. */
  readonly invoice?: Invoice | undefined
  readonly company: Company | undefined
  readonly newCustomer: CustomerFieldProps['newCustomer']
  /** Where to go once it is saved or issued. */
  readonly onDone: (invoice: Invoice) => void
  readonly onCancel: () => void
}

/** Saving, with what is left to say when it cannot be. A second press while the first is under way does nothing. */
function useSaving(draft: Draft, invoice: Invoice | undefined) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [strict, setStrict] = useState(false)
  const [stored, setStored] = useState(invoice)
  const running = useRef(false)
  const action = useAction({
    run: (body: NonNullable<ReturnType<typeof requestOf>>) => stored ? api.put('/api/invoices/sales/:id', { params: { id: stored.id }, body, version: stored.version }) : api.post('/api/invoices/sales', { body }),
    after: () => refresh('/api/invoices/sales', '/api/invoices/sales/:id', '/api/summary'), quiet: true,
  })
  const missing = !draft.customer ? t`Choose a customer.` : draft.lines.every(isBlank) ? t`Write at least one line.` : t`Complete the lines marked in red.`
  const save = async (): Promise<Invoice | undefined> => {
    const body = requestOf(draft)
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
  return { save, strict, stored, action, missing: strict && !requestOf(draft) ? missing : undefined }
}

function problemFinder(error: unknown, draft: Draft) {
  const sent = draft.lines.filter((line) => !isBlank(line))
  return (line: number, field: string): string | undefined => {
    if (!isApiProblem(error)) return undefined
    // The server counts the lines it received, which leave the blank ones out.
    const place = sent.indexOf(draft.lines[line - 1]!)
    return error.problems.find((problem) => (problem.line === place + 1 && problem.field === field) || problem.field === `lines.${place}.${field}`)?.message
  }
}

/** The draft as a form on the left and as the living document on the right. */
export function InvoiceEditor({ initial, invoice, company, newCustomer, onDone, onCancel }: InvoiceEditorProps) {
  const { t } = useLingui()
  const { may } = useCompany()
  const phone = useIsPhone()
  const [draft, setDraft] = useState(initial)
  const [clean, setClean] = useState(initial)
  const [issuing, setIssuing] = useState<Invoice>()
  const leaving = useRef(false)
  const today = todayHere()
  const currency = company?.currency ?? 'EUR'
  const computed = useMemo(() => computeDraft(draft, { currency, vatDueOn: company?.vatDueOn ?? 'receipts' }), [draft, currency, company?.vatDueOn])
  const { save, strict, stored, action, missing } = useSaving(draft, invoice)
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  const saveThen = async (then: (saved: Invoice) => void) => {
    const saved = await save()
    if (!saved) return
    setClean(draft)
    then(saved)
  }
  const finish = (saved: Invoice) => { leaving.current = true; onDone(saved) }
  const keep = () => void saveThen(finish)
  const issue = () => void saveThen(setIssuing)
  useShortcuts([
    { keys: 'Mod+Enter', label: t`Save the draft`, run: keep },
    { keys: 'Mod+s', run: keep },
    { keys: 'Escape', label: t`Back to the list`, run: onCancel },
  ])
  const error = action.error
  const problemAt = problemFinder(error, draft)
  const fieldProblem = (name: string) => (isApiProblem(error) ? error.field(name) : undefined)
  const due = dueDayOf(draft, today)
  return (
    <Page
      title={stored ? t`Draft invoice` : t`New invoice`} layout="grid"
      back={phone ? <button type="button" onClick={onCancel} className="-ml-1 inline-flex items-center gap-1 text-muted"><ChevronLeft size={16} aria-hidden />{t`Back to the list`}</button> : undefined}
      actions={<>
        {phone ? null : <Button tone="quiet" onClick={onCancel}>{t`Cancel`}</Button>}
        <Button tone={may('invoice.issue') ? 'plain' : 'primary'} busy={action.isPending} onClick={keep}>{t`Save the draft`}</Button>
        {may('invoice.issue') ? <Button tone="primary" disabled={action.isPending} onClick={issue}>{t`Issue…`}</Button> : null}
      </>}
    >
      <div className="min-h-0 flex-1 overflow-y-auto border-t border-line wide:grid wide:grid-cols-[minmax(34rem,1fr)_minmax(28rem,1fr)] wide:overflow-hidden">
        <form aria-label={t`The invoice`} noValidate onSubmit={(event) => event.preventDefault()} className="space-y-5 bg-surface px-4 py-5 desk:px-6 wide:overflow-y-auto">
          <ProblemNote error={error} except={({ line, field }) => line !== null || (field !== null && (field.startsWith('lines.') || ['customerId', 'issuedOn', 'dueOn'].includes(field)))} />
          {missing ? <p role="alert" className="text-sm text-red">{missing}</p> : null}
          <CustomerField value={draft.customer} onChange={(customer) => set({ customer })} error={fieldProblem('customerId') ?? (strict && !draft.customer ? t`Choose a customer.` : undefined)} newCustomer={newCustomer} />
          <div className="grid grid-cols-2 gap-3 desk:grid-cols-3">
            <DateField label={t`Date`} value={draft.issuedOn} onChange={(issuedOn) => set({ issuedOn })} error={fieldProblem('issuedOn')} hint={draft.issuedOn ? undefined : t`The day it is issued`} />
            <DateField label={t`Due`} value={draft.dueOn} onChange={(dueOn) => set({ dueOn })} error={fieldProblem('dueOn')} hint={!draft.dueOn && due ? <>{t`Empty:`} <DateText day={due} /></> : undefined} />
            <TextField className="col-span-2 desk:col-span-1" label={t`Order reference`} value={draft.orderReference} maxLength={60} onChange={(event) => set({ orderReference: event.target.value })} />
          </div>
          <section aria-label={t`Lines of the invoice`}>
            <h2 className="mb-3 border-t border-line pt-4 text-sm font-semibold">{t`Lines of the invoice`}</h2>
            <LineFields lines={draft.lines} onChange={(lines) => set({ lines })} netByKey={computed.netByKey} currency={currency} day={draft.issuedOn || today} strict={strict && draft.lines.some((line) => Object.keys(lineFaults(line)).length > 0)} problemAt={problemAt} />
          </section>
          <TextArea label={t`Note on the invoice`} value={draft.note} maxLength={2000} rows={2} onChange={(event) => set({ note: event.target.value })} />
        </form>
        <div className="border-t border-line bg-sunken px-4 py-6 wide:overflow-y-auto wide:border-t-0 wide:border-l">
          <InvoicePaper draft={draft} computed={computed} company={company} number={stored?.nextNumber ?? null} today={today} />
          <details className="mx-auto mt-4 max-w-[44rem] text-sm">
            <summary className="rounded-sm text-muted hover:text-ink">{t`Why these legal mentions`}</summary>
            <ul className="mt-2 space-y-1.5">{computed.mentions.map((mention) => <MentionReason key={mention.code} mention={mention} />)}</ul>
          </details>
        </div>
      </div>
      {issuing ? <IssueDialog invoice={issuing} open onClose={() => setIssuing(undefined)} onDone={finish} /> : null}
      <LeaveGuard isDirty={() => !leaving.current && draft !== clean} />
    </Page>
  )
}

function MentionReason({ mention }: { readonly mention: ReturnType<typeof computeDraft>['mentions'][number] }) {
  const { i18n } = useLingui()
  const language = i18n.locale === 'en' ? 'en' : 'fr'
  return <li><span>{mention.text[language]}</span><span className="block text-xs text-muted">{mention.because[language]}</span></li>
}
