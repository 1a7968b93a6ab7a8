import type { ReactNode } from 'react'
import { classes } from './classes.ts'

/** green: paid, proven. amber: waiting. red: late or wrong. violet: draft. grey: neither. */
export type Tone = 'green' | 'amber' | 'red' | 'violet' | 'grey'

const DOTS: Readonly<Record<Tone, string>> = { green: 'bg-green', amber: 'bg-amber', red: 'bg-red', violet: 'bg-violet', grey: 'bg-muted' }
const WORDS: Readonly<Record<Tone, string>> = { green: 'text-green', amber: 'text-amber', red: 'text-red', violet: 'text-violet', grey: 'text-muted' }
const FILLS: Readonly<Record<Tone, string>> = { green: 'bg-green-soft text-green', amber: 'bg-amber-soft text-amber', red: 'bg-red-soft text-red', violet: 'bg-violet-soft text-violet', grey: 'bg-sunken text-muted' }

/** A state in a grid: a coloured dot and always its word. */
export function Status({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={classes('inline-flex min-w-0 items-center gap-1.5 align-top whitespace-nowrap', WORDS[tone])}>
      <span aria-hidden className={classes('size-1.5 shrink-0 rounded-full', DOTS[tone])} />
      <span className="truncate">{children}</span>
    </span>
  )
}

/** A state beside a title, on a soft ground. */
export function Badge({ tone = 'grey', children }: { readonly tone?: Tone | undefined; readonly children: ReactNode }) {
  return <span className={classes('inline-flex items-center rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap', FILLS[tone])}>{children}</span>
}
