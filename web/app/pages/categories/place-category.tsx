import { useLingui } from '@lingui/react/macro'
import type { Category } from '../../../../contract/categories.ts'
import { changeOf } from '../../../features/categories/fields.ts'
import { PlaceDialog } from '../../../features/categories/place-dialog.tsx'
import { withDescendants } from '../../../features/categories/tree.ts'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useRefresh } from '../../../lib/queries.ts'

export type Placing = { readonly mode: 'move' | 'merge'; readonly category: Category }

/** Moves a category under another group, or merges it into another category. A move can be taken back. */
export function PlaceCategory({ placing: { mode, category }, items, onClose }: { readonly placing: Placing; readonly items: readonly Category[]; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const after = () => refresh('/api/categories/tree', '/api/categories', '/api/categories/:id/stats', '/api/transactions')
  const move = useAction({
    run: (parentId: string | null) => api.put('/api/categories/:id', { params: { id: category.id }, body: changeOf(category, { parentId }) }),
    after, quiet: true, done: () => t`“${category.name}” is moved.`,
    undo: (moved) => () => api.put('/api/categories/:id', { params: { id: category.id }, body: changeOf(moved, { parentId: category.parentId }) }),
  })
  const merge = useAction({
    run: (into: string) => api.post('/api/categories/:id/merge', { params: { id: category.id }, body: { into } }),
    after, quiet: true, done: (into) => t`“${category.name}” is now part of “${into.name}”.`,
  })
  const own = withDescendants(items, category.id)
  const hasChildren = own.size > 1
  // Two levels: a group that has categories stays at the top, and only groups receive.
  const targets = items.filter((item) => !own.has(item.id) && (mode === 'merge' ? item.kind === category.kind : item.parentId === null && item.id !== category.parentId && !hasChildren))
  return (
    <PlaceDialog
      category={category} mode={mode} targets={targets} busy={move.isPending || merge.isPending} error={move.error ?? merge.error} onClose={onClose}
      onChoose={(target) => { if (mode === 'merge') merge.mutate(target!, { onSuccess: onClose }); else move.mutate(target, { onSuccess: onClose }) }}
    />
  )
}
