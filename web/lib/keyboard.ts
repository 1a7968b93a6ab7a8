import { createContext, createElement, use, useEffectEvent, useId, useLayoutEffect, useSyncExternalStore, type ReactNode } from 'react'

/**
 * One key of a page. `keys` is a key as the browser names it ("j", "Enter", "?"), with "Mod+" for Ctrl or Cmd,
 * or two keys in a row ("g f"). Letters are pressed without Shift.
 */
export type Shortcut = {
  readonly keys: string
  /** What it does, for the page's list of keys. Absent: it works, unlisted. */
  readonly label?: string | undefined
  readonly group?: string | undefined
  readonly run: (event: KeyboardEvent) => void
  /** When false the key is left to the browser and not listed. */
  readonly when?: boolean | undefined
  /** Also works while typing in a field; Mod+ keys and Escape do. */
  readonly whileTyping?: boolean | undefined
}
type Registered = { readonly id: string; readonly layer: number; readonly shortcuts: () => readonly Shortcut[] }

let registered: readonly Registered[] = []
let openLayers: readonly number[] = []
let pending: { readonly key: string; readonly until: number } | undefined
const listeners = new Set<() => void>()
const SEQUENCE_MS = 900
const Layer = createContext(0)

function topLayer(): number {
  return Math.max(0, ...openLayers)
}

function changed(next: readonly Registered[]): void {
  registered = next
  for (const listener of listeners) listener()
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=button])')
}

/** Enter and Space belong to a focused control before they belong to the page. */
function belongsToControl(event: KeyboardEvent): boolean {
  if ((event.key !== 'Enter' && event.key !== ' ') || event.ctrlKey || event.metaKey || event.altKey) return false
  return event.target instanceof HTMLElement && event.target.closest('button, a[href], summary, [role=menuitem], [role=option], [role=tab], input') !== null
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.ctrlKey || event.metaKey ? `Mod+${key}` : event.altKey ? `Alt+${key}` : key
}

function find(name: string, typing: boolean): Shortcut | undefined {
  // The topmost layer alone answers; within it, what was mounted last (a panel over a list) comes first.
  for (const { shortcuts } of registered.filter(({ layer }) => layer === topLayer()).toReversed()) {
    const found = shortcuts().find((shortcut) => shortcut.when !== false && shortcut.keys.replace(/^Mod\+(.)$/, (_, key: string) => `Mod+${key.toLowerCase()}`) === name)
    if (found && (!typing || found.whileTyping || name.startsWith('Mod+') || name === 'Escape')) return found
  }
  return undefined
}

function startsSequence(name: string): boolean {
  return registered.some(({ layer, shortcuts }) => layer === topLayer() && shortcuts().some((shortcut) => shortcut.when !== false && shortcut.keys.startsWith(`${name} `)))
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.key === 'Shift') return
  const typing = isTyping(event.target)
  const name = nameOf(event)
  const sequence = pending && pending.until > event.timeStamp && !typing ? find(`${pending.key} ${name}`, typing) : undefined
  pending = undefined
  const found = sequence ?? (belongsToControl(event) ? undefined : find(name, typing))
  if (found) {
    event.preventDefault()
    found.run(event)
  } else if (!typing && startsSequence(name)) {
    pending = { key: name, until: event.timeStamp + SEQUENCE_MS }
  }
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('keydown', onKeyDown)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) removeEventListener('keydown', onKeyDown)
  }
}

/** Gives the page these keys while the component is on screen. They are listed under `?`. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const id = useId()
  const layer = use(Layer)
  const current = useEffectEvent(() => shortcuts)
  // Before anything is painted: whoever sees a panel can already close it.
  useLayoutEffect(() => {
    changed([...registered, { id, layer, shortcuts: current }])
    return () => changed(registered.filter((entry) => entry.id !== id))
  }, [id, layer])
}

/** Around what covers the page: while it is on screen the keys of the page below are silent, those inside answer. */
export function ShortcutLayer({ children }: { readonly children: ReactNode }) {
  const layer = use(Layer) + 1
  useLayoutEffect(() => {
    openLayers = [...openLayers, layer]
    return () => { openLayers = openLayers.toSpliced(openLayers.indexOf(layer), 1) }
  }, [layer])
  return createElement(Layer, { value: layer }, children)
}

/** The keys at work now, for the page's help. Read when the help opens. */
export function listShortcuts(): readonly Shortcut[] {
  const seen = new Set<string>()
  return registered.filter(({ layer }) => layer === 0).flatMap(({ shortcuts }) => shortcuts()).toReversed().filter((shortcut) => shortcut.label && shortcut.when !== false && !seen.has(shortcut.keys) && seen.add(shortcut.keys)).toReversed()
}

/** Listens for keys; mounted once by the frame. */
export function useKeyboard(): void {
  useSyncExternalStore(subscribe, () => registered.length)
}
