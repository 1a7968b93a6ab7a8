import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { digitsOf, readAmount } from '../lib/amounts.ts'
import { formatDecimal } from '../lib/format.ts'
import { usePreferences } from '../lib/preferences.ts'
import { classes } from './classes.ts'
import { CONTROL, Field, type FieldProps } from './field.tsx'

export type AmountFieldProps = FieldProps & {
  /** The exact decimal text of the API, or '' when empty. */
  readonly value: string
  /** Called with decimal text, '' when emptied, or null while what is typed is no amount. */
  readonly onChange: (value: string | null) => void
  readonly currency: string
  readonly disabled?: boolean | undefined
  readonly autoFocus?: boolean | undefined
  readonly name?: string | undefined
}

/** An amount as people type it ("1 234,56"), kept exact. What cannot be read is said, never taken for zero. */
export function AmountField({ label, labelHidden, hint, error, className, value, onChange, currency, ...rest }: AmountFieldProps) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const [typed, setTyped] = useState<string>()
  const shown = typed ?? (value === '' ? '' : formatDecimal(value, digitsOf(currency), locale))
  const unreadable = typed !== undefined && typed.trim() !== '' && readAmount(typed, currency) === undefined
  const [left, setLeft] = useState(false)
  return (
    <Field label={label} labelHidden={labelHidden} hint={hint} className={className} error={error ?? (unreadable && left ? t`Write an amount in digits, for example 1 234,56, with at most ${digitsOf(currency)} decimals.` : undefined)}>
      {({ id, describedBy, invalid }) => (
        <div className="relative">
          <input
            {...rest} id={id} type="text" inputMode="decimal" autoComplete="off" value={shown} aria-describedby={describedBy} aria-invalid={invalid}
            onFocus={(event) => { setLeft(false); event.target.select() }}
            onChange={(event) => { setTyped(event.target.value); onChange(event.target.value.trim() === '' ? '' : readAmount(event.target.value, currency) ?? null) }}
            onBlur={() => { setLeft(true); if (!unreadable) setTyped(undefined) }}
            className={classes(CONTROL, 'figures pr-11 text-right')}
          />
          <span aria-hidden className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-xs text-muted">{currency}</span>
        </div>
      )}
    </Field>
  )
}
