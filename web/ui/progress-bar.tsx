import { useLingui } from '@lingui/react/macro'
import { formatCount } from '../lib/format.ts'
import { usePreferences } from '../lib/preferences.ts'

/** How far a piece of work is, with its count in words beside the bar. */
export function ProgressBar({ label, done, total }: { readonly label: string; readonly done: number; readonly total: number }) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const share = total > 0 ? Math.min(100, Math.round((done / total) * 100)) : 0
  const text = t`${formatCount(done, locale)} of ${formatCount(total, locale)}`
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={total} aria-valuenow={Math.min(done, total)} aria-valuetext={text} className="block h-1.5 min-w-12 flex-1 overflow-hidden rounded-full bg-line">
        <span className="block h-full rounded-full bg-accent transition-[width]" style={{ width: `${share}%` }} />
      </span>
      <span aria-hidden className="figures shrink-0 text-xs text-muted">{text}</span>
    </span>
  )
}
