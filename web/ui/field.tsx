import { useId, type ReactNode } from 'react'
import { classes } from './classes.ts'

export type FieldProps = {
  readonly label: string
  /** Hides the label from sight, not from a screen reader. */
  readonly labelHidden?: boolean | undefined
  readonly hint?: ReactNode
  /** What is wrong and how to mend it. */
  readonly error?: string | undefined
  readonly optional?: boolean | undefined
  readonly className?: string | undefined
}
export type FieldIds = { readonly id: string; readonly describedBy: string | undefined; readonly invalid: true | undefined }

/** The look of every one-line control. */
export const CONTROL = 'h-9 w-full min-w-0 rounded-lg border border-line-strong bg-surface px-2.5 text-base text-ink hover:border-muted aria-invalid:border-red disabled:bg-sunken disabled:text-muted'

/** A control with its label above, its hint and its error below, tied together for a screen reader. */
export function Field({ label, labelHidden = false, hint, error, className, children }: FieldProps & { readonly children: (ids: FieldIds) => ReactNode }) {
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const describedBy = [hint ? hintId : '', error ? errorId : ''].filter(Boolean).join(' ') || undefined
  return (
    <div className={classes('min-w-0', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'mb-1 block text-sm font-medium'}>{label}</label>
      {children({ id, describedBy, invalid: error ? true : undefined })}
      {hint ? <p id={hintId} className="mt-1 text-xs text-muted">{hint}</p> : null}
      {error ? <p id={errorId} className="mt-1 text-xs text-red">{error}</p> : null}
    </div>
  )
}
