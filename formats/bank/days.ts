import type { LocalDate } from '../../core/kernel/local-date.ts'

const DAYS_KNOWN_MAX = 1_000
/** Longer texts are no dates: they are read, and not remembered. */
const LENGTH_MAX = 32

/** Remembers what the last texts read as: the movements of a statement repeat the same few days. */
export function rememberDays(read: (text: string) => LocalDate | undefined): (text: string) => LocalDate | undefined {
  const known = new Map<string, LocalDate | undefined>()
  let lastText: string | null = null
  let lastDay: LocalDate | undefined
  return (text) => {
    if (text === lastText) return lastDay
    if (text.length > LENGTH_MAX) return read(text)
    let day = known.get(text)
    if (day === undefined) {
      day = read(text)
      if (known.size >= DAYS_KNOWN_MAX) known.clear()
      if (day !== undefined) known.set(text, day)
    }
    lastText = text
    lastDay = day
    return day
  }
}
