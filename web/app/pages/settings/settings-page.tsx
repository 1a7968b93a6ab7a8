import { useLingui } from '@lingui/react/macro'
import { Link as RouterLink, Outlet, useLocation } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useCompany } from '../../../lib/company.tsx'
import { useIsPhone } from '../../../lib/media.ts'
import { Page as PageFrame } from '../../../ui/index.ts'
import { reading } from '../../../lib/queries.ts'
import type { LoadContext } from '../../page-module.ts'
import { COMPANY_PAGES } from '../../routes.ts'
import { Page as CompanyPage } from './company-page.tsx'
import { sectionsOf, type SettingsGroup } from './sections.ts'

export function load({ api, queries }: LoadContext): void {
  void queries.prefetchQuery(reading(api, '/api/company'))
}

function hasSection(path: string): boolean {
  return COMPANY_PAGES.some((entry) => entry.path === 'reglages' && entry.children?.some((child) => child.path === path))
}

/** The sections beside the one that is open. */
function SideList({ groups }: { readonly groups: readonly SettingsGroup[] }) {
  const { t, i18n } = useLingui()
  const { at } = useCompany()
  const bare = useBare()
  return (
    <nav aria-label={t`Settings`} data-print="no" className="w-52 shrink-0 overflow-y-auto border-r border-line px-2 pt-5 pb-4">
      <p aria-hidden className="px-2.5 pb-2 text-title font-semibold">{t`Settings`}</p>
      {groups.map((group) => (
        <div key={group.id} className="mt-3">
          <h2 className="px-2.5 pb-1 text-xs font-medium text-muted">{i18n._(group.label)}</h2>
          <ul className="space-y-0.5">
            {group.sections.map(({ path, label, icon: Icon }) => (
              <li key={path}>
                <RouterLink
                  to={at(`reglages/${path}`) as never} activeOptions={{ includeSearch: false }} className="flex h-8 items-center gap-2.5 rounded-lg px-2.5 text-muted hover:bg-sunken hover:text-ink"
                  activeProps={{ className: 'bg-sunken font-medium text-ink!', 'aria-current': 'page' }} {...(bare && path === 'societe' ? { 'aria-current': 'page' as const, style: { color: 'var(--ink)', background: 'var(--sunken)' } } : {})}
                >
                  <Icon size={16} aria-hidden className="shrink-0" /><span className="truncate">{i18n._(label)}</span>
                </RouterLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

/** On a phone the sections are a page of their own, from which each one opens. */
function SectionList({ groups }: { readonly groups: readonly SettingsGroup[] }) {
  const { t, i18n } = useLingui()
  const { at } = useCompany()
  return (
    <PageFrame title={t`Settings`} layout="text">
      {groups.map((group) => (
        <section key={group.id} aria-label={i18n._(group.label)} className="mb-5">
          <h2 className="pb-1 text-sm font-medium text-muted">{i18n._(group.label)}</h2>
          <ul className="border-t border-line">
            {group.sections.map(({ path, label, about, icon: Icon }) => (
              <li key={path} className="border-b border-line">
                <RouterLink to={at(`reglages/${path}`) as never} className="flex items-center gap-3 py-2.5">
                  <Icon size={18} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
                  <span className="min-w-0 flex-1"><span className="block font-medium">{i18n._(label)}</span><span className="block truncate text-sm text-muted">{i18n._(about)}</span></span>
                  <ChevronRight size={16} aria-hidden className="shrink-0 text-muted" />
                </RouterLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </PageFrame>
  )
}

/** Whether no section is named in the address. */
function useBare(): boolean {
  const { at } = useCompany()
  const { pathname } = useLocation()
  return pathname.replace(/\/$/, '') === at('reglages')
}

/** Each section has its own address, and its own page beside the list. */
export function Page() {
  const { company } = useCompany()
  const phone = useIsPhone()
  const bare = useBare()
  const groups = sectionsOf(company, hasSection)
  if (phone) return bare ? <SectionList groups={groups} /> : <Outlet />
  return (
    <div className="flex min-h-0 flex-1">
      <SideList groups={groups} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">{bare ? <CompanyPage /> : <Outlet />}</div>
    </div>
  )
}
