import { useLingui } from '@lingui/react/macro'
import { ArrowRight } from 'lucide-react'
import type { RuleTrialResult } from '../../../contract/categories.ts'
import { isApiProblem } from '../../lib/problem.ts'
import { formatCount } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { classes, CompanyLink, DateText, ErrorState, Money, RowsSkeleton } from '../../ui/index.ts'

type Trial = { readonly result: RuleTrialResult | undefined; readonly error: unknown; readonly isFresh: boolean; readonly retry: () => void }

/** Why lines that match stay as they are. */
function LeftAlone({ result }: { readonly result: RuleTrialResult }) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const rows = [
    { count: result.locked, text: t`in a locked period, left as they are` },
    { count: result.manual, text: t`chosen by a person, never changed by a rule` },
    { count: result.earlier, text: t`decided by a rule placed before this one` },
    { count: result.same, text: t`already so` },
  ].filter(({ count }, index) => index === 0 || count > 0)
  return <ul className="mt-2 space-y-0.5 text-sm">{rows.map(({ count, text }) => <li key={text}><span className="figures inline-block min-w-6 font-medium">{formatCount(count, locale)}</span> <span className="text-muted">{text}</span></li>)}</ul>
}

function Sample({ result }: { readonly result: RuleTrialResult }) {
  const { t } = useLingui()
  const shown = result.sample.length
  return (
    <>
      <ul aria-label={t`Lines it would change`} className="mt-4 border-t border-line text-sm">
        {result.sample.map((line) => (
          <li key={line.lineId} className="border-b border-line">
            <CompanyLink look="bare" to={`banque/operations/${line.lineId}`} className="grid grid-cols-[5.5rem_1fr_auto] items-baseline gap-x-3 px-2 py-1.5 hover:bg-sunken">
              <DateText day={line.bookedOn} />
              <span className="min-w-0 truncate" title={line.label}>{line.label}</span>
              <Money value={line.amount} signed />
              <span className="col-start-2 col-end-4 flex min-w-0 items-center gap-1.5 text-xs text-muted">
                <span className="truncate">{line.before ?? t`no category`}</span><ArrowRight size={12} aria-label={t`becomes`} className="shrink-0" /><span className="truncate font-medium text-ink">{line.after ?? t`no category`}</span>
              </span>
            </CompanyLink>
          </li>
        ))}
      </ul>
      {result.wouldChange > shown ? <p className="mt-2 text-sm text-muted">{t`The latest ${shown} of ${result.wouldChange} are shown.`}</p> : null}
    </>
  )
}

/** What the rule would do to the past, as it is being written. */
export function TrialResult({ result, error, isFresh, retry }: Trial) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  if (error) return isApiProblem(error) && error.code === 'REQUEST_INVALID' ? <p className="text-muted">{t`Mend the condition: what it would change is then shown here.`}</p> : <ErrorState error={error} onRetry={retry} />
  if (!result) return isFresh ? <p className="text-muted">{t`Say what to look for and what to do: the lines of the past that would change are shown here, at once. Nothing is changed until you ask.`}</p> : <RowsSkeleton rows={4} />
  const change = formatCount(result.wouldChange, locale)
  return (
    <div className={classes('transition-opacity', !isFresh && 'opacity-60')} aria-busy={!isFresh || undefined}>
      <p role="status" className="text-title font-semibold">{result.wouldChange === 0 ? t`It would change no past line` : result.wouldChange === 1 ? t`It would change 1 past line` : t`It would change ${change} past lines`}</p>
      <p className="mt-0.5 text-sm text-muted">{t`${formatCount(result.matched, locale)} of ${formatCount(result.examined, locale)} lines match.`} {result.isComplete ? null : t`Only the latest lines are tried here; all are when you apply it.`}</p>
      <LeftAlone result={result} />
      {result.sample.length > 0 ? <Sample result={result} /> : null}
    </div>
  )
}
