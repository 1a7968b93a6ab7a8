import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check, Minus } from 'lucide-react'
import { useId, type ReactNode } from 'react'

export type CheckboxProps = {
  readonly label: string
  readonly labelHidden?: boolean | undefined
  readonly hint?: ReactNode
  readonly checked: boolean
  readonly mixed?: boolean | undefined
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean | undefined
}

export function Checkbox({ label, labelHidden = false, hint, checked, mixed = false, onChange, disabled = false }: CheckboxProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-2">
      <Base.Root
        id={id} checked={checked} indeterminate={mixed} disabled={disabled} onCheckedChange={onChange} aria-label={labelHidden ? label : undefined}
        className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent data-disabled:opacity-50"
      >
        <Base.Indicator className="text-on-accent">{mixed ? <Minus size={12} strokeWidth={3} aria-hidden /> : <Check size={12} strokeWidth={3} aria-hidden />}</Base.Indicator>
      </Base.Root>
      {labelHidden ? null : (
        <span>
          <label htmlFor={id}>{label}</label>
          {hint ? <span className="block text-xs text-muted">{hint}</span> : null}
        </span>
      )}
    </div>
  )
}
