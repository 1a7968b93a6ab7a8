import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ArrowRight, FileText, Search, User, type LucideIcon } from 'lucide-react'
import { useDeferredValue, useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { Dialog as Base } from '@base-ui/react/dialog'
import { addressIn, useCompany } from '../../lib/company.tsx'
import { ShortcutLayer } from '../../lib/keyboard.ts'
import { matchesWords } from '../../lib/match-words.ts'
import { reading } from '../../lib/queries.ts'
import { classes, Money } from '../../ui/index.ts'
import { navigationOf } from '../navigation.ts'
import { hasPage } from '../routes.ts'
import { CompanyMark, sortedCompanies } from './company-switcher.tsx'

type Command = { readonly id: string; readonly group: string; readonly icon: LucideIcon | null; readonly mark?: ReactNode; readonly text: string; readonly detail?: ReactNode; readonly to: string }

const FOUND_MAX = 6
const COMPANIES_MAX = 8
const SEARCH_FROM = 2

function useFound(typed: string): readonly Command[] {
  const { t } = useLingui()
  const { api, at, may, company } = useCompany()
  const search = useDeferredValue(typed.trim())
  const asked = search.length >= SEARCH_FROM && company.kind === 'company'
  const invoices = useQuery({ ...reading(api, '/api/invoices/sales', { query: { search, limit: FOUND_MAX } }), enabled: asked && may('invoice.read') && hasPage('ventes/factures') })
  const customers = useQuery({ ...reading(api, '/api/customers', { query: { search, limit: FOUND_MAX } }), enabled: asked && may('customer.read') && hasPage('ventes/clients') })
  return [
    ...(customers.data?.items ?? []).map((row): Command => ({ id: row.id, group: t`Customers`, icon: User, text: row.name, detail: <Money value={row.open} />, to: at(`ventes/clients/${row.id}`) })),
    ...(invoices.data?.items ?? []).map((row): Command => ({ id: row.id, group: t`Invoices`, icon: FileText, text: `${row.number ?? t`Draft`} · ${row.customer.name}`, detail: <Money value={row.gross} />, to: at(`ventes/factures/${row.id}`) })),
  ]
}

function useCommands(typed: string): readonly Command[] {
  const { t, i18n } = useLingui()
  const { company, me, at } = useCompany()
  const found = useFound(typed)
  const pages = navigationOf(company).flatMap(({ entries }) => entries).map((entry): Command => ({ id: entry.path, group: t`Go to`, icon: entry.icon, text: i18n._(entry.label), to: at(entry.path) }))
  const companies = sortedCompanies(me.companies).filter(({ id }) => id !== company.id).map((other): Command => ({ id: other.id, group: t`Change company`, icon: null, mark: <CompanyMark company={other} />, text: other.name, to: addressIn(other.slug) }))
  const wanted = typed.trim()
  const shown = wanted ? [...pages, ...companies].filter(({ text }) => matchesWords(text, wanted)) : [...pages, ...companies.slice(0, COMPANIES_MAX)]
  return [...shown.slice(0, 20), ...found]
}

/** Ctrl K: go anywhere, change company, find a customer or an invoice by name, number or amount. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui()
  const go = useNavigate()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState('')
  const [place, setPlace] = useState(0)
  const commands = useCommands(typed)
  const active = Math.min(place, commands.length - 1)
  useEffect(() => { list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }) }, [active])
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    void go({ to: command.to } as never)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step) { event.preventDefault(); setPlace((active + step + commands.length) % Math.max(1, commands.length)) }
    if (event.key === 'Enter') { event.preventDefault(); run(commands[active]) }
  }
  return (
    <Base.Root open onOpenChange={(next) => { if (!next) onClose() }}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Base.Popup className="enter fixed inset-x-2 top-2 z-40 flex max-h-[80dvh] flex-col overflow-hidden rounded-lg bg-surface shadow-lift outline-none desk:inset-x-auto desk:top-[14dvh] desk:left-1/2 desk:max-h-[60dvh] desk:w-[36rem] desk:-translate-x-1/2">
          <ShortcutLayer>
            <Base.Title className="sr-only">{t`Search, or go anywhere`}</Base.Title>
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search size={16} aria-hidden className="text-muted" />
              <input
                autoFocus role="combobox" aria-expanded={commands.length > 0} aria-controls={`${id}-list`} aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined} aria-label={t`Search, or go anywhere`}
                placeholder={t`A page, a customer, an invoice number, a company`} value={typed} onChange={(event) => { setTyped(event.target.value); setPlace(0) }} onKeyDown={onKeyDown}
                className="h-12 min-w-0 flex-1 bg-transparent text-lead outline-none"
              />
            </div>
            {commands.length === 0 ? <p role="status" className="px-4 py-8 text-center text-muted">{t`Nothing matches these words.`}</p> : null}
            <div ref={list} id={`${id}-list`} role="listbox" hidden={commands.length === 0} aria-label={t`Results`} className="min-h-0 flex-1 overflow-y-auto p-2">
              {commands.map((command, index) => <CommandRow key={`${command.group} ${command.id}`} id={`${id}-${index}`} command={command} first={command.group !== commands[index - 1]?.group} active={index === active} onRun={() => run(command)} onPoint={() => setPlace(index)} />)}
            </div>
          </ShortcutLayer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function CommandRow({ id, command, first, active, onRun, onPoint }: { readonly id: string; readonly command: Command; readonly first: boolean; readonly active: boolean; readonly onRun: () => void; readonly onPoint: () => void }) {
  const Icon = command.icon
  return (
    <>
      {first ? <p role="presentation" className="px-2.5 pt-2.5 pb-1 text-xs text-muted">{command.group}</p> : null}
      <div id={id} role="option" aria-selected={active} onClick={onRun} onPointerMove={onPoint} className={classes('flex h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5', active && 'bg-accent-soft')}>
        {Icon ? <Icon size={16} aria-hidden className="shrink-0 text-muted" /> : command.mark}
        <span className="min-w-0 flex-1 truncate">{command.text}</span>
        {command.detail ? <span className="shrink-0 text-sm text-muted">{command.detail}</span> : null}
        {active ? <ArrowRight size={14} aria-hidden className="shrink-0 text-muted" /> : null}
      </div>
    </>
  )
}
