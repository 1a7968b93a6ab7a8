import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Inbox } from 'lucide-react'
import { useState } from 'react'
import type { OutboxMessage } from '../../../../contract/sign-in.ts'
import type { Api } from '../../../lib/api.ts'
import { useCompany } from '../../../lib/company.tsx'
import { listing, rowsOf } from '../../../lib/queries.ts'
import { Button, Dialog, EmptyState, ErrorState, Facts, InstantText, RowsSkeleton, Status, type Tone } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'
import { SectionFrame } from './section-frame.tsx'

const PAGE_LIMIT = 50
const options = (api: Api) => listing(api, '/api/outbox', { query: { limit: PAGE_LIMIT } })

export function load({ api, queries }: LoadContext): void {
  void queries.prefetchInfiniteQuery(options(api))
}

const TONES: Readonly<Record<OutboxMessage['state'], Tone>> = { waiting: 'amber', sent: 'green', failed: 'red' }

function MessageState({ state, kept }: { readonly state: OutboxMessage['state']; readonly kept: boolean }) {
  const { t } = useLingui()
  return <Status tone={kept && state === 'waiting' ? 'grey' : TONES[state]}>{state === 'sent' ? t`sent` : state === 'failed' ? t`failed` : kept ? t`kept here` : t`waiting`}</Status>
}

/** The text of a message, its links made to be followed: the only thing a person needs from it. */
function MessageText({ text }: { readonly text: string }) {
  const parts = text.split(/(https?:\/\/[^\s<>"]+)/)
  return <p className="break-words whitespace-pre-wrap">{parts.map((part, place) => place % 2 === 1 ? <a key={place} href={part} className="break-all text-accent underline decoration-line-strong underline-offset-3">{part}</a> : part)}</p>
}

function MessageDialog({ message, kept, onClose }: { readonly message: OutboxMessage; readonly kept: boolean; readonly onClose: () => void }) {
  const { t } = useLingui()
  return (
    <Dialog open wide onClose={onClose} title={message.subject}>
      <Facts items={[
        { name: t`To`, value: message.to },
        { name: t`Written on`, value: <InstantText instant={message.createdAt} /> },
        { name: t`Status`, value: <MessageState state={message.state} kept={kept} /> },
        ...(message.error ? [{ name: t`Why`, value: message.error }] : []),
      ]} />
      <div className="mt-4 rounded-lg border border-line bg-sunken p-4">{message.text === null ? <p className="text-muted">{message.state === 'sent' ? t`The text is not kept once the message is sent.` : t`This message opens an account: its text is shown to nobody here. Whoever looks after the server reads it with “quittance outbox”.`}</p> : <MessageText text={message.text} />}</div>
    </Dialog>
  )
}

/** The e-mails of the installation: to be read here while no mail server is set, to be followed once one is. */
export function Page() {
  const { t } = useLingui()
  const { api } = useCompany()
  const query = useInfiniteQuery(options(api))
  const [opened, setOpened] = useState<OutboxMessage>()
  const messages = rowsOf<OutboxMessage>(query.data)
  const kept = query.data?.pages[0]?.delivery === 'outbox'
  return (
    <SectionFrame title={t`Outbox`}>
      {query.data === undefined ? (query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={6} />) : (
        <>
          <p className="mb-4 max-w-prose text-muted">{kept ? t`No mail server is set on this installation: messages stay here, to be read and handed over. To send them, whoever looks after the server fills in SMTP_URL.` : t`A mail server is set: messages leave by themselves, and are tried again when it does not answer.`}</p>
          {messages.length === 0 ? <EmptyState icon={Inbox} title={t`No message yet`}>{t`Invitations and forgotten passwords write here.`}</EmptyState> : (
            <ul className="border-t border-line">
              {messages.map((message) => (
                <li key={message.id} className="border-b border-line">
                  <button type="button" onClick={() => setOpened(message)} className="flex w-full flex-wrap items-baseline gap-x-4 gap-y-0.5 px-1 py-2.5 text-left hover:bg-sunken">
                    <span className="min-w-0 flex-1 basis-56 truncate font-medium">{message.subject}</span>
                    <span className="min-w-0 truncate text-sm text-muted">{message.to}</span>
                    <span className="text-sm text-muted"><InstantText instant={message.createdAt} /></span>
                    <span className="text-sm"><MessageState state={message.state} kept={kept} /></span>
                  </button>
                </li>
              ))}
            </ul>
          )}
          {query.hasNextPage ? <Button className="mt-4" busy={query.isFetchingNextPage} onClick={() => { void query.fetchNextPage() }}>{t`Show older messages`}</Button> : null}
        </>
      )}
      {opened ? <MessageDialog message={opened} kept={kept} onClose={() => setOpened(undefined)} /> : null}
    </SectionFrame>
  )
}
