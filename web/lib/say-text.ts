import type { Text } from '../../contract/common.ts'
import { usePreferences } from './preferences.ts'

/** Reads a sentence the server gives in both languages in the language of the screen. */
export function useSay(): (text: Text) => string {
  const { locale } = usePreferences()
  return (text) => text[locale]
}
