import { useLingui } from '@lingui/react/macro'
import { ArrowLeft, X } from 'lucide-react'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useShortcuts } from '../lib/keyboard.ts'
import { useIsPhone } from '../lib/media.ts'
import { IconButton } from './icon-button.tsx'
import { useDocumentTitle } from './page.tsx'

export type SidePanelProps = {
  readonly title: string
  /** Under the title: a status, a date. */
  readonly aside?: ReactNode
  readonly actions?: ReactNode
  /** Goes back to the list: the panel is an address of its own. */
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * The detail of a row: 480 px beside the list on a desk, a full page on a phone. It is not modal: j and k go on
 * in the list. Its address is the route of the row, its place the `<Outlet />` of the list, inside `<WithPanel>`.
 */
export function SidePanel({ title, aside, actions, onClose, children }: SidePanelProps) {
  const { t } = useLingui()
  const id = useId()
  const phone = useIsPhone()
  const heading = useRef<HTMLHeadingElement>(null)
  useDocumentTitle(title)
  useShortcuts([{ keys: 'Escape', label: t`Close the panel`, run: onClose }])
  // On a phone the panel is a new page: reading starts at its title. On a desk the focus stays in the list, unless the page before took it away.
  useEffect(() => { if (phone || document.activeElement === document.body) heading.current?.focus() }, [phone])
  return (
    <aside aria-labelledby={id} className="slide fixed inset-0 z-20 flex flex-col bg-surface desk:static desk:z-auto desk:w-[30rem] desk:shrink-0 desk:border-l desk:border-line">
      <header className="flex items-start gap-2 border-b border-line px-4 py-3">
        {phone ? <IconButton icon={ArrowLeft} label={t`Back to the list`} onClick={onClose} className="-ml-2" /> : null}
        <div className="min-w-0 flex-1 py-1">
          <h2 id={id} ref={heading} tabIndex={-1} className="text-lead font-semibold break-words outline-none">{title}</h2>
          {aside ? <div className="mt-0.5 flex flex-wrap items-center gap-2 text-sm text-muted">{aside}</div> : null}
        </div>
        {phone ? null : <IconButton icon={X} label={t`Close`} shortcut="Escape" onClick={onClose} className="-mr-2" />}
      </header>
      <div role="group" aria-labelledby={id} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto p-4 outline-offset-[-2px]">{children}</div>
      {actions ? <footer data-print="no" className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">{actions}</footer> : null}
    </aside>
  )
}

/** A list and, beside it, the panel of one of its rows. */
export function WithPanel({ panel, children }: { readonly panel: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col overflow-hidden">{children}</div>
      {panel}
    </div>
  )
}
