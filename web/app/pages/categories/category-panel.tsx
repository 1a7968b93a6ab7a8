import { useLingui } from '@lingui/react/macro'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Archive, ArrowLeftRight, FolderInput, Merge, Pencil } from 'lucide-react'
import { useState } from 'react'
import type { Category } from '../../../../contract/categories.ts'
import { CategoryDetail, yearOf } from '../../../features/categories/category-detail.tsx'
import { useAction } from '../../../lib/action.ts'
import { kindWords, useCategories } from '../../../lib/categories.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { Badge, Button, CompanyLink, EmptyState, ErrorState, Link, Menu, MenuItem, RowsSkeleton, SidePanel } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'
import { PlaceCategory, type Placing } from './place-category.tsx'

export function load({ api, queries, params }: LoadContext) {
  void queries.prefetchQuery(reading(api, '/api/categories/tree'))
  void queries.prefetchQuery(reading(api, '/api/categories/:id/stats', yearOf(params['id']!)))
}

function More({ category, onPlace, onGone }: { readonly category: Category; readonly onPlace: (placing: Placing) => void; readonly onGone: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const remove = useAction({
    run: () => api.delete('/api/categories/:id', { params: { id: category.id } }), after: () => refresh('/api/categories/tree', '/api/categories'),
    undo: ({ outcome }) => (outcome === 'archived' ? () => api.post('/api/categories/:id/restore', { params: { id: category.id } }) : undefined),
    done: ({ outcome }) => (outcome === 'archived' ? t`“${category.name}” is archived: its lines keep it, no new one takes it.` : t`“${category.name}” is removed.`),
  })
  return (
    <Menu side="top" trigger={<Button>{t`More`}</Button>}>
      <MenuItem icon={FolderInput} shortcut="m" onSelect={() => onPlace({ mode: 'move', category })}>{t`Move the category`}</MenuItem>
      <MenuItem icon={Merge} shortcut="f" onSelect={() => onPlace({ mode: 'merge', category })}>{t`Merge the category into another`}</MenuItem>
      <MenuItem icon={Archive} onSelect={() => remove.mutate(undefined, { onSuccess: onGone })}>{t`Archive the category`}</MenuItem>
    </Menu>
  )
}

/** A category that is not in the tree: its lines keep it, and it can be taken up again. */
function Archived({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const refresh = useRefresh(api)
  const restore = useAction({ run: () => api.post('/api/categories/:id/restore', { params: { id } }), after: () => refresh('/api/categories/tree', '/api/categories'), done: (category) => t`“${category.name}” is in use again.` })
  return (
    <EmptyState icon={Archive} title={t`This category is archived`} action={may('category.write') ? <Button busy={restore.isPending} onClick={() => restore.mutate()}>{t`Use it again`}</Button> : undefined}>
      {t`Its lines keep it; no new one takes it.`}
    </EmptyState>
  )
}

export function Page() {
  const { t, i18n } = useLingui()
  const { at, may } = useCompany()
  const { id } = useParams({ strict: false }) as { id: string }
  const go = useNavigate()
  const { find, items, query } = useCategories()
  const [placing, setPlacing] = useState<Placing>()
  const category = find(id)
  const writes = may('category.write')
  const close = () => void go({ to: at('banque/categories'), search: true } as never)
  useShortcuts([{ keys: 'e', label: t`Change the category`, when: writes && category !== undefined, run: () => void go({ to: at(`banque/categories/${id}/modifier`), search: true } as never) }])
  if (!category) {
    return (
      <SidePanel title={t`Category`} onClose={close}>
        {query.data ? <Archived id={id} /> : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Category`} />}
      </SidePanel>
    )
  }
  return (
    <SidePanel
      title={category.name} onClose={close}
      aside={<><Badge>{i18n._(kindWords(category.kind))}</Badge>{category.key ? <span>{t`given to every company`}</span> : <span>{t`your own`}</span>}</>}
      actions={<>
        <CompanyLink to="banque/operations" search={{ categorie: id }} look={{ button: 'quiet' }} icon={ArrowLeftRight}>{t`See its lines`}</CompanyLink>
        {writes ? <><More category={category} onPlace={setPlacing} onGone={close} /><Link to={at(`banque/categories/${id}/modifier`)} look={{ button: 'primary' }} icon={Pencil}>{t`Change`}</Link></> : null}
      </>}
    >
      <CategoryDetail category={category} group={find(category.parentId)} />
      {placing ? <PlaceCategory placing={placing} items={items} onClose={() => setPlacing(undefined)} /> : null}
    </SidePanel>
  )
}
