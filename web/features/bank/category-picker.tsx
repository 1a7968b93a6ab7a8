import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { BankLine } from '../../../contract/banking.ts'
import type { LineCategorisation } from '../../../contract/categories.ts'
import { useCategories } from '../../lib/categories.ts'
import { useCompany } from '../../lib/company.tsx'
import { formatCount } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { reading } from '../../lib/queries.ts'
import { PickDialog, type PickOption } from '../../ui/index.ts'
import { LineHead } from './line-head.tsx'

/** Categories to choose from: what is proposed for the line, with its reason, then all of them by group. Found by words or by account number. */
export function useCategoryOptions(candidates: LineCategorisation['candidates'] = []): readonly PickOption[] {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const { items, find } = useCategories()
  const detail = (account: string | undefined) => <span className="figures">{account}</span>
  const proposed = candidates.map((one): PickOption => ({ id: one.categoryId, group: t`Proposed`, text: one.name, words: find(one.categoryId)?.account, because: one.because, detail: <span className="figures">{formatCount(Math.floor(one.confidence * 100), locale)} % · {find(one.categoryId)?.account}</span> }))
  const all = items.filter(({ isArchived }) => !isArchived).map((one): PickOption => ({ id: one.id, group: find(one.parentId)?.name ?? one.name, text: one.name, words: one.account, detail: detail(one.account) }))
  return [...proposed, ...all]
}

/** `c`: the category of one line, or of those selected. */
export function CategoryPicker({ lines, onPick, onClose }: { readonly lines: readonly BankLine[]; readonly onPick: (category: { readonly id: string; readonly name: string }) => void; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const only = lines.length === 1 ? lines[0] : undefined
  const known = useQuery({ ...reading(api, '/api/transactions/:id/category', { params: { id: only?.id ?? '' } }), enabled: only !== undefined })
  const { query } = useCategories()
  const options = useCategoryOptions(known.data?.candidates)
  const count = lines.length
  return (
    <PickDialog
      title={only ? t`Category of this line` : t`Category of ${count} lines`} about={only ? <LineHead line={only} /> : undefined} placeholder={t`Words, or an account number`}
      options={options} loading={query.isPending} onClose={onClose} onPick={(option) => onPick({ id: option.id, name: option.text })}
    />
  )
}
