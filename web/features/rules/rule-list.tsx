import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, CornerDownRight } from 'lucide-react'
import { useRef } from 'react'
import type { CategoryRule } from '../../../contract/categories.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { formatCount } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/keyboard.ts'
import { useListNavigation } from '../../lib/list-navigation.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { useRefresh } from '../../lib/queries.ts'
import { classes, IconButton, Link, Status } from '../../ui/index.ts'
import { useOrder } from './use-order.ts'
import { useRuleSentence } from './words.ts'

const bodyOf = ({ name, match, conditions, actions, version }: CategoryRule, isActive: boolean) => ({ name, match, conditions, actions, version, isActive })

/** Switches a rule on or off, or takes it away; both can be taken back. */
function useRuleActions() {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const after = () => refresh('/api/category-rules', '/api/category-rules/:id')
  const toggle = useAction({
    run: (rule: CategoryRule) => api.put('/api/category-rules/:id', { params: { id: rule.id }, body: bodyOf(rule, !rule.isActive) }), after,
    done: (rule) => (rule.isActive ? t`“${rule.name}” is at work.` : t`“${rule.name}” is switched off.`),
    undo: (rule) => () => api.put('/api/category-rules/:id', { params: { id: rule.id }, body: bodyOf(rule, !rule.isActive) }),
  })
  const remove = useAction({
    run: (rule: CategoryRule) => api.delete('/api/category-rules/:id', { params: { id: rule.id } }), after, done: (_, rule) => t`“${rule.name}” is removed. What it categorised stays.`,
    undo: (_, { name, match, conditions, actions, isActive }) => () => api.post('/api/category-rules', { body: { name, match, conditions, actions, isActive } }),
  })
  return { toggle, remove }
}

function RuleRow({ rule, rank, active, onMove }: { readonly rule: CategoryRule; readonly rank: number; readonly active: boolean; readonly onMove: ((step: -1 | 1) => void) | undefined }) {
  const { t } = useLingui()
  const { at } = useCompany()
  const { locale } = usePreferences()
  const { when, then } = useRuleSentence()
  return (
    <li className={classes('group flex items-start gap-3 border-b border-line px-2 py-2.5 hover:bg-sunken', active && 'bg-sunken shadow-[inset_2px_0_0_var(--accent)]')}>
      <span className="figures w-6 shrink-0 pt-px text-right text-sm text-muted">{rank}</span>
      <Link look="bare" to={at(`banque/regles/${rule.id}`)} className={classes('min-w-0 flex-1 rounded-sm', !rule.isActive && 'text-muted')}>
        <span className="block break-words">{when(rule.match, rule.conditions)}</span>
        <span className="mt-0.5 flex min-w-0 items-center gap-1.5 text-sm"><CornerDownRight size={14} aria-hidden className="shrink-0 text-muted" /><span className="min-w-0 truncate font-medium">{then(rule.actions)}</span></span>
      </Link>
      <span className="hidden w-28 shrink-0 pt-px text-right text-sm text-muted desk:block">{rule.lineCount === 0 ? t`no line yet` : rule.lineCount === 1 ? t`1 bank line` : t`${formatCount(rule.lineCount, locale)} bank lines`}</span>
      <span className="w-20 shrink-0 pt-px text-sm">{rule.isActive ? <Status tone="green">{t`At work`}</Status> : <Status tone="grey">{t`Switched off`}</Status>}</span>
      {onMove ? (
        <span className="hidden shrink-0 desk:flex">
          <IconButton size="small" icon={ArrowUp} label={t`Put rule ${rank} higher`} onClick={() => onMove(-1)} /><IconButton size="small" icon={ArrowDown} label={t`Put rule ${rank} lower`} onClick={() => onMove(1)} />
        </span>
      ) : null}
    </li>
  )
}

/** The rules, the first to be asked first: the first that matches decides. */
export function RuleList({ rules, mayWrite }: { readonly rules: readonly CategoryRule[]; readonly mayWrite: boolean }) {
  const { t } = useLingui()
  const { at } = useCompany()
  const go = useNavigate()
  const list = useRef<HTMLOListElement>(null)
  const { rows, move } = useOrder(rules)
  const { toggle, remove } = useRuleActions()
  const { active, setActive } = useListNavigation({
    count: rows.length, onOpen: (index) => void go({ to: at(`banque/regles/${rows[index]!.id}`) } as never),
    reveal: (index) => list.current?.children[index]?.querySelector('a')?.focus(),
  })
  const chosen = rows[active]
  const acts = mayWrite && chosen !== undefined
  const shift = (from: number, step: -1 | 1) => { if (move(from, step)) setActive(from + step) }
  useShortcuts([
    { keys: 'Alt+ArrowUp', label: t`Put it higher`, group: t`Rules`, when: acts, run: () => shift(active, -1) },
    { keys: 'Alt+ArrowDown', label: t`Put it lower`, group: t`Rules`, when: acts, run: () => shift(active, 1) },
    { keys: 'o', label: t`Switch it on or off`, group: t`Rules`, when: acts, run: () => toggle.mutate(chosen!) },
    { keys: 'Delete', label: t`Remove the rule`, group: t`Rules`, when: acts, run: () => remove.mutate(chosen!) },
  ])
  return <ol ref={list} aria-label={t`Rules`} className="border-t border-line">{rows.map((rule, index) => <RuleRow key={rule.id} rule={rule} rank={index + 1} active={index === active} onMove={mayWrite ? (step) => shift(index, step) : undefined} />)}</ol>
}
