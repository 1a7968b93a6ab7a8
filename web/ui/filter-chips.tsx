import { useLingui } from '@lingui/react/macro'
import { Plus, Search, X } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react'
import { useShortcuts } from '../lib/keyboard.ts'
import { useSearchState } from '../lib/search-state.ts'
import { classes } from './classes.ts'
import { Menu, MenuChoice } from './menu.tsx'

export type FilterChoice = { readonly value: string; readonly label: string }
export type Filter = {
  /** The name in the address. */
  readonly name: string
  readonly label: string
  readonly options: readonly FilterChoice[]
}

const SEARCH_MS = 250

function Chip({ filter, value, onChange }: { readonly filter: Filter; readonly value: string; readonly onChange: (value: string | undefined) => void }) {
  const { t } = useLingui()
  const shown = filter.options.find((option) => option.value === value)?.label ?? value
  return (
    <span className="inline-flex h-7 items-center rounded-full border border-line-strong bg-surface text-sm">
      <Menu align="start" trigger={<button type="button" className="h-full rounded-full pr-1 pl-3">{filter.label} <strong className="font-medium">{shown}</strong></button>}>
        <MenuChoice label={filter.label} value={value} onChange={onChange} options={filter.options} />
      </Menu>
      <button type="button" aria-label={t`Remove the filter ${filter.label}`} onClick={() => onChange(undefined)} className="mr-0.5 flex size-6 items-center justify-center rounded-full text-muted hover:bg-sunken hover:text-ink"><X size={14} aria-hidden /></button>
    </span>
  )
}

/** The filters of a list as removable chips, kept in the address. */
export function FilterChips({ filters, search, children }: { readonly filters: readonly Filter[]; readonly search?: { readonly name: string; readonly label: string } | undefined; /** Chips of another kind, such as a period. */ readonly children?: ReactNode }) {
  const { t } = useLingui()
  const [values, setValues] = useSearchState()
  const idle = filters.filter(({ name }) => values[name] === undefined)
  return (
    <div role="search" className="flex flex-wrap items-center gap-2">
      {search ? <SearchChip label={search.label} value={values[search.name] ?? ''} onChange={(text) => setValues({ [search.name]: text || undefined })} /> : null}
      {filters.map((filter) => {
        const value = values[filter.name]
        return value === undefined ? null : <Chip key={filter.name} filter={filter} value={value} onChange={(next) => setValues({ [filter.name]: next })} />
      })}
      {idle.map((filter) => (
        <Menu key={filter.name} align="start" trigger={<button type="button" className="inline-flex h-7 items-center gap-1 rounded-full border border-dashed border-line-strong px-2.5 text-sm text-muted hover:border-muted hover:text-ink"><Plus size={14} aria-hidden />{filter.label}</button>}>
          <MenuChoice label={filter.label} value="" onChange={(next) => setValues({ [filter.name]: next })} options={filter.options} />
        </Menu>
      ))}
      {children}
      {filters.some(({ name }) => values[name] !== undefined) && filters.length > 1
        ? <button type="button" className="h-7 px-1 text-sm text-muted underline-offset-2 hover:text-ink hover:underline" onClick={() => setValues(Object.fromEntries(filters.map(({ name }) => [name, undefined])))}>{t`Clear the filters`}</button>
        : null}
    </div>
  )
}

/** A search that waits for a pause before it changes the address. `/` goes to it. */
function SearchChip({ label, value, onChange }: { readonly label: string; readonly value: string; readonly onChange: (text: string) => void }) {
  const { t } = useLingui()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(value)
  const [seen, setSeen] = useState(value)
  // Back and links change the address from outside: the field follows.
  if (seen !== value) { setSeen(value); setTyped(value) }
  const send = useEffectEvent((text: string) => { if (text !== value) onChange(text) })
  useEffect(() => {
    const timer = setTimeout(() => send(typed.trim()), SEARCH_MS)
    return () => clearTimeout(timer)
  }, [typed])
  useShortcuts([{ keys: '/', label: t`Search in the list`, group: t`List`, run: () => input.current?.focus() }])
  return (
    <span className="relative inline-flex">
      <Search size={14} aria-hidden className="pointer-events-none absolute top-1.5 left-2.5 mt-px text-muted" />
      <input
        ref={input} type="search" aria-label={label} placeholder={label} value={typed} onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => { if (event.key === 'Escape') { setTyped(''); onChange(''); input.current?.blur() } }}
        className={classes('h-7 w-60 max-w-[60vw] rounded-full border border-line-strong bg-surface pr-2 pl-8 text-sm hover:border-muted')}
      />
    </span>
  )
}
