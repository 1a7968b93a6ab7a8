import { Menu as Base } from '@base-ui/react/menu'
import { useLingui } from '@lingui/react/macro'
import type { LucideIcon } from 'lucide-react'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

const ITEM = 'flex w-full cursor-default items-center gap-2 rounded-md px-2 py-1.5 text-left text-sm outline-none data-highlighted:bg-accent-soft data-disabled:opacity-50'

export type MenuProps = {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly align?: 'start' | 'end' | undefined
  readonly side?: 'top' | 'bottom' | undefined
  readonly children: ReactNode
}

export function Menu({ trigger, align = 'end', side = 'bottom', children }: MenuProps) {
  const { t } = useLingui()
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      {/* The menu is drawn at the end of the page: it needs a landmark of its own there. */}
      <Base.Portal render={<section aria-label={t`Menu`} />}>
        <Base.Positioner side={side} align={align} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className="enter max-h-[var(--available-height)] min-w-52 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-lift outline-none">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export function MenuItem({ icon: Icon, shortcut, onSelect, disabled = false, children }: { readonly icon?: LucideIcon | undefined; readonly shortcut?: string | undefined; readonly onSelect: () => void; readonly disabled?: boolean | undefined; readonly children: ReactNode }) {
  return (
    <Base.Item onClick={onSelect} disabled={disabled} className={ITEM}>
      {Icon ? <Icon size={16} aria-hidden className="text-muted" /> : null}
      <span className="min-w-0 flex-1">{children}</span>
      {shortcut ? <Kbd keys={shortcut} /> : null}
    </Base.Item>
  )
}

/** One choice among a few, such as the language. */
export function MenuChoice<T extends string>({ label, value, onChange, options }: { readonly label: string; readonly value: T; readonly onChange: (value: T) => void; readonly options: readonly { readonly value: T; readonly label: string }[] }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-xs text-muted">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next: T) => onChange(next)}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} closeOnClick={false} className={ITEM}>
            <span className="flex size-4 items-center justify-center"><Base.RadioItemIndicator className="text-accent"><Check size={14} aria-hidden /></Base.RadioItemIndicator></span>
            {option.label}
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 border-t border-line" />
}
