import { useLingui } from '@lingui/react/macro'
import { classes } from './classes.ts'

/** Keys as they are printed on the keyboard: "Mod+k" is Ctrl K. */
export function Kbd({ keys, plain = false }: { readonly keys: string; readonly plain?: boolean | undefined }) {
  const { t } = useLingui()
  const names: Readonly<Record<string, string>> = { Mod: t`Ctrl`, Enter: t`Enter`, Escape: t`Esc`, ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', ' ': t`Space` }
  return (
    <span className="inline-flex gap-1">
      {keys.split(/[+ ]/).map((key) => (
        <kbd key={key} className={classes('font-sans text-xs', !plain && 'min-w-5 rounded-sm border border-line-strong bg-surface px-1 text-center text-muted')}>
          {names[key] ?? key.toUpperCase()}
        </kbd>
      ))}
    </span>
  )
}
