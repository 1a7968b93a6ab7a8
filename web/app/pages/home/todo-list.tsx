import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { ArrowLeftRight, BookOpen, ChevronRight, CircleCheck, ClipboardCheck, Clock, Copy, FileText, FilePen, MessageCircleQuestion, Tag, TriangleAlert, Upload, Wallet, type LucideIcon } from 'lucide-react'
import { useRef } from 'react'
import { useCompany } from '../../../lib/company.tsx'
import { useListNavigation } from '../../../lib/list-navigation.ts'
import { classes, DateText, EmptyState, Link, Money } from '../../../ui/index.ts'
import { hasPage } from '../../routes.ts'
import { sortTodos, todoWords, type Todo } from './todo-words.ts'

const SIGNS: Readonly<Record<Todo['kind'], { readonly icon: LucideIcon; readonly colour: string }>> = {
  broken_statements: { icon: TriangleAlert, colour: 'text-red' },
  bank_lines: { icon: ArrowLeftRight, colour: 'text-amber' },
  suggestions: { icon: ClipboardCheck, colour: 'text-amber' },
  suspicious_lines: { icon: Copy, colour: 'text-amber' },
  held_lines: { icon: MessageCircleQuestion, colour: 'text-amber' },
  uncategorised_lines: { icon: Tag, colour: 'text-muted' },
  budget_overruns: { icon: Wallet, colour: 'text-red' },
  late_invoices: { icon: Clock, colour: 'text-red' },
  draft_invoices: { icon: FilePen, colour: 'text-violet' },
  draft_entries: { icon: BookOpen, colour: 'text-violet' },
  first_bank_file: { icon: Upload, colour: 'text-muted' },
  first_invoice: { icon: FileText, colour: 'text-muted' },
}

function TodoRow({ todo, active }: { readonly todo: Todo; readonly active: boolean }) {
  const { t, i18n } = useLingui()
  const { at } = useCompany()
  const words = todoWords(todo.kind, todo.count)
  const { icon: Icon, colour } = SIGNS[todo.kind]
  return (
    <li className="border-b border-line">
      <Link look="bare" to={at(words.path)} search={words.search} className={classes('flex items-center gap-3 px-2 py-3 hover:bg-sunken', active && 'bg-sunken shadow-[inset_2px_0_0_var(--accent)]')}>
        <Icon size={18} strokeWidth={1.75} aria-hidden className={classes('shrink-0', colour)} />
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{i18n._(words.title)}</span>
          {todo.oldestOn ? <span className="block text-sm text-muted">{t`the oldest`} <DateText day={todo.oldestOn} relative className="" /></span> : null}
        </span>
        {todo.total ? <Money value={todo.total} className="shrink-0" /> : null}
        <span className="hidden shrink-0 items-center gap-1 text-sm text-muted desk:flex desk:min-w-32 desk:justify-end">{i18n._(words.action)}<ChevronRight size={14} aria-hidden /></span>
      </Link>
    </li>
  )
}

/** What is left to do, most pressing first. Empty, it is the reward. */
export function TodoList({ items }: { readonly items: readonly Todo[] }) {
  const { t } = useLingui()
  const { at } = useCompany()
  const go = useNavigate()
  const list = useRef<HTMLUListElement>(null)
  const todos = sortTodos(items).filter(({ kind }) => hasPage(todoWords(kind, 1).path))
  const { active } = useListNavigation({
    count: todos.length,
    onOpen: (index) => { const words = todoWords(todos[index]!.kind, 1); void go({ to: at(words.path), search: words.search ?? {} } as never) },
    reveal: (index) => list.current?.children[index]?.querySelector('a')?.focus(),
  })
  if (todos.length === 0) return <EmptyState icon={CircleCheck} title={t`Everything is done`}>{t`Bank lines, invoices and entries are up to date.`}</EmptyState>
  return (
    <section aria-label={t`Left to do`}>
      <h2 className="text-sm font-medium">{t`Left to do`}</h2>
      <ul ref={list} className="mt-2 border-t border-line">{todos.map((todo, index) => <TodoRow key={todo.kind} todo={todo} active={index === active} />)}</ul>
    </section>
  )
}
