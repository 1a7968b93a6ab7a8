import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { useSearchState } from '../../lib/search-state.ts'
import { classes } from '../../ui/index.ts'
import { searchOf, stateOf, STATES, type InvoiceState } from './list.ts'

/** The four lists people ask for, one press each; pressed again, the filter goes. */
export function ViewChips() {
  const { t } = useLingui()
  const [search, setSearch] = useSearchState()
  const chosen = stateOf(search)
  const labels: Readonly<Record<InvoiceState, string>> = { draft: t`Drafts`, open: t`Awaiting payment`, overdue: t`Overdue`, paid: t`Settled` }
  return (
    <div role="group" aria-label={t`State of the invoices`} className="-mx-4 flex max-w-[100vw] gap-2 overflow-x-auto px-4 py-0.5 desk:mx-0 desk:px-0">
      {STATES.map((state) => {
        const on = state === chosen
        return (
          <button
            key={state} type="button" aria-pressed={on} onClick={() => setSearch(searchOf(on ? undefined : state))}
            className={classes('inline-flex h-7 shrink-0 items-center gap-1 rounded-full border px-3 text-sm transition-colors', on ? 'border-accent bg-accent-soft font-medium text-accent' : 'border-line-strong bg-surface hover:border-muted')}
          >
            {labels[state]}
            {on ? <X size={14} aria-hidden /> : null}
          </button>
        )
      })}
    </div>
  )
}
