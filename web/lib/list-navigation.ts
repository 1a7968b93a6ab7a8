import { useLingui } from '@lingui/react/macro'
import { useEffect, useEffectEvent, useState } from 'react'
import { useShortcuts } from './keyboard.ts'

export type ListNavigation = {
  /** The row that the keys act on; -1 before any. */
  readonly active: number
  readonly setActive: (index: number) => void
}

export type ListNavigationOptions = {
  readonly count: number
  readonly onOpen?: ((index: number) => void) | undefined
  readonly onToggle?: ((index: number) => void) | undefined
  /** Brings a row into sight. */
  readonly reveal?: ((index: number) => void) | undefined
  readonly enabled?: boolean | undefined
}

/** j and k, arrows, x, Enter over a list, on the whole page. */
export function useListNavigation({ count, onOpen, onToggle, reveal, enabled = true }: ListNavigationOptions): ListNavigation {
  const { t } = useLingui()
  const [chosen, setChosen] = useState(-1)
  const active = Math.min(chosen, count - 1)
  const show = useEffectEvent((index: number) => reveal?.(index))
  useEffect(() => { if (active >= 0) show(active) }, [active])
  const move = (step: number) => setChosen(Math.max(0, Math.min(count - 1, active + step)))
  const some = enabled && count > 0
  const group = t`List`
  useShortcuts([
    { keys: 'j', label: t`Next row`, group, when: some, run: () => move(1) },
    { keys: 'k', label: t`Previous row`, group, when: some, run: () => move(-1) },
    { keys: 'ArrowDown', when: some, run: () => move(1) },
    { keys: 'ArrowUp', when: some, run: () => move(-1) },
    { keys: 'Enter', label: t`Open the row`, group, when: some && onOpen !== undefined && active >= 0, run: () => onOpen?.(active) },
    { keys: 'x', label: t`Select the row`, group, when: some && onToggle !== undefined && active >= 0, run: () => onToggle?.(active) },
  ])
  return { active, setActive: setChosen }
}
