import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { Tooltip } from './tooltip.tsx'

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & { readonly icon: LucideIcon; readonly label: string; readonly shortcut?: string | undefined; readonly size?: 'normal' | 'small' | undefined }

/** A sign alone, with its name for those who cannot see it and on hover for those who can. */
export function IconButton({ icon: Icon, label, shortcut, size = 'normal', className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button {...rest} type={type} aria-label={label} className={classes('inline-flex shrink-0 items-center justify-center rounded-lg text-muted transition-colors hover:bg-sunken hover:text-ink disabled:opacity-50', size === 'small' ? 'size-7' : 'size-9', className)}>
        <Icon size={16} aria-hidden />
      </button>
    </Tooltip>
  )
}
