import { useLingui } from '@lingui/react/macro'
import { CircleSlash, CloudOff, Inbox, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { isApiProblem, isOffline } from '../lib/problem.ts'
import { Button } from './button.tsx'

type StateProps = {
  readonly icon: LucideIcon
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
  /** 1 when the state is the whole page, which then has no other title. */
  readonly level?: 1 | 2 | undefined
}

function State({ icon: Icon, title, children, action, level = 2 }: StateProps) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-14 text-center">
      <Icon size={24} strokeWidth={1.5} aria-hidden className="mb-3 text-muted" />
      <Heading className="text-lead font-semibold">{title}</Heading>
      {children ? <div className="mt-1.5 text-muted">{children}</div> : null}
      {action ? <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}

/** Nothing here: what the page is for, one action, one link to learn. */
export function EmptyState({ icon = Inbox, title, children, action, level }: Omit<StateProps, 'icon'> & { readonly icon?: LucideIcon | undefined }) {
  return <State icon={icon} title={title} action={action} level={level}>{children}</State>
}

/** Which permission is missing, and who can give it. */
export function RefusedState({ detail, level }: { readonly detail?: string | undefined; readonly level?: 1 | 2 | undefined }) {
  const { t } = useLingui()
  return <State icon={CircleSlash} level={level} title={t`You do not have access to this page`}>{detail ?? t`An owner or an administrator of the company can grant it to you.`}</State>
}

export function OfflineState({ onRetry, level }: { readonly onRetry?: (() => void) | undefined; readonly level?: 1 | 2 | undefined }) {
  const { t } = useLingui()
  return (
    <State icon={CloudOff} level={level} title={t`The server does not answer`} action={onRetry ? <Button onClick={onRetry}>{t`Try again`}</Button> : undefined}>
      {t`What you had saved is safe. The page comes back as soon as the server answers.`}
    </State>
  )
}

/** What went wrong, in its own words: refused, offline, absent or failed, each with what to do. */
export function ErrorState({ error, onRetry, level }: { readonly error: unknown; readonly onRetry?: (() => void) | undefined; readonly level?: 1 | 2 | undefined }) {
  const { t } = useLingui()
  if (isOffline(error)) return <OfflineState onRetry={onRetry} level={level} />
  if (isApiProblem(error) && error.status === 403) return <RefusedState detail={error.detail} level={level} />
  const known = isApiProblem(error)
  const missing = known && error.status === 404
  return (
    <State level={level} icon={missing ? CircleSlash : TriangleAlert} title={missing ? t`Nothing at this address` : t`This page could not be shown`} action={onRetry && !missing ? <Button onClick={onRetry}>{t`Try again`}</Button> : undefined}>
      <p>{known ? error.detail : t`Your data is safe. Reload the page; if it happens again, tell whoever looks after Quittance what you were doing.`}</p>
      {known && error.requestId && !missing && !error.detail.includes(error.requestId) ? <p className="mt-2 text-xs">{t`Number to quote: ${error.requestId}`}</p> : null}
    </State>
  )
}
