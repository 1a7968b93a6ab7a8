import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Assignment, Collaborator } from '../../../contract/team.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { listing, reading, rowsOf, useRefresh } from '../../lib/queries.ts'
import { Button, Checkbox, Dialog, ErrorState, ProblemNote, RowsSkeleton, Section, TextField } from '../../ui/index.ts'

const PAGE_LIMIT = 200
const NAMED_MAX = 3
const FIND_FROM = 9

function assignmentOf(person: Collaborator): Assignment {
  return person.allClients ? { allClients: true } : { allClients: false, clientIds: person.clients.map(({ id }) => id) }
}

/** Which clients a person works for: all of them, or those ticked. */
function AssignDialog({ person, onClose }: { readonly person: Collaborator; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const clients = useQuery(reading(api, '/api/clients', { query: { limit: PAGE_LIMIT } }))
  const [all, setAll] = useState(person.allClients)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(person.clients.map(({ id }) => id)))
  const [typed, setTyped] = useState('')
  const params = { userId: person.userId }
  const save = useAction({
    run: () => api.put('/api/collaborators/:userId/clients', { params, body: all ? { allClients: true } : { allClients: false, clientIds: [...chosen] } }),
    quiet: true, after: () => refresh('/api/collaborators', '/api/portfolio'), done: () => t`The clients of ${person.name} are saved.`,
    undo: () => () => api.put('/api/collaborators/:userId/clients', { params, body: assignmentOf(person) }),
  })
  const rows = clients.data?.items ?? []
  const shown = useMemo(() => rows.filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase())), [rows, typed])
  const toggle = (id: string, on: boolean) => setChosen((before) => { const next = new Set(before); if (on) next.add(id); else next.delete(id); return next })
  return (
    <Dialog
      open onClose={onClose} title={t`Clients of ${person.name}`}
      actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" busy={save.isPending} onClick={() => save.mutate(undefined, { onSuccess: onClose })}>{t`Save`}</Button></>}
    >
      <div className="space-y-4">
        <ProblemNote error={save.error} />
        <Checkbox label={t`All the clients of the firm`} hint={t`Those that come later too.`} checked={all} onChange={setAll} />
        {all ? null : clients.data ? (
          <fieldset>
            <legend className="mb-2 text-sm font-medium">{t`Only these (${chosen.size})`}</legend>
            {rows.length >= FIND_FROM ? <TextField label={t`Find a client`} labelHidden placeholder={t`Find a client`} className="mb-3" value={typed} onChange={(event) => setTyped(event.target.value)} /> : null}
            {rows.length === 0 ? <p className="text-muted">{t`No company has given the firm access yet.`}</p> : <ul className="space-y-2">{shown.map((client) => <li key={client.id}><Checkbox label={client.name} checked={chosen.has(client.id)} onChange={(on) => toggle(client.id, on)} /></li>)}</ul>}
          </fieldset>
        ) : clients.error ? <ErrorState error={clients.error} onRetry={() => { void clients.refetch() }} /> : <RowsSkeleton rows={4} />}
      </div>
    </Dialog>
  )
}

function Row({ person }: { readonly person: Collaborator }) {
  const { t } = useLingui()
  const { may } = useCompany()
  const [open, setOpen] = useState(false)
  const names = person.clients.slice(0, NAMED_MAX).map(({ name }) => name).join(', ')
  const more = person.clients.length - NAMED_MAX
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3 first:border-t-0">
      <div className="min-w-48 flex-1">
        <p className="font-medium">{person.name}</p>
        <p className="text-sm text-muted">{person.allClients ? t`All the clients` : person.clients.length === 0 ? t`No client` : more > 0 ? t`${names} and ${more} more` : names}</p>
      </div>
      {may('member.manage') ? <Button size="small" onClick={() => setOpen(true)}>{t`Choose the clients`}<span className="sr-only"> {person.name}</span></Button> : null}
      {open ? <AssignDialog person={person} onClose={() => setOpen(false)} /> : null}
    </li>
  )
}

/** In a firm: who works for which client. */
export function Collaborators() {
  const { t } = useLingui()
  const { api } = useCompany()
  const query = useInfiniteQuery(listing(api, '/api/collaborators', { query: { limit: PAGE_LIMIT } }))
  return (
    <Section title={t`Who works for whom`} description={t`Each person opens the files of their clients, and no other.`}>
      {query.data ? <ul>{rowsOf<Collaborator>(query.data).map((person) => <Row key={person.userId} person={person} />)}</ul>
        : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={3} />}
      {query.hasNextPage ? <Button className="mt-3" busy={query.isFetchingNextPage} onClick={() => { void query.fetchNextPage() }}>{t`Show more people`}</Button> : null}
    </Section>
  )
}
