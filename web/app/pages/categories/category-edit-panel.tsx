import { useLingui } from '@lingui/react/macro'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Category } from '../../../../contract/categories.ts'
import { accountLabel } from '../../../../core/ledger/accounts.ts'
import { CategoryForm } from '../../../features/categories/category-form.tsx'
import { changeOf, emptyFields, faultsOf, fieldsOf, newCategoryOf } from '../../../features/categories/fields.ts'
import { AccountField } from '../../../features/ledger/account-field.tsx'
import { useAction } from '../../../lib/action.ts'
import { useCategories } from '../../../lib/categories.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { useRefresh } from '../../../lib/queries.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { Button, ErrorState, RefusedState, RowsSkeleton, SidePanel } from '../../../ui/index.ts'

function useSaving(category: Category | undefined) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  return useAction({
    run: (fields: ReturnType<typeof emptyFields>) => {
      const body = newCategoryOf(fields)
      return category
        ? api.put('/api/categories/:id', { params: { id: category.id }, body: changeOf(category, body as Omit<typeof body, 'parentId'> & { parentId: string | null }) })
        : api.post('/api/categories', { body })
    },
    after: () => refresh('/api/categories/tree', '/api/categories', '/api/transactions'), quiet: true,
    done: (saved) => (category ? t`“${saved.name}” is saved.` : t`“${saved.name}” is added.`),
  })
}

function Editor({ category, parent, items }: { readonly category?: Category | undefined; readonly parent?: Category | undefined; readonly items: readonly Category[] }) {
  const { t } = useLingui()
  const { at } = useCompany()
  const go = useNavigate()
  const [fields, setFields] = useState(() => category ? fieldsOf(category) : emptyFields(parent))
  const [strict, setStrict] = useState(false)
  const saving = useSaving(category)
  const open = (id?: string) => void go({ to: at(id ? `banque/categories/${id}` : 'banque/categories'), search: ({ dans: _, ...rest }: Record<string, string>) => rest } as never)
  const close = () => open(category?.id)
  const save = () => {
    setStrict(true)
    if (Object.keys(faultsOf(fields)).length === 0 && !saving.isPending) saving.mutate(fields, { onSuccess: ({ id }) => open(id) })
  }
  useShortcuts([{ keys: 'Mod+Enter', label: t`Save the category`, run: save }, { keys: 'Mod+s', run: save }])
  const isGroup = category !== undefined && items.some(({ parentId }) => parentId === category.id)
  const groups = isGroup ? [] : items.filter(({ parentId, id }) => parentId === null && id !== category?.id)
  return (
    <SidePanel title={category?.name ?? t`New category`} onClose={close} actions={<><Button onClick={close}>{t`Cancel`}</Button><Button tone="primary" busy={saving.isPending} onClick={save}>{category ? t`Save` : t`Add the category`}</Button></>}>
      <form noValidate aria-label={t`Category`} onSubmit={(event) => { event.preventDefault(); save() }}>
        <CategoryForm
          fields={fields} onChange={setFields} groups={groups} strict={strict} error={saving.error}
          accountField={({ label, value, onChange, error }) => <AccountField label={label} labelHidden={false} value={value ? { number: value, label: accountLabel(value) } : null} onChange={(account) => onChange(account?.number ?? '')} error={error} />}
        />
        <button type="submit" hidden />
      </form>
    </SidePanel>
  )
}

/** A new category, or an existing one when the address names it. `dans` is the group it starts in. */
export function Page() {
  const { t } = useLingui()
  const { at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const [search] = useSearchState()
  const { query, items, find } = useCategories()
  const category = find(id)
  const close = () => void go({ to: at('banque/categories'), search: true } as never)
  if (!may('category.write')) return <SidePanel title={t`Category`} onClose={close}><RefusedState /></SidePanel>
  if (!query.data || (id && !category)) return <SidePanel title={t`Category`} onClose={close}>{query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={6} />}</SidePanel>
  return <Editor key={id ?? search['dans'] ?? ''} category={category} parent={find(search['dans'])} items={items} />
}
