import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { CategoryRule, NewCategoryRule } from '../../../../contract/categories.ts'
import { draftOf, emptyRule, ruleOf, type RuleDraft } from '../../../features/rules/draft.ts'
import { RuleForm } from '../../../features/rules/rule-form.tsx'
import { TrialResult } from '../../../features/rules/trial.tsx'
import { useTrial } from '../../../features/rules/use-trial.ts'
import { useRuleSentence } from '../../../features/rules/words.ts'
import { useAction } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { formatCount } from '../../../lib/format.ts'
import { useShortcuts } from '../../../lib/keyboard.ts'
import { usePreferences } from '../../../lib/preferences.ts'
import { reading, useRefresh } from '../../../lib/queries.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { Button, CompanyLink, ErrorState, Page as PageFrame, PageSkeleton, RefusedState } from '../../../ui/index.ts'

const NAME_MAX = 120

/** Saves the rule; applied to the past too when that was asked: the list then shows how far it is. */
function useSaving(rule: CategoryRule | undefined) {
  const { t } = useLingui()
  const { api, at } = useCompany()
  const go = useNavigate()
  const refresh = useRefresh(api)
  return useAction({
    run: async ({ body, applies }: { readonly body: NewCategoryRule; readonly applies: boolean }) => {
      const saved = rule ? await api.put('/api/category-rules/:id', { params: { id: rule.id }, body: { ...body, version: rule.version } }) : await api.post('/api/category-rules', { body })
      return { saved, work: applies ? await api.post('/api/category-rules/apply', { body: { ruleIds: [saved.id] } }) : undefined }
    },
    after: ({ work }) => {
      void refresh('/api/category-rules', '/api/category-rules/:id', '/api/categories/tree')
      void go({ to: at('banque/regles'), search: work ? { travail: work.changeId, lignes: String(work.lines) } : {} } as never)
    },
    done: ({ saved }) => t`“${saved.name}” is saved.`, quiet: true,
  })
}

function Bench({ rule, first }: { readonly rule?: CategoryRule | undefined; readonly first: RuleDraft }) {
  const { t } = useLingui()
  const { company, at } = useCompany()
  const { locale } = usePreferences()
  const go = useNavigate()
  const [draft, setDraft] = useState(first)
  const [strict, setStrict] = useState(false)
  const { when } = useRuleSentence()
  const saving = useSaving(rule)
  const named = ruleOf(draft, company.currency, '-')
  const proposedName = named ? when(named.match, named.conditions).slice(0, NAME_MAX) : ''
  const body = ruleOf(draft, company.currency, proposedName)
  const trial = useTrial(body, rule?.id)
  const save = (applies: boolean) => {
    setStrict(true)
    if (body && !saving.isPending) saving.mutate({ body, applies })
  }
  const count = trial.isFresh && draft.isActive ? trial.result?.wouldChange ?? 0 : 0
  useShortcuts([
    { keys: 'Mod+s', label: t`Save the rule`, run: () => save(false) },
    { keys: 'Mod+Enter', label: t`Save the rule and change the past lines`, run: () => save(count > 0) },
    { keys: 'Escape', label: t`Back to the rules`, run: () => void go({ to: at('banque/regles') } as never) },
  ])
  return (
    <PageFrame
      title={rule ? rule.name : t`New rule`} back={<CompanyLink to="banque/regles">{t`Rules`}</CompanyLink>}
      actions={<>
        <Button tone={count > 0 ? 'plain' : 'primary'} busy={saving.isPending} onClick={() => save(false)}>{t`Save the rule`}</Button>
        {count > 0 ? <Button tone="primary" busy={saving.isPending} onClick={() => save(true)}>{count === 1 ? t`Save and change 1 line` : t`Save and change ${formatCount(count, locale)} lines`}</Button> : null}
      </>}
    >
      <div className="grid items-start gap-x-12 gap-y-8 wide:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
        <form noValidate aria-label={t`Rule`} onSubmit={(event) => { event.preventDefault(); save(false) }}>
          <RuleForm draft={draft} onChange={setDraft} strict={strict} error={saving.error} trialError={trial.error} proposedName={proposedName} />
          <button type="submit" hidden />
        </form>
        <section aria-label={t`What it would change`} className="wide:sticky wide:top-0 wide:border-l wide:border-line wide:pl-8"><TrialResult {...trial} /></section>
      </div>
    </PageFrame>
  )
}

/** A rule that starts from nothing, from a few words, or from a bank line: the server then finds the words that tell. */
function NewRule() {
  const { t } = useLingui()
  const { api } = useCompany()
  const [search] = useSearchState()
  const lineId = search['ligne']
  const query = useQuery({ ...reading(api, '/api/transactions/:id/rule', { params: { id: lineId ?? '' } }), enabled: lineId !== undefined })
  if (lineId && !query.data) return <PageFrame title={t`New rule`}>{query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <PageSkeleton />}</PageFrame>
  const drafted = query.data && draftOf(query.data)
  return <Bench first={drafted ? { ...drafted, categoryId: search['categorie'] ?? drafted.categoryId } : emptyRule({ label: search['libelle'], categoryId: search['categorie'] })} />
}

function Existing({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const query = useQuery({ ...reading(api, '/api/category-rules/:id', { params: { id } }), refetchOnWindowFocus: false })
  const rule = query.data
  if (rule) return <Bench key={`${id} ${rule.version}`} rule={rule} first={draftOf(rule)} />
  return (
    <PageFrame title={t`Rule`} back={<CompanyLink to="banque/regles">{t`Rules`}</CompanyLink>}>
      {query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <PageSkeleton />}
    </PageFrame>
  )
}

/** The bench of a rule: written on the left, tried on the past on the right. */
export function Page() {
  const { t } = useLingui()
  const { may } = useCompany()
  const { id } = useParams({ strict: false }) as { id?: string }
  if (!may('category.write')) return <PageFrame title={t`Rule`}><RefusedState /></PageFrame>
  return id ? <Existing key={id} id={id} /> : <NewRule />
}
