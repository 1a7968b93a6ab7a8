import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ListChecks, Plus, Wand2 } from 'lucide-react'
import type { CategoryRule } from '../../../../contract/categories.ts'
import { RuleList } from '../../../features/rules/rule-list.tsx'
import { WorkProgress } from '../../../features/rules/work-progress.tsx'
import { useAction } from '../../../lib/action.ts'
import type { Api } from '../../../lib/api.ts'
import { useCompany } from '../../../lib/company.tsx'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { listing, reading, rowsOf } from '../../../lib/queries.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { Button, CompanyLink, EmptyState, ErrorState, Link, Menu, MenuItem, moreOf, Page as PageFrame, RowsSkeleton } from '../../../ui/index.ts'
import type { LoadContext } from '../../page-module.ts'

const RULES_LIMIT = 200
const options = (api: Api) => listing(api, '/api/category-rules', { query: { limit: RULES_LIMIT } })

export function load({ api, queries }: LoadContext) {
  void queries.prefetchInfiniteQuery(options(api))
  void queries.prefetchQuery(reading(api, '/api/categories/tree'))
}

/** Everything is looked at again, as a job: what a person chose never changes. */
function CategoriseAll() {
  const { t } = useLingui()
  const { api } = useCompany()
  const [, setSearch] = useSearchState()
  const start = useAction({
    run: (again: boolean) => api.post('/api/categories/auto-categorize-all', { body: { again } }),
    after: ({ changeId, lines }) => setSearch({ travail: changeId, lignes: String(lines) }),
    done: ({ lines }) => (lines === 0 ? t`Every line has its category already.` : undefined),
  })
  return (
    <Menu trigger={<Button icon={Wand2} busy={start.isPending}>{t`Categorise everything`}</Button>}>
      <MenuItem onSelect={() => start.mutate(false)}>{t`Lines without a category`}</MenuItem>
      <MenuItem onSelect={() => start.mutate(true)}>{t`Also those that no person chose`}</MenuItem>
    </Menu>
  )
}

/** The rules of the company, in the order they are asked. */
export function Page() {
  const { t } = useLingui()
  const { api, at, may } = useCompany()
  const go = useNavigate()
  const [search, setSearch] = useSearchState()
  const query = useInfiniteQuery(options(api))
  const rules = rowsOf<CategoryRule>(query.data)
  const writes = may('category.write')
  const more = moreOf(query)
  useShortcuts([{ keys: 'n', label: t`New rule`, group: t`Rules`, when: writes, run: () => void go({ to: at('banque/regles/nouvelle') } as never) }])
  const add = writes ? <Link to={at('banque/regles/nouvelle')} look={{ button: 'primary' }} icon={Plus}>{t`New rule`}</Link> : null
  const work = search['travail']
  return (
    <PageFrame
      title={t`Rules`} back={<CompanyLink to="banque/categories">{t`Categories`}</CompanyLink>}
      actions={<>{writes ? <CategoriseAll /> : null}{rules.length > 0 ? add : null}</>}
    >
      {work ? <WorkProgress key={work} changeId={work} lines={Number(search['lignes'] ?? 0)} onClose={() => setSearch({ travail: undefined, lignes: undefined })} /> : null}
      {query.data === undefined ? (query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton label={t`Rules`} rows={6} />)
        : rules.length === 0 ? <EmptyState icon={ListChecks} title={t`No rule yet`} action={add}>{t`A rule files lines by itself: “when the label contains LOYER, the category is Rent”. You see what it would have changed before you keep it.`}</EmptyState>
        : (
          <>
            <p className="mb-3 max-w-prose text-sm text-muted">{t`They are asked from top to bottom: the first that matches decides. What a person chose is never changed.`}</p>
            <RuleList rules={rules} mayWrite={writes} />
            {more.has ? <Button className="mt-3" busy={more.loading} onClick={more.load}>{t`Show more`}</Button> : null}
          </>
        )}
    </PageFrame>
  )
}
