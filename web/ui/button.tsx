import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'

export type ButtonTone = 'primary' | 'plain' | 'quiet' | 'danger'

const TONES: Readonly<Record<ButtonTone, string>> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  plain: 'border border-line-strong bg-surface text-ink hover:bg-sunken',
  quiet: 'text-ink hover:bg-sunken',
  danger: 'border border-red text-red bg-surface hover:bg-red-soft',
}
const SIZES = { normal: 'h-9 px-3.5 text-base', small: 'h-7 px-2.5 text-sm' } as const

/** The look of a button, for links that act like one. */
export function buttonClass(tone: ButtonTone = 'plain', size: keyof typeof SIZES = 'normal'): string {
  return classes(
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-lg font-medium whitespace-nowrap transition-colors select-none',
    'disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:opacity-50', SIZES[size], TONES[tone],
  )
}

export type ButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  readonly tone?: ButtonTone | undefined
  readonly size?: keyof typeof SIZES | undefined
  readonly icon?: LucideIcon | undefined
  /** Under way: it cannot be pressed twice. */
  readonly busy?: boolean | undefined
  readonly children?: ReactNode
}

export function Button({ tone = 'plain', size = 'normal', icon: Icon, busy = false, className, children, disabled, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} disabled={disabled || busy} aria-busy={busy || undefined} className={classes(buttonClass(tone, size), busy && 'animate-pulse', className)}>
      {Icon ? <Icon size={16} aria-hidden /> : null}
      {children}
    </button>
  )
}
