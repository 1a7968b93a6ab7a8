import { Combobox } from '@base-ui/react/combobox'
import { useLingui } from '@lingui/react/macro'
import { useEffect, useState, type ReactNode } from 'react'
import { CONTROL, Field, type FieldProps } from './field.tsx'

export type ComboOption = { readonly value: string; readonly label: string; readonly detail?: string | undefined }
export type ComboFieldProps = FieldProps & {
  readonly value: ComboOption | null
  readonly onChange: (option: ComboOption | null) => void
  readonly options: readonly ComboOption[]
  /** Called as the person types, when the server does the finding; `options` are then its answer. Without it the options given are filtered here. */
  readonly onSearch?: ((text: string) => void) | undefined
  readonly loading?: boolean | undefined
  readonly placeholder?: string | undefined
  readonly disabled?: boolean | undefined
  readonly autoFocus?: boolean | undefined
  /** At the foot of the list, such as "New customer". */
  readonly footer?: ReactNode
}

/** The guards at both ends of the list pass the focus on at once: hidden from a screen reader and yet focusable is what accessibility checks refuse. */
function useOpenGuards(open: boolean): void {
  useEffect(() => {
    if (!open) return
    const frame = requestAnimationFrame(() => { for (const guard of document.querySelectorAll('[data-base-ui-focus-guard][aria-hidden]')) guard.removeAttribute('aria-hidden') })
    return () => cancelAnimationFrame(frame)
  }, [open])
}

/** A choice in a long list, found by typing a number or words. */
export function ComboField({ label, labelHidden, hint, error, className, value, onChange, options, onSearch, loading = false, placeholder, disabled, autoFocus, footer }: ComboFieldProps) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  useOpenGuards(open)
  return (
    <Field label={label} labelHidden={labelHidden} hint={hint} error={error} className={className}>
      {({ id, describedBy, invalid }) => (
        <Combobox.Root
          items={options} value={value} onValueChange={onChange} open={open} onOpenChange={setOpen} disabled={disabled ?? false} autoHighlight
          itemToStringLabel={(option: ComboOption) => option.label} isItemEqualToValue={(a: ComboOption, b: ComboOption) => a.value === b.value}
          {...(onSearch ? { filter: null, onInputValueChange: (text: string, details: { reason: string }) => { if (details.reason === 'input-change' || text === '') onSearch(text) } } : {})}
        >
          <Combobox.Input id={id} autoFocus={autoFocus} onFocus={(event) => event.target.select()} placeholder={placeholder} aria-describedby={describedBy} aria-invalid={invalid} className={CONTROL} />
          <Combobox.Portal render={<section aria-label={label} />}>
            <Combobox.Positioner sideOffset={4} align="start" className="z-50">
              <Combobox.Popup className="enter max-h-72 w-[max(var(--anchor-width),18rem)] max-w-[92vw] overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-lift">
                <Combobox.Empty className="empty:hidden px-2 py-1.5 text-sm text-muted">{loading ? t`Searching…` : t`Nothing found`}</Combobox.Empty>
                <Combobox.List>
                  {(option: ComboOption) => (
                    <Combobox.Item key={option.value} value={option} className="flex cursor-default items-baseline gap-3 rounded-md px-2 py-1.5 text-sm data-highlighted:bg-accent-soft data-selected:font-medium">
                      <span className="min-w-0 flex-1 truncate">{option.label}</span>
                      {option.detail ? <span className="shrink-0 text-xs text-muted">{option.detail}</span> : null}
                    </Combobox.Item>
                  )}
                </Combobox.List>
                {footer ? <div className="mt-1 border-t border-line p-1">{footer}</div> : null}
              </Combobox.Popup>
            </Combobox.Positioner>
          </Combobox.Portal>
        </Combobox.Root>
      )}
    </Field>
  )
}
