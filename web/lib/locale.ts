import { i18n } from '@lingui/core'
import { preferences, setPreferences } from './preferences.ts'

export type Locale = 'fr' | 'en'

/** Loads a language once, then shows it. Only the language in use is downloaded. */
export async function activateLocale(locale: Locale): Promise<void> {
  const { messages } = locale === 'fr' ? await import('../locales/fr.po') : await import('../locales/en.po')
  i18n.loadAndActivate({ locale, messages })
  setPreferences({ locale })
}

/** The language of the screen, also sent with each request. */
export function locale(): Locale {
  return preferences().locale
}
