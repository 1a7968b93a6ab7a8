import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { Keys, keysListing, useKeyDialogs } from '../../../features/team/keys.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { Button } from '../../../ui/index.ts'
import { SectionFrame } from './section-frame.tsx'

/** The pages of the API, served beside the application. */
const DOCS = '/docs'

export function Page() {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const keys = useInfiniteQuery({ ...keysListing(api), enabled: may('key.manage') })
  const { open, dialogs } = useKeyDialogs()
  return (
    <SectionFrame title={t`API keys`} refused={!may('key.manage')} actions={keys.data && keys.data.pages[0]!.items.length > 0 ? <Button tone="primary" icon={Plus} onClick={open}>{t`New API key`}</Button> : null}>
      <p className="mb-4 max-w-prose text-muted">{t`Each program has its own key, with the rights it needs and an end. The API is described at`} <a href={DOCS} className="text-accent underline decoration-line-strong underline-offset-3">{DOCS}</a>.</p>
      <Keys onNew={open} />
      {dialogs}
    </SectionFrame>
  )
}
