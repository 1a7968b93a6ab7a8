import { formatDay, formatInstant, formatLongDay, formatRelativeDay, todayHere } from '../lib/format.ts'
import { usePreferences } from '../lib/preferences.ts'

/** A day: "20/11/2026" in grids, "hier" in work lists with the date on hover. */
export function DateText({ day, relative = false, long = false, className }: { readonly day: string; readonly relative?: boolean | undefined; readonly long?: boolean | undefined; readonly className?: string | undefined }) {
  const { locale } = usePreferences()
  const text = relative ? formatRelativeDay(day, todayHere(), locale) : long ? formatLongDay(day, locale) : formatDay(day)
  return <time dateTime={day} title={relative ? formatLongDay(day, locale) : undefined} className={className ?? 'figures whitespace-nowrap'}>{text}</time>
}

/** An instant, in the reader's time zone. */
export function InstantText({ instant, className }: { readonly instant: string; readonly className?: string | undefined }) {
  const { locale } = usePreferences()
  return <time dateTime={instant} className={className ?? 'figures whitespace-nowrap'}>{formatInstant(instant, locale)}</time>
}
