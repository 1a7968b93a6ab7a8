import { useLingui } from '@lingui/react/macro'
import type { CategoryFigure, MerchantFigure } from '../../../contract/analytics.ts'
import { useCompany } from '../../lib/company.tsx'
import { linesPath } from '../../lib/lines-search.ts'
import { PartBars, type ChartTone, type Part } from '../../ui/chart/index.ts'
import { Change } from './change.tsx'

type Compared = Pick<CategoryFigure, 'total' | 'before' | 'change' | 'changePercent' | 'query'>

function usePart() {
  const { at } = useCompany()
  return (figure: Compared, { id, name, tone }: { readonly id: string; readonly name: string; readonly tone: ChartTone }): Part => ({
    id, name, amount: figure.total.amount, before: figure.before.amount, to: at(linesPath(figure.query)), tone,
    aside: <span className="w-20 text-right"><Change compact change={figure.change} percent={figure.changePercent} before={figure.before} /></span>,
  })
}

export type PartsProps<Figure> = { readonly label: string; readonly currency: string; readonly figures: readonly Figure[]; readonly tone: ChartTone }

/** Categories as bars, the period before as a mark; each opens its lines. */
export function CategoryParts({ label, currency, figures, tone }: PartsProps<CategoryFigure>) {
  const { t } = useLingui()
  const part = usePart()
  return <PartBars label={label} currency={currency} nameHead={t`Category`} beforeName={t`the period before`} parts={figures.map((one) => part(one, { id: one.categoryId ?? 'none', name: one.name ?? t`Without a category`, tone: one.categoryId === null ? 6 : tone }))} />
}

/** Merchants as bars, the period before as a mark; each opens its lines. */
export function MerchantParts({ label, currency, figures, tone }: PartsProps<MerchantFigure>) {
  const { t } = useLingui()
  const part = usePart()
  return <PartBars label={label} currency={currency} nameHead={t`Merchant`} beforeName={t`the period before`} parts={figures.map((one) => part(one, { id: one.merchantId ?? 'none', name: one.name ?? t`No merchant known`, tone: one.merchantId === null ? 6 : tone }))} />
}
