import { useLingui } from '@lingui/react/macro'
import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useIsPhone } from '../../../lib/media.ts'
import { CompanyLink, Page, RefusedState } from '../../../ui/index.ts'

/** The page of one section: on a phone it leads back to the list of sections. */
export function SectionFrame({ title, refused = false, layout = 'text', aside, actions, filters, children }: {
  readonly title: string
  /** The role does not let one see this. */
  readonly refused?: boolean | undefined
  readonly layout?: 'text' | 'wide' | 'grid' | undefined
  readonly aside?: ReactNode
  readonly actions?: ReactNode
  readonly filters?: ReactNode
  readonly children: ReactNode
}) {
  const { t } = useLingui()
  const phone = useIsPhone()
  const back = phone ? <CompanyLink to="reglages" look="bare" className="-ml-1 inline-flex items-center gap-1 text-muted"><ChevronLeft size={16} aria-hidden />{t`Settings`}</CompanyLink> : undefined
  if (refused) return <Page title={title} layout="text" back={back}><RefusedState /></Page>
  return <Page title={title} layout={layout} back={back} aside={aside} actions={actions} filters={filters}>{children}</Page>
}
