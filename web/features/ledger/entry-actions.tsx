import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Entry, NewEntry } from '../../../contract/ledger.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useRefresh } from '../../lib/queries.ts'
import { isZero } from '../../lib/amounts.ts'
import { Confirm, DateField, Money, ProblemNote, TextField } from '../../ui/index.ts'

/** The entry as a request that writes the same draft again. */
export function entryAgain(entry: Entry): NewEntry {
  return {
    journal: entry.journal, date: entry.date, pieceRef: entry.pieceRef, pieceDate: entry.pieceDate, label: entry.label,
    lines: entry.lines.map(({ account, auxiliary, label, debit, credit }) => ({ account, auxiliary, label, ...(isZero(debit) ? {} : { debit }), ...(isZero(credit) ? {} : { credit }) })),
  }
}

/** Removes a draft at once; the way back writes it again. */
export function useRemoveEntry(onRemoved: () => void) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  return useAction({
    run: async (entry: Entry) => {
      await api.delete('/api/ledger/entries/:id', { params: { id: entry.id } })
      onRemoved()
    },
    after: () => refresh('/api/ledger/entries', '/api/summary'), done: () => t`Draft removed.`,
    undo: (_, entry) => () => api.post('/api/ledger/entries', { body: entryAgain(entry) }),
  })
}

/** Asks before an entry becomes final. */
export function ValidateDialog({ entry, onClose, onDone }: { readonly entry: Entry; readonly onClose: () => void; readonly onDone: (entry: Entry) => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const action = useAction({
    run: () => api.post('/api/ledger/entries/:id/validate', { params: { id: entry.id } }), after: () => refresh(), done: (done) => t`Entry ${done.number ?? ''} is validated.`, quiet: true,
  })
  return (
    <Confirm
      open title={t`Validate this entry?`} confirm={t`Validate`} busy={action.isPending} onClose={() => { if (!action.isPending) onClose() }} onConfirm={() => { if (!action.isPending) action.mutate(undefined, { onSuccess: onDone }) }}
      description={<>
        <p><Trans>It takes the next number of the year and enters the books for <Money value={{ amount: entry.total, currency: entry.currency }} className="font-semibold text-ink" />.</Trans></p>
        <p className="mt-2">{t`After that, nobody can change or remove it: it is corrected by a reversal only.`}</p>
      </>}
    >
      <ProblemNote error={action.error} />
    </Confirm>
  )
}

/** Asks before a validated entry is undone by another one, which is final too. */
export function ReverseDialog({ entry, onClose, onDone }: { readonly entry: Entry; readonly onClose: () => void; readonly onDone: (entry: Entry) => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [day, setDay] = useState('')
  const [label, setLabel] = useState('')
  const number = entry.number ?? ''
  const action = useAction({
    run: () => api.post('/api/ledger/entries/:id/reverse', { params: { id: entry.id }, body: { ...(day ? { date: day } : {}), ...(label.trim() ? { label: label.trim() } : {}) } }),
    after: () => refresh(), done: (done) => t`Entry ${number} is reversed by ${done.number ?? ''}.`, quiet: true,
  })
  return (
    <Confirm
      open title={t`Reverse entry ${number}?`} confirm={t`Reverse`} busy={action.isPending} onClose={() => { if (!action.isPending) onClose() }} onConfirm={() => { if (!action.isPending) action.mutate(undefined, { onSuccess: onDone }) }}
      description={t`A new entry with debits and credits exchanged is validated at once, and both are linked. An entry is reversed once only, and its lettered lines lose their letter.`}
    >
      <div className="space-y-3">
        <DateField label={t`Date of the reversal`} value={day} onChange={setDay} className="max-w-52" hint={t`Empty: the day of the entry, or today when its period is locked.`} />
        <TextField label={t`Label`} value={label} maxLength={200} placeholder={t`Reversal ${number}`} onChange={(event) => setLabel(event.target.value)} />
        <ProblemNote error={action.error} />
      </div>
    </Confirm>
  )
}
