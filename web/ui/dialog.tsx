import { Dialog as Base } from '@base-ui/react/dialog'
import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { ShortcutLayer } from '../lib/keyboard.ts'
import { Button, type ButtonTone } from './button.tsx'
import { classes } from './classes.ts'

export type DialogProps = {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description?: ReactNode
  /** Buttons, the primary one last. */
  readonly actions?: ReactNode
  readonly wide?: boolean | undefined
  readonly children?: ReactNode
}

/** A window over the page, for what must be answered before going on. The focus stays inside and comes back after. */
export function Dialog({ open, onClose, title, description, actions, wide = false, children }: DialogProps) {
  const { t } = useLingui()
  return (
    <Base.Root open={open} onOpenChange={(next) => { if (!next) onClose() }}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Base.Popup className={classes('enter fixed inset-x-0 bottom-0 z-40 flex max-h-[92dvh] flex-col rounded-t-lg bg-surface shadow-lift outline-none desk:top-[12dvh] desk:bottom-auto desk:left-1/2 desk:max-h-[76dvh] desk:-translate-x-1/2 desk:rounded-lg', wide ? 'desk:w-[46rem]' : 'desk:w-[30rem]')}>
          <ShortcutLayer>
            <div className="flex items-start gap-3 px-5 pt-4">
              <Base.Title className="flex-1 py-1 text-lead font-semibold">{title}</Base.Title>
              {/* Without a tooltip: it would open with the window, which puts the focus here when there is nothing else. */}
              <Base.Close aria-label={t`Close`} data-print="no" className="-mr-2 flex size-9 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-sunken hover:text-ink"><X size={16} aria-hidden /></Base.Close>
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">
              {description ? <Base.Description render={<div />} className="text-muted">{description}</Base.Description> : null}
              {children ? <div className={description ? 'mt-4' : 'mt-1'}>{children}</div> : null}
            </div>
            {actions ? <div data-print="no" className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{actions}</div> : null}
          </ShortcutLayer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

export type ConfirmProps = Omit<DialogProps, 'actions' | 'wide'> & { readonly confirm: string; readonly tone?: ButtonTone | undefined; readonly busy?: boolean | undefined; readonly onConfirm: () => void }

/** Only for what the law makes final: it says what becomes impossible after. Everything else happens at once, with an undo. */
export function Confirm({ confirm, tone = 'primary', busy, onConfirm, onClose, ...rest }: ConfirmProps) {
  const { t } = useLingui()
  return <Dialog {...rest} onClose={onClose} actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone={tone} busy={busy} onClick={onConfirm}>{confirm}</Button></>} />
}
