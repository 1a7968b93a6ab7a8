import { useLingui } from '@lingui/react/macro'
import type { Shortcut } from '../../lib/keyboard.ts'
import { Dialog, Kbd } from '../../ui/index.ts'

/** The keys at work on this page, by group. */
export function KeysHelp({ shortcuts, onClose }: { readonly shortcuts: readonly Shortcut[]; readonly onClose: () => void }) {
  const { t } = useLingui()
  const page = t`This page`
  const names = [...new Set(shortcuts.map((shortcut) => shortcut.group ?? page))]
  return (
    <Dialog open onClose={onClose} title={t`The keys of this page`} wide>
      <div className="gap-x-8 desk:columns-2">
        {names.map((group) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-muted">{group}</h3>
            <dl>
              {shortcuts.filter((shortcut) => (shortcut.group ?? page) === group).map((shortcut) => (
                <div key={shortcut.keys} className="flex items-center gap-3 border-b border-line py-1.5 text-sm last:border-b-0">
                  <dt className="min-w-0 flex-1">{shortcut.label}</dt>
                  <dd><Kbd keys={shortcut.keys} /></dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
