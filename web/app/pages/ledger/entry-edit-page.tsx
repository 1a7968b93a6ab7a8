import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Entry } from '../../../../contract/ledger.ts'
import { emptyEntry, formOf } from '../../../features/ledger/entry-draft.ts'
import { EntryEditor } from '../../../features/ledger/entry-editor.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { todayHere } from '../../../lib/format.ts'
import { usePreferences } from '../../../lib/preferences.ts'
import { reading } from '../../../lib/queries.ts'
import { CompanyLink, EmptyState, ErrorState, Page as PageFrame, PageSkeleton, RefusedState } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

export function load({ api, queries, params }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/ledger/journals'))
  if (params['id']) void queries.prefetchQuery(reading(api, '/api/ledger/entries/:id', { params: { id: params['id'] } }))
}

type EditorProps = { readonly onDone: (entry: Entry) => void; readonly onCancel: () => void }

function New(props: EditorProps) {
  const [initial] = useState(() => emptyEntry(todayHere()))
  return <EntryEditor initial={initial} {...props} />
}

function Change({ id, ...props }: EditorProps & { readonly id: string }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const { locale } = usePreferences()
  const query = useQuery({ ...reading(api, '/api/ledger/entries/:id', { params: { id } }), refetchOnWindowFocus: false })
  if (query.error) return <PageFrame title={t`Entry`}><ErrorState error={query.error} onRetry={() => { void query.refetch() }} /></PageFrame>
  if (!query.data) return <PageSkeleton />
  if (query.data.status === 'validated') {
    return (
      <PageFrame title={t`Entry ${query.data.number ?? ''}`}>
        <EmptyState title={t`This entry is final`} action={<CompanyLink to={`compta/journal/${id}`} look={{ button: 'plain' }}>{t`See the entry`}</CompanyLink>}>{t`Once validated, an entry is corrected by a reversal only.`}</EmptyState>
      </PageFrame>
    )
  }
  return <EntryEditor key={id} initial={formOf(query.data, locale === 'fr' ? ',' : '.')} entry={query.data} {...props} />
}

/** A new entry, or an existing draft when the address names it. */
export function Page() {
  const { t } = useLingui()
  const { at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const open = (path: string) => void go({ to: at(path) } as never)
  if (!may('ledger.draft')) return <PageFrame title={t`Entry`}><RefusedState /></PageFrame>
  const onDone = (entry: Entry) => open(`compta/journal/${entry.id}`)
  return id ? <Change id={id} onDone={onDone} onCancel={() => open(`compta/journal/${id}`)} /> : <New onDone={onDone} onCancel={() => open('compta/journal')} />
}
