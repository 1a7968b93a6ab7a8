import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { CONTROL, Field, type FieldProps } from './field.tsx'

export type TextFieldProps = FieldProps & Omit<ComponentProps<'input'>, 'id' | 'className'> & { readonly controlClass?: string | undefined }

/** One line of text; spread `register('name')` of react-hook-form on it. */
export function TextField({ label, labelHidden, hint, error, className, controlClass, ...rest }: TextFieldProps) {
  return (
    <Field label={label} labelHidden={labelHidden} hint={hint} error={error} className={className}>
      {({ id, describedBy, invalid }) => <input {...rest} id={id} aria-describedby={describedBy} aria-invalid={invalid} className={classes(CONTROL, controlClass)} />}
    </Field>
  )
}

/** A number without decimals, such as a number of days. */
export function NumberField(props: TextFieldProps) {
  return <TextField inputMode="numeric" {...props} controlClass={classes('figures text-right', props.controlClass)} />
}

export type TextAreaProps = FieldProps & Omit<ComponentProps<'textarea'>, 'id' | 'className'>

export function TextArea({ label, labelHidden, hint, error, className, rows = 3, ...rest }: TextAreaProps) {
  return (
    <Field label={label} labelHidden={labelHidden} hint={hint} error={error} className={className}>
      {({ id, describedBy, invalid }) => <textarea {...rest} rows={rows} id={id} aria-describedby={describedBy} aria-invalid={invalid} className={classes(CONTROL, 'h-auto py-2')} />}
    </Field>
  )
}

export type SelectFieldProps = FieldProps & Omit<ComponentProps<'select'>, 'id' | 'className' | 'children'> & {
  readonly options: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean | undefined }[]
}

/** A short list of choices: the browser's own, which phones and screen readers know best. For a long one, ComboField. */
export function SelectField({ label, labelHidden, hint, error, className, options, ...rest }: SelectFieldProps) {
  return (
    <Field label={label} labelHidden={labelHidden} hint={hint} error={error} className={className}>
      {({ id, describedBy, invalid }) => (
        <select {...rest} id={id} aria-describedby={describedBy} aria-invalid={invalid} className={CONTROL}>
          {options.map((option) => <option key={option.value} value={option.value} disabled={option.disabled}>{option.label}</option>)}
        </select>
      )}
    </Field>
  )
}
