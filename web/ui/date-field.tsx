import { useLingui } from '@lingui/react/macro'
import { CalendarDays } from 'lucide-react'
import { useRef, useState } from 'react'
import { formatDay, todayHere } from '../lib/format.ts'
import { readDay } from '../lib/typed-day.ts'
import { classes } from './classes.ts'
import { CONTROL, Field, type FieldProps } from './field.tsx'

export type DateFieldProps = FieldProps & {
  /** '2026-11-20', or '' when empty. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly disabled?: boolean | undefined
  readonly name?: string | undefined
}

/** A day typed the short way ("20/11", "2011", "+3") or picked in the browser's own calendar. */
export function DateField({ label, labelHidden, hint, error, className, value, onChange, disabled, name }: DateFieldProps) {
  const { t } = useLingui()
  const [typed, setTyped] = useState<string>()
  const picker = useRef<HTMLInputElement>(null)
  const unreadable = typed !== undefined && typed.trim() !== '' && readDay(typed, todayHere()) === undefined
  const settle = () => {
    if (typed === undefined || unreadable) return
    onChange(typed.trim() === '' ? '' : readDay(typed, todayHere())!)
    setTyped(undefined)
  }
  return (
    <Field label={label} labelHidden={labelHidden} hint={hint} className={className} error={error ?? (unreadable ? t`Write a day, for example 20/11/2026.` : undefined)}>
      {({ id, describedBy, invalid }) => (
        <div className="relative">
          <input
            id={id} name={name} type="text" inputMode="numeric" autoComplete="off" disabled={disabled} placeholder={t`dd/mm/yyyy`}
            value={typed ?? (value ? formatDay(value) : '')} aria-describedby={describedBy} aria-invalid={invalid}
            onChange={(event) => setTyped(event.target.value)} onBlur={settle} onFocus={(event) => event.target.select()}
            onKeyDown={(event) => { if (event.key === 'Enter') settle() }}
            className={classes(CONTROL, 'figures pr-9')}
          />
          <input ref={picker} type="date" tabIndex={-1} aria-hidden value={value} disabled={disabled} onChange={(event) => { setTyped(undefined); onChange(event.target.value) }} className="pointer-events-none absolute inset-0 -z-1 opacity-0" />
          <button type="button" disabled={disabled} aria-label={t`Open the calendar`} onClick={() => picker.current?.showPicker()} className="absolute inset-y-1 right-1 flex w-7 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink">
            <CalendarDays size={16} aria-hidden />
          </button>
        </div>
      )}
    </Field>
  )
}
