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

function start() {
  const queries = createQueryClient(() => {
    // The session ended while someone was working: they sign in again and come back to the same page.
    const from = router.state.location
    if (from.pathname === '/connexion' || from.pathname === '/inscription') return
    queries.setQueryData(meQuery.queryKey, null)
    void router.navigate({ to: '/connexion', search: { vers: from.href } } as never)
  })
  const router = createAppRouter(queries)
  return { queries, router }
}
