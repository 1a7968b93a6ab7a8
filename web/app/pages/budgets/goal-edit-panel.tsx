import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Goal } from '../../../../contract/goals.ts'
import { emptyFields, faultsOf, fieldsOf, goalOf } from '../../../features/goals/fields.ts'
import { GoalForm } from '../../../features/goals/goal-form.tsx'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { Button, ErrorState, RefusedState, RowsSkeleton, SidePanel } from '../../../ui/index.ts'

function Editor({ goal }: { readonly goal?: Goal | undefined }) {
  const { t } = useLingui()
  const { api, at } = useCompany()
  const go = useNavigate()
  const refresh = useRefresh(api)
  const [fields, setFields] = useState(() => goal ? fieldsOf(goal) : emptyFields())
  const [strict, setStrict] = useState(false)
  const saving = useAction({
    run: () => goal ? api.put('/api/goals/:id', { params: { id: goal.id }, body: goalOf(fields), version: goal.version }) : api.post('/api/goals', { body: goalOf(fields) }),
    after: () => refresh('/api/goals', '/api/goals/:id'), quiet: true, done: (saved) => t`The goal “${saved.name}” is saved.`,
  })
  const open = (id?: string) => void go({ to: at(id ? `banque/objectifs/${id}` : 'banque/objectifs'), search: true } as never)
  const close = () => open(goal?.id)
  const save = () => {
    setStrict(true)
    if (Object.keys(faultsOf(fields)).length === 0 && !saving.isPending) saving.mutate(undefined, { onSuccess: ({ id }) => open(id) })
  }
  useShortcuts([{ keys: 'Mod+Enter', label: t`Save the goal`, run: save }, { keys: 'Mod+s', run: save }])
  return (
    <SidePanel title={goal?.name ?? t`New goal`} onClose={close} actions={<><Button onClick={close}>{t`Cancel`}</Button><Button tone="primary" busy={saving.isPending} onClick={save}>{goal ? t`Save` : t`Add the goal`}</Button></>}>
      <form noValidate aria-label={t`Goal`} onSubmit={(event) => { event.preventDefault(); save() }}>
        <GoalForm fields={fields} onChange={setFields} strict={strict} error={saving.error} />
        <button type="submit" hidden />
      </form>
    </SidePanel>
  )
}

/** A new goal, or an existing one when the address names it. */
export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const query = useQuery({ ...reading(api, '/api/goals/:id', { params: { id: id ?? '' } }), enabled: id !== undefined, refetchOnWindowFocus: false })
  const close = () => void go({ to: at('banque/objectifs'), search: true } as never)
  if (!may('budget.write')) return <SidePanel title={t`Goal`} onClose={close}><RefusedState /></SidePanel>
  if (id && !query.data) return <SidePanel title={t`Goal`} onClose={close}>{query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={6} />}</SidePanel>
  return <Editor key={id ?? ''} goal={query.data} />
}
