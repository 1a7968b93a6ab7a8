import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Pencil, Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { Entry } from '../../../../contract/ledger.ts'
import { ReverseDialog, useRemoveEntry, ValidateDialog } from '../../../features/ledger/entry-actions.tsx'
import { EntryDetail } from '../../../features/ledger/entry-detail.tsx'
import { mayReverse } from '../../../features/ledger/entry-words.ts'
import { EntryStatus } from '../../../features/ledger/journal-list.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { reading } from '../../../lib/queries.ts'
import { Button, DateText, ErrorState, Link, RowsSkeleton, SidePanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

type Params = { readonly id?: string; readonly entryId?: string; readonly number?: string }

export function load({ api, queries, params }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/ledger/entries/:id', { params: { id: (params['entryId'] ?? params['id'])! } }))
}

function Actions({ entry, onClose }: { readonly entry: Entry; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { at, may } = useCompany()
  const go = useNavigate()
  const [asked, setAsked] = useState<'validate' | 'reverse'>()
  const remove = useRemoveEntry(onClose)
  const isDraft = entry.status === 'draft'
  const canWrite = isDraft && may('ledger.draft')
  const canValidate = isDraft && may('ledger.post')
  const canReverse = mayReverse(entry) && may('ledger.post')
  const address = at(`compta/journal/${entry.id}/modifier`)
  useShortcuts([
    { keys: 'e', label: t`Edit the draft`, when: canWrite, run: () => void go({ to: address } as never) },
    { keys: 'v', label: t`Validate the draft`, when: canValidate, run: () => setAsked('validate') },
    { keys: 'Delete', label: t`Remove the draft`, when: canWrite, run: () => { if (!remove.isPending) remove.mutate(entry) } },
  ])
  return (
    <>
      {canWrite ? <Button tone="quiet" icon={Trash2} busy={remove.isPending} onClick={() => remove.mutate(entry)}>{t`Remove`}</Button> : null}
      {canWrite ? <Link to={address} look={{ button: 'plain' }} icon={Pencil}>{t`Edit`}</Link> : null}
      {canValidate ? <Button tone="primary" onClick={() => setAsked('validate')}>{t`Validate…`}</Button> : null}
      {canReverse ? <Button icon={Undo2} onClick={() => setAsked('reverse')}>{t`Reverse…`}</Button> : null}
      {asked === 'validate' ? <ValidateDialog entry={entry} onClose={() => setAsked(undefined)} onDone={() => setAsked(undefined)} /> : null}
      {asked === 'reverse' ? <ReverseDialog entry={entry} onClose={() => setAsked(undefined)} onDone={(reversal) => { setAsked(undefined); void go({ to: at(`compta/journal/${reversal.id}`) } as never) }} /> : null}
    </>
  )
}

/** An entry beside the journal, or beside the account one came from. */
export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const { id, entryId, number } = useParams({ strict: false }) as Params
  const shown = (entryId ?? id)!
  const query = useQuery(reading(api, '/api/ledger/entries/:id', { params: { id: shown } }))
  const entry = query.data
  const close = () => void go({ to: at(number ? `compta/comptes/${number}` : 'compta/journal'), search: true } as never)
  const acts = entry !== undefined && (entry.status === 'draft' ? may('ledger.draft') || may('ledger.post') : mayReverse(entry) && may('ledger.post'))
  return (
    <SidePanel
      title={entry ? (entry.number ? t`Entry ${entry.number}` : t`Draft entry`) : t`Entry`} onClose={close}
      aside={entry ? <><EntryStatus entry={entry} /><span aria-hidden>·</span><span>{t`Journal ${entry.journal}`}</span><span aria-hidden>·</span><DateText day={entry.date} /></> : undefined}
      actions={acts ? <Actions key={entry.id} entry={entry} onClose={close} /> : undefined}
    >
      {entry ? <EntryDetail key={entry.id} entry={entry} /> : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={5} />}
    </SidePanel>
  )
}
