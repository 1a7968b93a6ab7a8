import { useLingui } from '@lingui/react/macro'
import { SlidersHorizontal } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Menu } from '../../../ui/index.ts'
import { useDocumentTitle } from '../../../ui/page.tsx'
import { TasteChoices } from '../../frame/user-menu.tsx'

/** The product's mark and name. */
export function Wordmark() {
  return <span className="inline-flex items-center gap-2 text-lead font-semibold"><img src="/favicon.svg" alt="" className="size-6" />{'Quittance'}</span>
}

/** The pages before the work: one column, the words on the paper itself. */
export function AccessLayout({ title, lead, aside, children }: { readonly title: string; readonly lead?: ReactNode; readonly aside?: ReactNode; readonly children: ReactNode }) {
  const { t } = useLingui()
  useDocumentTitle(title)
  return (
    <div className="flex min-h-dvh flex-col px-4">
      <header className="mx-auto flex w-full max-w-4xl items-center justify-between py-4">
        <Wordmark />
        <Menu trigger={<Button tone="quiet" size="small" icon={SlidersHorizontal} className="text-muted">{t`Language and theme`}</Button>}><TasteChoices /></Menu>
      </header>
      <main className="mx-auto w-full max-w-[26rem] flex-1 py-8 desk:py-[9dvh]">
        <h1 className="text-[1.625rem] leading-8 font-semibold tracking-tight">{title}</h1>
        {lead ? <p className="mt-2 text-muted">{lead}</p> : null}
        <div className="mt-7">{children}</div>
        {aside}
      </main>
    </div>
  )
}
