import { Tooltip as Base } from '@base-ui/react/tooltip'
import { useLingui } from '@lingui/react/macro'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

/** A few words on hover and focus. The trigger must be focusable; it never holds what is nowhere else. */
export function Tooltip({ text, shortcut, children }: { readonly text: ReactNode; readonly shortcut?: string | undefined; readonly children: ReactElement<Record<string, unknown>> }) {
  const { t } = useLingui()
  return (
    <Base.Root>
      <Base.Trigger delay={350} render={children} />
      <Base.Portal render={<section aria-label={t`Explanation`} />}>
        <Base.Positioner sideOffset={6} className="z-60">
          <Base.Popup className="enter max-w-72 rounded-md bg-ink px-2 py-1 text-xs text-paper">
            {text}
            {shortcut ? <span className="ml-2 opacity-80"><Kbd keys={shortcut} plain /></span> : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
