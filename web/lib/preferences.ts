import { useSyncExternalStore } from 'react'

/** What this browser remembers of a person's taste. It changes nothing that others see. */
export type Preferences = {
  readonly theme: 'system' | 'light' | 'dark'
  readonly density: 'normal' | 'compact'
  readonly locale: 'fr' | 'en'
  readonly railFolded: boolean
  /** Notices put away, as `notice:person`. */
  readonly dismissed: readonly string[]
  /** The company opened last, to land on it after sign-in. */
  readonly lastCompany: string | null
}

// The same key is read by public/theme.js before the first paint.
const KEY = 'quittance.preferences'
/** French for whoever reads French, whatever comes before it in the browser's list. */
export function preferredLocale(languages: readonly string[]): Preferences['locale'] {
  return languages.length === 0 || languages.some((language) => /^fr\b/i.test(language)) ? 'fr' : 'en'
}

const DEFAULTS: Preferences = { theme: 'system', density: 'normal', locale: preferredLocale(navigator.languages), railFolded: false, dismissed: [], lastCompany: null }

function read(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) }
  } catch {
    return DEFAULTS
  }
}

let current = read()
const listeners = new Set<() => void>()

function applyTheme(): void {
  const root = document.documentElement
  if (current.theme === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = current.theme
  root.lang = current.locale
}

export function preferences(): Preferences {
  return current
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try { localStorage.setItem(KEY, JSON.stringify(current)) } catch { /* Private windows may refuse: the choice then lasts as long as the page. */ }
  applyTheme()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => { listeners.delete(listener) }
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences)
}

/** A notice that stays away once this person has closed it. */
export function useDismissible(notice: string, userId: string): { readonly shown: boolean; readonly dismiss: () => void } {
  const key = `${notice}:${userId}`
  const { dismissed } = usePreferences()
  return { shown: !dismissed.includes(key), dismiss: () => setPreferences({ dismissed: [...preferences().dismissed, key] }) }
}
