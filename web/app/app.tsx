import { CSPProvider } from '@base-ui/react/csp-provider'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { createQueryClient } from '../lib/queries.ts'
import { meQuery } from '../lib/session.ts'
import { createAppRouter } from './router.tsx'

/** Everything the pages stand on. The content policy forbids style elements, which Base UI would otherwise write. */
export function App() {
  const [{ queries, router }] = useState(start)
  return (
    <I18nProvider i18n={i18n}>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </CSPProvider>
    </I18nProvider>
  )
}

/** Pages that nobody needs to be signed in for. */
const OPEN_PAGES: ReadonlySet<string> = new Set(['/connexion', '/inscription', '/mot-de-passe-oublie', '/reinitialiser', '/invitation'])

function start() {
  const queries = createQueryClient(() => {
    // The session ended while someone was working: they sign in again and come back to the same page.
    const from = router.state.location
    if (OPEN_PAGES.has(from.pathname)) return
    queries.setQueryData(meQuery.queryKey, null)
    void router.navigate({ to: '/connexion', search: { vers: from.href } } as never)
  })
  const router = createAppRouter(queries)
  return { queries, router }
}
