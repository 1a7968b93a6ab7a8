import { useLingui } from '@lingui/react/macro'
import type { NewCategoryRule } from '../../../../contract/categories.ts'
import { CategoryPicker } from '../../../features/bank/category-picker.tsx'
import { HoldDialog } from '../../../features/bank/hold-dialog.tsx'
import { RuleDialog } from '../../../features/bank/rule-dialog.tsx'
import { SplitDialog } from '../../../features/bank/split-dialog.tsx'
import { TransferDialog } from '../../../features/bank/transfer-dialog.tsx'
import { useAction } from '../../../lib/action.ts'
import { useCategories } from '../../../lib/categories.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useRefresh } from '../../../lib/queries.ts'
import type { LineDesk } from './use-line-desk.tsx'

/** The window that a key opened over the list: one at a time; closing it leaves the keys where they were. */
export function LineWindows({ desk, accountName, transfers }: { readonly desk: LineDesk; readonly accountName: (id: string) => string; readonly transfers: ReadonlyMap<string, { readonly other: LineDeskLine; readonly reasons: readonly string[] }> }) {
  const { find } = useCategories()
  const { window, close } = desk
  const line = window?.lines[0]
  if (!window || !line) return null
  const then = (work: () => void) => { close(); work() }
  if (window.kind === 'category') return <CategoryPicker lines={window.lines} onClose={close} onPick={(category) => then(() => desk.categorise(window.lines, category))} />
  if (window.kind === 'accept') return <CategoryPicker lines={window.lines} onClose={close} onPick={(category) => then(() => desk.accept(window.lines, category))} />
  if (window.kind === 'split') {
    return <SplitDialog line={line} onClose={close} onSplit={(parts) => then(() => { const main = find(parts[0]?.categoryId); desk.split(line, parts, { id: main?.id ?? '', name: main?.name ?? '' }) })} />
  }
  if (window.kind === 'hold') return <HoldDialog line={line} onClose={close} onHold={(hold, name) => then(() => desk.hold(line, hold, name))} />
  if (window.kind === 'transfer') return <TransferDialog line={line} proposed={transfers.get(line.id)} accountName={accountName} onClose={close} onPair={(other) => then(() => desk.pair(line, other))} />
  return <RuleWindow line={line} onClose={close} />
}

/** A rule is kept, then applied to the past if that was asked for: its undo takes the lines back, not the rule. */
function RuleWindow({ line, onClose }: { readonly line: LineDeskLine; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const keep = useAction({
    run: async ({ rule, isForPast }: { readonly rule: NewCategoryRule; readonly isForPast: boolean }) => {
      const kept = await api.post('/api/category-rules', { body: rule })
      return isForPast ? await api.post('/api/category-rules/apply', { body: { ruleIds: [kept.id] } }) : null
    },
    quiet: true,
    after: () => { onClose(); return refresh() },
    done: (work) => work ? t`Rule kept; it is being applied to the past lines.` : t`Rule kept: it decides the lines to come.`,
    undo: (work) => work ? () => api.post('/api/category-changes/:id/undo', { params: { id: work.changeId } }) : undefined,
  })
  return <RuleDialog line={line} error={keep.error} busy={keep.isPending} onClose={onClose} onSave={(rule, isForPast) => keep.mutate({ rule, isForPast })} />
}

type LineDeskLine = NonNullable<LineDesk['window']>['lines'][number]
