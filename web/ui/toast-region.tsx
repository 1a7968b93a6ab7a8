import { useLingui } from '@lingui/react/macro'
import { CircleCheck, TriangleAlert, X } from 'lucide-react'
import { useShortcuts } from '../lib/keyboard.ts'
import { dismissToast, holdToast, releaseToast, undoLast, useToasts, type Toast } from '../lib/toasts.ts'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import { Kbd } from './kbd.tsx'

function ToastCard({ toast }: { readonly toast: Toast }) {
  const { t } = useLingui()
  const problem = toast.tone === 'problem'
  const Icon = problem ? TriangleAlert : CircleCheck
  return (
    <li
      onPointerEnter={() => holdToast(toast.id)} onPointerLeave={() => releaseToast(toast.id)} onFocus={() => holdToast(toast.id)} onBlur={() => releaseToast(toast.id)}
      className="enter pointer-events-auto flex items-start gap-2.5 rounded-lg border border-line bg-surface py-2 pr-1.5 pl-3 shadow-lift"
    >
      <Icon size={16} aria-hidden className={problem ? 'mt-1.5 shrink-0 text-red' : 'mt-1.5 shrink-0 text-green'} />
      <div className="min-w-0 flex-1 py-1">
        <p>{toast.text}</p>
        {toast.detail ? <p className="mt-0.5 text-sm text-muted">{toast.detail}</p> : null}
      </div>
      {toast.undo ? <Button size="small" tone="quiet" className="text-accent" onClick={() => { dismissToast(toast.id); toast.undo?.() }}>{t`Undo`} <Kbd keys="u" /></Button> : null}
      <IconButton icon={X} size="small" label={t`Close the message`} onClick={() => dismissToast(toast.id)} />
    </li>
  )
}

/** What was just done, with its way back. Read aloud, never in the way of the work. */
export function ToastRegion() {
  const { t } = useLingui()
  const toasts = useToasts()
  useShortcuts([{ keys: 'u', label: t`Undo the last action`, group: t`Everywhere`, when: toasts.some(({ undo }) => undo), run: () => { undoLast() } }])
  return (
    <section aria-label={t`Messages`} aria-live="polite" data-print="no" className="pointer-events-none fixed inset-x-3 bottom-18 z-60 desk:inset-x-auto desk:right-4 desk:bottom-4 desk:w-[26rem]">
      <ul className="space-y-2">{toasts.map((toast) => <ToastCard key={toast.id} toast={toast} />)}</ul>
    </section>
  )
}
