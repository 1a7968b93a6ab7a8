import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { Building2, ChevronsUpDown, Plus } from 'lucide-react'
import type { CompanyAccess } from '../../../contract/identity.ts'
import { addressIn, useCompany } from '../../lib/company.tsx'
import { classes, Menu, MenuItem, MenuSeparator } from '../../ui/index.ts'
import { roleLabel } from '../../lib/role-words.ts'

/** The coloured mark of a company: its colour and its first letter. */
export function CompanyMark({ company, size = 'normal' }: { readonly company: Pick<CompanyAccess, 'name' | 'colour' | 'kind'>; readonly size?: 'normal' | 'large' }) {
  return (
    <span aria-hidden className={classes('flex shrink-0 items-center justify-center rounded-md font-semibold text-ink', size === 'large' ? 'size-9 text-base' : 'size-6 text-xs')} style={{ background: `color-mix(in srgb, ${company.colour} 22%, var(--surface))`, boxShadow: `inset 0 0 0 1.5px ${company.colour}` }}>
      {company.kind === 'firm' ? <Building2 size={size === 'large' ? 18 : 13} /> : company.name.trim().charAt(0).toUpperCase()}
    </span>
  )
}

const SHOWN_MAX = 12

/** A firm first, then companies by name: the palette finds the others. */
export function sortedCompanies(companies: readonly CompanyAccess[]): readonly CompanyAccess[] {
  return companies.toSorted((a, b) => Number(b.kind === 'firm') - Number(a.kind === 'firm') || a.name.localeCompare(b.name, 'fr'))
}

export function CompanySwitcher({ folded }: { readonly folded: boolean }) {
  const { t, i18n } = useLingui()
  const { company, me } = useCompany()
  const go = useNavigate()
  const others = sortedCompanies(me.companies).slice(0, SHOWN_MAX)
  return (
    <Menu
      align="start"
      trigger={(
        <button type="button" className={classes('flex h-11 w-full items-center gap-2.5 rounded-lg text-left hover:bg-sunken', folded ? 'justify-center' : 'px-2')}>
          <CompanyMark company={company} />
          <span className={folded ? 'sr-only' : 'min-w-0 flex-1 truncate font-semibold'}>{company.name}</span>
          <span className="sr-only">{t`Change company`}</span>
          {folded ? null : <ChevronsUpDown size={14} aria-hidden className="shrink-0 text-muted" />}
        </button>
      )}
    >
      {others.map((other) => (
        <MenuItem key={other.id} onSelect={() => { void go({ to: addressIn(other.slug) } as never) }}>
          <span className="flex max-w-72 items-center gap-2.5">
            <CompanyMark company={other} />
            <span className="min-w-0 flex-1">
              <span className={classes('block truncate', other.id === company.id && 'font-semibold')}>{other.name}</span>
              <span className="block truncate text-xs text-muted">{other.firm ? t`${i18n._(roleLabel(other.role))} · via ${other.firm.name}` : (other.customRole?.name ?? i18n._(roleLabel(other.role)))}</span>
            </span>
          </span>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={Plus} onSelect={() => { void go({ to: '/bienvenue' } as never) }}>{t`Create a company`}</MenuItem>
    </Menu>
  )
}
