import { useLingui } from '@lingui/react/macro'
import { CalendarDays, X } from 'lucide-react'
import { addDays, addMonths } from '../../core/kernel/local-date.ts'
import { formatDay, todayHere } from '../lib/format.ts'
import { useSearchState } from '../lib/search-state.ts'
import { classes } from './classes.ts'
import { DateField } from './date-field.tsx'
import { Popover } from './popover.tsx'

const CHIP = 'inline-flex h-7 items-center gap-1 rounded-full border text-sm'

/** A period kept in the address as `du` and `au`: a few usual ones, or two days typed. */
export function PeriodChip() {
  const { t } = useLingui()
  const period = t`Period`
  const [{ du, au }, set] = useSearchState()
  const today = todayHere()
  const month = `${today.slice(0, 7)}-01` as typeof today
  const usual = [
    { label: t`Today`, du: today, au: today },
    { label: t`Last 7 days`, du: addDays(today, -6), au: today },
    { label: t`This month`, du: month, au: today },
    { label: t`Last month`, du: addMonths(month, -1), au: addDays(month, -1) },
  ]
  const shown = du && au ? (du === au ? formatDay(du) : `${formatDay(du)} – ${formatDay(au)}`) : du ? t`since ${formatDay(du)}` : au ? t`until ${formatDay(au)}` : null
  const trigger = shown
    ? <button type="button" className={classes(CHIP, 'border-line-strong bg-surface pr-8 pl-3')}>{t`Period`} <strong className="font-medium">{shown}</strong></button>
    : <button type="button" className={classes(CHIP, 'border-dashed border-line-strong px-2.5 text-muted hover:border-muted hover:text-ink')}><CalendarDays size={14} aria-hidden />{t`Period`}</button>
  return (
    <span className="relative inline-flex">
      <Popover title={t`Period`} trigger={trigger}>
        <div className="mb-3 flex flex-wrap gap-1.5">
          {usual.map((one) => <button key={one.label} type="button" onClick={() => set({ du: one.du, au: one.au })} aria-pressed={du === one.du && au === one.au} className="h-7 rounded-full border border-line-strong px-2.5 text-sm hover:bg-sunken aria-pressed:bg-accent-soft">{one.label}</button>)}
        </div>
        <div className="grid grid-cols-2 gap-2">
          <DateField label={t`From`} value={du ?? ''} onChange={(day) => set({ du: day || undefined })} />
          <DateField label={t`To`} value={au ?? ''} onChange={(day) => set({ au: day || undefined })} />
        </div>
      </Popover>
      {shown ? <button type="button" aria-label={t`Remove the filter ${period}`} onClick={() => set({ du: undefined, au: undefined })} className="absolute top-0.5 right-0.5 flex size-6 items-center justify-center rounded-full text-muted hover:bg-sunken hover:text-ink"><X size={14} aria-hidden /></button> : null}
    </span>
  )
}
