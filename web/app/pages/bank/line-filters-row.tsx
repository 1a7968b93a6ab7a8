import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import type { BankAccount, BankLine } from '../../../../contract/banking.ts'
import { AmountChip } from '../../../features/bank/amount-chip.tsx'
import { LINE_STATES, lineQueryOf } from '../../../features/bank/line-filters.ts'
import { useCategories } from '../../../lib/categories.ts'
import { useCompany } from '../../../lib/company.tsx'
import { reading } from '../../../lib/queries.ts'
import { useAction } from '../../../lib/action.ts'
import { useSearchState, type SearchValues } from '../../../lib/search-state.ts'
import { FilterChips, IconButton, Menu, MenuItem, PeriodChip, type Filter } from '../../../ui/index.ts'

/** What narrows the list of bank lines, all of it in the address. */
export function LineFilters({ accounts, rows }: { readonly accounts: readonly BankAccount[] | undefined; readonly rows: readonly BankLine[] }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const [search] = useSearchState()
  const { choices } = useCategories()
  const marchand = search['marchand']
  const here = rows.find(({ merchant }) => merchant?.id === marchand)?.merchant?.name
  const merchant = useQuery({ ...reading(api, '/api/merchants/:id', { params: { id: marchand ?? '' } }), enabled: marchand !== undefined && marchand !== 'aucun' && here === undefined }).data
  const states = { posting: t`Being posted`, to_treat: t`To treat`, treated: t`Treated` } as const
  const filters: Filter[] = [
    { name: 'etat', label: t`Status`, options: LINE_STATES.map((value) => ({ value, label: states[value] })) },
    ...(accounts && accounts.length > 1 ? [{ name: 'compte', label: t`Account`, options: accounts.map(({ id, name }) => ({ value: id, label: name })) }] : []),
    { name: 'categorie', label: t`Category`, options: [{ value: 'aucune', label: t`None` }, ...choices.map(({ value, label }) => ({ value, label }))] },
    { name: 'sens', label: t`Direction`, options: [{ value: 'entree', label: t`Money in` }, { value: 'sortie', label: t`Money out` }] },
    { name: 'question', label: t`Question`, options: [{ value: 'moi', label: t`put to me` }, { value: 'toutes', label: t`any` }, { value: 'aucune', label: t`none` }] },
    ...(marchand ? [{ name: 'marchand', label: t`Merchant`, options: [{ value: marchand, label: marchand === 'aucun' ? t`unknown` : here ?? merchant?.name ?? '…' }] }] : []),
    ...(search['flux'] ? [{ name: 'flux', label: t`In the analyses`, options: [{ value: 'depenses', label: t`Spending` }, { value: 'recettes', label: t`Earnings` }, { value: 'comptees', label: t`Spending and earnings` }] }] : []),
    ...(search['devise'] ? [{ name: 'devise', label: t`Currency`, options: [{ value: search['devise'], label: search['devise'] }] }] : []),
    ...(search['virement'] ? [{ name: 'virement', label: t`Internal transfer`, options: [{ value: 'oui', label: t`yes` }, { value: 'non', label: t`no` }] }] : []),
    ...(search['statut'] ? [{ name: 'statut', label: t`At the bank`, options: [{ value: 'annonce', label: t`announced` }] }] : []),
    ...(search['releve'] ? [{ name: 'releve', label: t`Statement`, options: [{ value: search['releve'], label: t`the one imported` }] }] : []),
  ]
  return (
    <FilterChips search={{ name: 'q', label: t`Label, amount, reference` }} filters={filters}>
      <PeriodChip />
      <AmountChip currency={accounts?.[0]?.currency ?? 'EUR'} />
    </FilterChips>
  )
}

/** The lines shown, as a table to keep. */
export function LinesExport({ search }: { readonly search: SearchValues }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const file = useAction({ run: (format: 'csv' | 'xlsx') => api.download('/api/exports/transactions/csv', { ...lineQueryOf(search), format }), done: (name) => t`${name} is in your downloads.` })
  return (
    <Menu trigger={<IconButton icon={Download} label={t`Export these lines`} disabled={file.isPending} />}>
      <MenuItem onSelect={() => file.mutate('csv')}>{t`CSV file`}</MenuItem>
      <MenuItem onSelect={() => file.mutate('xlsx')}>{t`Excel sheet`}</MenuItem>
    </Menu>
  )
}
