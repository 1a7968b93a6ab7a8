import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { CategoryModel, CategorySettings } from '../../../contract/categories.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { formatCount, formatDecimal } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { reading, useRefresh } from '../../lib/queries.ts'
import { Button, Checkbox, Dialog, ErrorState, InstantText, RowsSkeleton } from '../../ui/index.ts'

/** "96,4 %" of a share between 0 and 1. */
function usePercent() {
  const { locale } = usePreferences()
  const { t } = useLingui()
  return (share: number) => { const text = formatDecimal((share * 100).toFixed(1), 1, locale); return t`${text} %` }
}

/** What the company taught so far, and how well it was learned, measured on what was not used to learn. */
function Learned({ model }: { readonly model: CategoryModel }) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const percent = usePercent()
  const { measure, trainedAt } = model
  if (!trainedAt) return <p className="text-sm text-muted">{t`Nothing is learned yet: it starts with your first choices.`}</p>
  const examples = formatCount(model.examples, locale)
  const memories = formatCount(model.memories, locale)
  return (
    <div className="text-sm text-muted">
      <p><Trans>Learned from {examples} of your choices, with {memories} labels remembered; last on <InstantText instant={trainedAt} />.</Trans></p>
      {measure ? <p className="mt-1">{t`On the latest ${formatCount(measure.heldOut, locale)} choices, kept apart: ${percent(measure.accuracy)} right, against ${percent(measure.memoryAccuracy)} by remembering labels alone. ${percent(measure.coverageAt98)} of lines can be decided with 98 % of right answers.`}</p> : <p className="mt-1">{t`There are too few choices to measure how right it is.`}</p>}
    </div>
  )
}

/** What happens by itself, in plain words: each switch says what it does and what it never does. */
export function AutomationDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const mayChange = may('category.write')
  const refresh = useRefresh(api)
  const settings = useQuery(reading(api, '/api/category-settings'))
  const model = useQuery(reading(api, '/api/categories/model'))
  const save = useAction({
    run: (body: CategorySettings) => api.put('/api/category-settings', { body }), after: () => refresh('/api/category-settings'),
    done: ({ postAutomatically }) => (postAutomatically ? t`Saved: entries of sure lines are made by themselves.` : t`Saved: no entry is made without you.`),
  })
  const now = settings.data
  const error = settings.error ?? model.error
  return (
    <Dialog open wide onClose={onClose} title={t`What happens by itself`} actions={<Button tone="primary" onClick={onClose}>{t`Close`}</Button>}>
      {now ? (
        <div className="space-y-5">
          <Checkbox
            label={t`Categorise lines as they arrive`} checked={now.categoriseNewLines} disabled={!mayChange || save.isPending} onChange={(on) => save.mutate({ ...now, categoriseNewLines: on })}
            hint={t`Your rules first, then what the company has learned. What a person chose is never changed.`}
          />
          <Checkbox
            label={t`Automatic entries`} checked={now.postAutomatically} disabled={!mayChange || !may('ledger.post') || save.isPending} onChange={(on) => save.mutate({ ...now, postAutomatically: on })}
            hint={t`When a line has no invoice and its category is sure at 90 % or more, its entry is made without asking you: the waiting account 471 is emptied to the account of the category, with its VAT. Lines of customers and suppliers always wait for their invoice. Each entry can be undone from its line.`}
          />
          <section aria-label={t`What was learned`} className="border-t border-line pt-4">
            <h3 className="mb-1 text-sm font-semibold">{t`What was learned`}</h3>
            {model.data ? <Learned model={model.data} /> : <RowsSkeleton rows={1} />}
          </section>
        </div>
      ) : error ? <ErrorState error={error} onRetry={() => { void settings.refetch(); void model.refetch() }} /> : <RowsSkeleton rows={4} />}
    </Dialog>
  )
}
