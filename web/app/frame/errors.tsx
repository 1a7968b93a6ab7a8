import { useLingui } from '@lingui/react/macro'
import { useMatches, useRouter } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import type { ReactNode } from 'react'
import { EmptyState, ErrorState, Link } from '../../ui/index.ts'
import { useDocumentTitle } from '../../ui/page.tsx'

/** Alone on the screen it is the main part of the page; inside the frame of a company that part exists already. */
function Centered({ children }: { readonly children: ReactNode }) {
  const framed = useMatches({ select: (matches) => matches.some((match) => (match.routeId as string) === '/c/$slug' && match.status === 'success') })
  const Place = framed ? 'div' : 'main'
  return <Place className="flex min-h-[60dvh] flex-1 flex-col items-center justify-center">{children}</Place>
}

export function NotFoundPage() {
  const { t } = useLingui()
  useDocumentTitle(t`Nothing at this address`)
  return (
    <Centered>
      <EmptyState level={1} icon={Compass} title={t`Nothing at this address`} action={<Link to="/" look={{ button: 'primary' }}>{t`Back to my work`}</Link>}>
        {t`The page was moved, or the company is not one you can open. Check the address, or ask the person who gave it to you.`}
      </EmptyState>
    </Centered>
  )
}

/** A page that failed does not take the rest down: the frame stays, and trying again is one click. */
export function RouteError({ error, reset }: { readonly error: unknown; readonly reset?: () => void }) {
  const { t } = useLingui()
  const router = useRouter()
  useDocumentTitle(t`This page could not be shown`)
  return <Centered><ErrorState level={1} error={error} onRetry={() => { reset?.(); void router.invalidate() }} /></Centered>
}
