import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react'
import type { Money as MoneyValue } from '../../../contract/common.ts'
import { isNegative, isZero } from '../../lib/amounts.ts'
import { formatDecimal } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { classes, Money } from '../../ui/index.ts'

/** How a sum changed against the period before: a sign, a share, and what it was. No colour: more spending may be good news. */
export function Change({ change, percent, before, compact = false }: { readonly change: MoneyValue; readonly percent: string | null; readonly before: MoneyValue; readonly compact?: boolean | undefined }) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  if (percent === null) return <span className={classes('text-muted', compact ? 'text-xs' : 'text-sm')}>{isZero(before) ? t`nothing before` : ''}</span>
  const Sign = isZero(change) ? ArrowRight : isNegative(change) ? ArrowDownRight : ArrowUpRight
  const text = formatDecimal(percent, 1, locale)
  const said = isZero(change) || isNegative(change) ? text : `+${text}`
  return (
    <span className={classes('inline-flex flex-wrap items-center gap-x-1 text-muted', compact ? 'text-xs' : 'text-sm')}>
      <Sign size={compact ? 12 : 14} aria-hidden /><span className="figures">{t`${said} %`}</span>
      {compact ? null : <span><Trans>from <Money value={before} /></Trans></span>}
    </span>
  )
}
