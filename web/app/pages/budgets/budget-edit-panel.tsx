import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { BudgetProgress } from '../../../../contract/budgets.ts'
import { BudgetForm } from '../../../features/budgets/budget-form.tsx'
import { budgetOf, emptyFields, faultsOf, fieldsOf, type BudgetFields } from '../../../features/budgets/fields.ts'
import { useAction } from '../../../lib/action.ts'
import { useCategories } from '../../../lib/categories.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { Button, ErrorState, RefusedState, RowsSkeleton, SidePanel } from '../../../ui/index.ts'

function Editor({ budget, categoryId }: { readonly budget?: BudgetProgress['budget'] | undefined; readonly categoryId?: string | undefined }) {
  const { t } = useLingui()
  const { api, at } = useCompany()
  const go = useNavigate()
  const refresh = useRefresh(api)
  const { find } = useCategories()
  const [fields, setFields] = useState<BudgetFields>(() => budget ? fieldsOf({ ...budget, current: null }) : emptyFields(categoryId))
  const [strict, setStrict] = useState(false)
  const proposedName = find(fields.categoryId)?.name ?? t`All spending`
  const saving = useAction({
    run: () => {
      const body = budgetOf(fields, proposedName)
      return budget ? api.put('/api/budgets/:id', { params: { id: budget.id }, body, version: budget.version }) : api.post('/api/budgets', { body })
    },
    after: () => refresh('/api/budgets', '/api/budgets/overview', '/api/budgets/alerts', '/api/budgets/:id/progress'), quiet: true, done: (saved) => t`The budget “${saved.name}” is saved.`,
  })
  const open = (id?: string) => void go({ to: at(id ? `banque/budgets/${id}` : 'banque/budgets') } as never)
  const close = () => open(budget?.id)
  const save = () => {
    setStrict(true)
    if (Object.keys(faultsOf(fields)).length === 0 && !saving.isPending) saving.mutate(undefined, { onSuccess: ({ id }) => open(id) })
  }
  useShortcuts([{ keys: 'Mod+Enter', label: t`Save the budget`, run: save }, { keys: 'Mod+s', run: save }])
  return (
    <SidePanel title={budget?.name ?? t`New budget`} onClose={close} actions={<><Button onClick={close}>{t`Cancel`}</Button><Button tone="primary" busy={saving.isPending} onClick={save}>{budget ? t`Save` : t`Add the budget`}</Button></>}>
      <form noValidate aria-label={t`Budget`} onSubmit={(event) => { event.preventDefault(); save() }}>
        <BudgetForm fields={fields} onChange={setFields} strict={strict} error={saving.error} proposedName={proposedName} />
        <button type="submit" hidden />
      </form>
    </SidePanel>
  )
}

/** A new budget, or an existing one when the address names it. `categorie` is the one it starts with. */
export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const [search] = useSearchState()
  const query = useQuery({ ...reading(api, '/api/budgets/:id/progress', { params: { id: id ?? '' } }), enabled: id !== undefined, refetchOnWindowFocus: false })
  const close = () => void go({ to: at('banque/budgets') } as never)
  if (!may('budget.write')) return <SidePanel title={t`Budget`} onClose={close}><RefusedState /></SidePanel>
  if (id && !query.data) return <SidePanel title={t`Budget`} onClose={close}>{query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={6} />}</SidePanel>
  return <Editor key={id ?? ''} budget={query.data?.budget} categoryId={search['categorie']} />
}
