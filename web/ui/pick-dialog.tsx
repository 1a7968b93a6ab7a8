import { Dialog as Base } from '@base-ui/react/dialog'
import { useLingui } from '@lingui/react/macro'
import { Search } from 'lucide-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { ShortcutLayer } from '../lib/keyboard.ts'
import { matchesWords, plain } from '../lib/match-words.ts'
import { classes } from './classes.ts'

export type PickOption = {
  readonly id: string
  readonly group: string
  readonly text: string
  readonly detail?: ReactNode
  /** Under the text: why it is proposed. */
  readonly because?: string | undefined
  /** Also found by these words, such as an account number. */
  readonly words?: string | undefined
}
export type PickDialogProps = {
  readonly title: string
  /** What the choice is about, drawn above the field. */
  readonly about?: ReactNode
  readonly placeholder: string
  readonly options: readonly PickOption[]
  readonly loading?: boolean | undefined
  readonly onPick: (option: PickOption) => void
  readonly onClose: () => void
  /** Called as the person types, when the server does the finding. */
  readonly onSearch?: ((text: string) => void) | undefined
}

/** The options that what is typed leaves: those whose words or number begin with it come first. */
export function optionsFor(options: readonly PickOption[], typed: string): readonly PickOption[] {
  const wanted = plain(typed.trim())
  if (wanted === '') return options
  const rank = ({ text, words }: PickOption) => plain(words ?? '').startsWith(wanted) || plain(text).startsWith(wanted) ? 0 : 1
  const seen = new Set<string>()
  return options.filter(({ id, text, group, words }) => matchesWords(`${text} ${group} ${words ?? ''}`, wanted) && !seen.has(id) && seen.add(id)).sort((a, b) => rank(a) - rank(b))
}

/** One choice in a long list, made with a few letters and Enter. */
export function PickDialog({ title, about, placeholder, options, loading = false, onPick, onClose, onSearch }: PickDialogProps) {
  const { t } = useLingui()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState('')
  const [place, setPlace] = useState(0)
  const shown = onSearch ? options : optionsFor(options, typed)
  const active = Math.min(place, shown.length - 1)
  useEffect(() => { list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }) }, [active])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step && shown.length > 0) { event.preventDefault(); setPlace(Math.abs(step) === 1 ? (active + step + shown.length) % shown.length : Math.max(0, Math.min(shown.length - 1, active + step))) }
    const chosen = shown[active]
    if (event.key === 'Enter') { event.preventDefault(); if (chosen) onPick(chosen) }
  }
  return (
    <Base.Root open onOpenChange={(next) => { if (!next) onClose() }}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Base.Popup className="enter fixed inset-x-2 top-2 z-40 flex max-h-[88dvh] flex-col overflow-hidden rounded-lg bg-surface shadow-lift outline-none desk:inset-x-auto desk:top-[12dvh] desk:left-1/2 desk:max-h-[66dvh] desk:w-[34rem] desk:-translate-x-1/2">
          <ShortcutLayer>
            <Base.Title className="px-4 pt-3 text-sm text-muted">{title}</Base.Title>
            {about ? <div className="px-4 pt-1">{about}</div> : null}
            <div className="mt-1 flex items-center gap-2.5 border-b border-line px-4">
              <Search size={16} aria-hidden className="text-muted" />
              <input
                autoFocus role="combobox" aria-expanded={shown.length > 0} aria-controls={`${id}-list`} aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined} aria-label={title} placeholder={placeholder}
                value={typed} onChange={(event) => { setTyped(event.target.value); setPlace(0); onSearch?.(event.target.value.trim()) }} onKeyDown={onKeyDown} className="h-11 min-w-0 flex-1 bg-transparent text-lead outline-none"
              />
            </div>
            {shown.length === 0 ? <p role="status" className="px-4 py-8 text-center text-muted">{loading ? t`Searching…` : t`Nothing matches these words.`}</p> : null}
            <div ref={list} id={`${id}-list`} role="listbox" hidden={shown.length === 0} aria-label={title} className="min-h-0 flex-1 overflow-y-auto p-2">
              {shown.map((option, index) => (
                <PickRow key={`${option.group} ${option.id}`} id={`${id}-${index}`} option={option} isFirst={option.group !== shown[index - 1]?.group} active={index === active} onPick={() => onPick(option)} onPoint={() => setPlace(index)} />
              ))}
            </div>
          </ShortcutLayer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function PickRow({ id, option, isFirst, active, onPick, onPoint }: { readonly id: string; readonly option: PickOption; readonly isFirst: boolean; readonly active: boolean; readonly onPick: () => void; readonly onPoint: () => void }) {
  return (
    <>
      {isFirst && option.group ? <p role="presentation" className="px-2.5 pt-2.5 pb-1 text-xs text-muted">{option.group}</p> : null}
      <div id={id} role="option" aria-selected={active} onClick={onPick} onPointerMove={onPoint} className={classes('cursor-pointer rounded-lg px-2.5 py-1.5', active && 'bg-accent-soft')}>
        <span className="flex items-baseline gap-2.5"><span className="min-w-0 flex-1 truncate">{option.text}</span>{option.detail ? <span className="shrink-0 text-sm text-muted">{option.detail}</span> : null}</span>
        {option.because ? <span className="block truncate text-sm text-muted">{option.because}</span> : null}
      </div>
    </>
  )
}
