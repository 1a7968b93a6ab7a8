import { useLingui } from '@lingui/react/macro'
import { msg } from '@lingui/core/macro'
import { useQuery } from '@tanstack/react-query'
import { Monitor, Smartphone, Terminal } from 'lucide-react'
import type { SessionRow } from '../../../contract/sign-in.ts'
import { useAction } from '../../lib/action.ts'
import { reading, useRefresh } from '../../lib/queries.ts'
import { personApi } from '../../lib/session.ts'
import { Badge, Button, ErrorState, InstantText, RowsSkeleton, Section } from '../../ui/index.ts'

const METHODS = {
  'password': msg`by password`, 'two-factor': msg`by password and code`, 'recovery-code': msg`by password and recovery code`, 'passkey': msg`by passkey`, 'sign-up': msg`on creating the account`,
} as const

function SessionItem({ session }: { readonly session: SessionRow }) {
  const { t, i18n } = useLingui()
  const refresh = useRefresh(personApi)
  const end = useAction({ run: () => personApi.delete('/api/auth/sessions/:id', { params: { id: session.id } }), after: () => refresh('/api/auth/sessions'), done: () => t`This device is signed out.` })
  // A browser that does not name itself is told as such.
  const device = session.device === '?' || session.device === '' ? t`Unnamed device` : session.device
  const Icon = session.kind === 'program' ? Terminal : /iphone|android|ipad|mobile/i.test(session.device) ? Smartphone : Monitor
  return (
    <li className="flex items-start gap-3 border-t border-line py-3 first:border-t-0">
      <Icon size={18} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">{device}{session.current ? <Badge tone="green">{t`this device`}</Badge> : null}{session.kind === 'program' ? <Badge>{t`program`}</Badge> : null}</p>
        <p className="text-sm text-muted">{session.current ? t`In use now` : <>{t`Last seen on`} <InstantText instant={session.lastSeenAt} /></>}{session.address ? <> · {t`from ${session.address}`}</> : null}</p>
        <p className="text-xs text-muted">{t`Signed in on`} <InstantText instant={session.createdAt} />, {i18n._(METHODS[session.method])}</p>
      </div>
      {session.current ? null : <Button size="small" busy={end.isPending} onClick={() => end.mutate()}>{t`Sign out`}<span className="sr-only"> {device}</span></Button>}
    </li>
  )
}

/** Every place where the person is signed in, this one first. */
export function Sessions() {
  const { t } = useLingui()
  const refresh = useRefresh(personApi)
  const query = useQuery(reading(personApi, '/api/auth/sessions'))
  const others = useAction({
    run: () => personApi.post('/api/auth/sessions/revoke-others'), after: () => refresh('/api/auth/sessions'),
    done: ({ revoked }) => revoked === 1 ? t`1 other device is signed out.` : t`${revoked} other devices are signed out.`,
  })
  if (!query.data) return query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={4} />
  const sessions = query.data.items.toSorted((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt))
  return (
    <Section
      title={t`Where you are signed in`} description={t`Sign out what you do not recognise, then change your password.`}
      actions={sessions.length > 1 ? <Button busy={others.isPending} onClick={() => others.mutate()}>{t`Sign out all the others`}</Button> : null}
    >
      <ul>{sessions.map((session) => <SessionItem key={session.id} session={session} />)}</ul>
      {sessions.length === 1 ? <p className="mt-2 text-muted">{t`You are signed in here only.`}</p> : null}
    </Section>
  )
}
