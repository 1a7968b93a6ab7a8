import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'

/** A small pane tied to its button, such as how a figure is made. */
export function Popover({ trigger, title, align = 'start', children }: { readonly trigger: ReactElement<Record<string, unknown>>; readonly title?: string | undefined; readonly align?: 'start' | 'center' | 'end' | undefined; readonly children: ReactNode }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup className="enter max-w-80 rounded-lg border border-line bg-surface p-3 text-sm shadow-lift outline-none">
            {title ? <Base.Title className="mb-1.5 font-semibold">{title}</Base.Title> : null}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
