import { useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { formatMoney } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { useSearchState } from '../../lib/search-state.ts'
import { AmountField, classes, Popover } from '../../ui/index.ts'

const CHIP = 'inline-flex h-7 items-center gap-1 rounded-full border text-sm'

/** An amount, whatever its sign, kept in the address as `min` and `max`. */
export function AmountChip({ currency }: { readonly currency: string }) {
  const { t } = useLingui()
  const amount = t`Amount`
  const { locale } = usePreferences()
  const [{ min, max }, set] = useSearchState()
  const text = (amount: string) => formatMoney(amount, currency, locale)
  const shown = min && max ? (min === max ? text(min) : `${text(min)} – ${text(max)}`) : min ? t`from ${text(min)}` : max ? t`up to ${text(max)}` : null
  const put = (name: 'min' | 'max') => (amount: string | null) => { if (amount !== null) set({ [name]: amount === '' ? undefined : amount.replace('-', '') }) }
  return (
    <span className="relative inline-flex">
      <Popover
        title={t`Amount, whatever its sign`}
        trigger={shown
          ? <button type="button" className={classes(CHIP, 'border-line-strong bg-surface pr-8 pl-3')}>{t`Amount`} <strong className="figures font-medium">{shown}</strong></button>
          : <button type="button" className={classes(CHIP, 'border-dashed border-line-strong px-2.5 text-muted hover:border-muted hover:text-ink')}><Plus size={14} aria-hidden />{t`Amount`}</button>}
      >
        <div className="grid grid-cols-2 gap-2">
          <AmountField label={t`At least`} currency={currency} value={min ?? ''} onChange={put('min')} />
          <AmountField label={t`At most`} currency={currency} value={max ?? ''} onChange={put('max')} />
        </div>
      </Popover>
      {shown ? <button type="button" aria-label={t`Remove the filter ${amount}`} onClick={() => set({ min: undefined, max: undefined })} className="absolute top-0.5 right-0.5 flex size-6 items-center justify-center rounded-full text-muted hover:bg-sunken hover:text-ink"><X size={14} aria-hidden /></button> : null}
    </span>
  )
}
