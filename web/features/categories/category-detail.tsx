import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Category, CategoryStats } from '../../../contract/categories.ts'
import type { Money as MoneyValue } from '../../../contract/common.ts'
import { opposite } from '../../lib/amounts.ts'
import { kindWords, sourceWords, vatWords } from '../../lib/categories.ts'
import { useCompany } from '../../lib/company.tsx'
import { formatCount } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { reading } from '../../lib/queries.ts'
import { CompanyLink, DateText, ErrorState, Facts, Money, RowsSkeleton } from '../../ui/index.ts'
import { MonthChart } from '../../ui/chart/index.ts'
import { asksShare } from './fields.ts'

const YEAR_DAYS = 365

/** How a category has been used over a year; the sum and each label open their lines. */
export const yearOf = (id: string) => ({ params: { id }, query: { days: YEAR_DAYS } })

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <section aria-label={title} className="border-t border-line py-4"><h3 className="mb-2 text-sm font-semibold">{title}</h3>{children}</section>
}

/** What is spent is shown as a positive figure, as in the analyses. */
type Shown = { readonly stats: CategoryStats; readonly shown: (money: MoneyValue) => MoneyValue }

function Labels({ stats, shown }: Shown) {
  return (
    <ul className="text-sm">
      {stats.labels.map(({ label, total, lines }) => (
        <li key={label} className="border-b border-line last:border-b-0">
          <CompanyLink look="bare" to="banque/operations" search={{ categorie: stats.categoryId, du: stats.from, au: stats.to, q: label }} className="-mx-2 flex items-baseline gap-3 rounded-md px-2 py-1.5 hover:bg-sunken">
            <span className="min-w-0 flex-1 truncate" title={label}>{label}</span><span className="figures text-xs text-muted">{lines}</span><Money value={shown(total)} />
          </CompanyLink>
        </li>
      ))}
    </ul>
  )
}

function Sources({ stats }: { readonly stats: CategoryStats }) {
  const { i18n } = useLingui()
  const { locale } = usePreferences()
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      {stats.bySource.map(({ source, lines }) => <li key={source}><span className="figures font-medium">{formatCount(lines, locale)}</span> <span className="text-muted">{i18n._(sourceWords(source))}</span></li>)}
    </ul>
  )
}

function Year({ stats, shown }: Shown) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const count = formatCount(stats.lines, locale)
  return (
    <>
      <div className="flex flex-wrap items-end gap-x-10 gap-y-2 pb-4">
        <div>
          <p className="text-xs text-muted">{t`Last twelve months`}</p>
          <p className="text-figure font-semibold"><CompanyLink look="bare" to="banque/operations" search={{ categorie: stats.categoryId, du: stats.from, au: stats.to }} className="hover:underline"><Money value={shown(stats.total)} /></CompanyLink></p>
          <p className="text-sm text-muted">{stats.lines === 1 ? t`1 bank line` : t`${count} bank lines`}</p>
        </div>
        <div><p className="text-xs text-muted">{t`Twelve months before`}</p><p className="text-title"><Money value={shown(stats.previous.total)} /></p></div>
      </div>
      {stats.lines > 0 ? <div className="border-t border-line py-4"><MonthChart label={t`Month by month`} currency={stats.currency} height={150} series={[{ id: 'total', name: t`Total`, tone: 1 }]} months={stats.months.map(({ month, total }) => ({ month, amounts: { total: shown(total).amount } }))} /></div> : null}
      {stats.labels.length > 0 ? <Part title={t`What weighs most`}><Labels stats={stats} shown={shown} /></Part> : null}
      {stats.bySource.length > 0 ? <Part title={t`Who chose it`}><Sources stats={stats} /></Part> : null}
    </>
  )
}

/** One category: its figures over twelve months, then how its lines are posted. */
export function CategoryDetail({ category, group }: { readonly category: Category; readonly group: Category | undefined }) {
  const { t, i18n } = useLingui()
  const { api, may } = useCompany()
  const query = useQuery(reading(api, '/api/categories/:id/stats', yearOf(category.id)))
  const { account } = category
  const shown = (money: MoneyValue) => (category.kind === 'expense' ? { ...money, amount: opposite(money.amount) } : money)
  return (
    <div>
      {query.data ? <Year stats={query.data} shown={shown} /> : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={4} />}
      <Part title={t`How its lines are posted`}>
        <Facts items={[
          ...(group ? [{ name: t`In the group`, value: <CompanyLink to={`banque/categories/${group.id}`}>{group.name}</CompanyLink> }] : []),
          { name: t`What it is`, value: i18n._(kindWords(category.kind)) },
          { name: t`Account of the ledger`, value: may('ledger.read') ? <CompanyLink to={`compta/comptes/${account}`} className="figures">{account}</CompanyLink> : <span className="figures">{account}</span> },
          { name: t`VAT rate`, value: i18n._(vatWords(category.vatRate)) },
          ...(asksShare(category) ? [{ name: t`Deductible VAT`, value: <span className="figures">{t`${category.vatDeductible} %`}</span> }] : []),
          ...(category.legal ? [{ name: t`By law`, value: <>{category.legal.source} <span className="text-muted"><Trans>(since <DateText day={category.legal.since} />)</Trans></span></> }] : []),
        ]}
        />
      </Part>
    </div>
  )
}
