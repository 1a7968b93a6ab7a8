import { useLingui } from '@lingui/react/macro'
import { Link as RouterLink } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useCompany } from '../../lib/company.tsx'
import { classes, Dialog } from '../../ui/index.ts'
import type { NavigationGroup } from '../navigation.ts'

const ITEM = 'flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-xs text-muted'
const SHOWN_MAX = 4

/** The sections on a phone: the first page of each, and all pages under "More". */
export function BottomBar({ groups }: { readonly groups: readonly NavigationGroup[] }) {
  const { t, i18n } = useLingui()
  const { at } = useCompany()
  const [more, setMore] = useState(false)
  return (
    <nav aria-label={t`Sections`} className="flex shrink-0 border-t border-line bg-paper pb-[env(safe-area-inset-bottom)]">
      {groups.slice(0, SHOWN_MAX).map((group) => {
        const first = group.entries[0]!
        const Icon = group.icon
        return (
          <RouterLink key={group.id} to={at(first.path) as never} activeOptions={{ exact: first.path === '', includeSearch: false }} className={ITEM} activeProps={{ className: 'font-medium text-ink!' }}>
            <Icon size={20} strokeWidth={1.75} aria-hidden />
            {i18n._(group.label ?? first.label)}
          </RouterLink>
        )
      })}
      <button type="button" onClick={() => setMore(true)} className={ITEM}><Ellipsis size={20} aria-hidden />{t`More`}</button>
      <Dialog open={more} onClose={() => setMore(false)} title={t`All sections`}>
        {groups.map((group) => (
          <ul key={group.id} className="border-t border-line py-1 first:border-t-0">
            {group.entries.map((entry) => {
              const Icon = entry.icon
              return (
                <li key={entry.path}>
                  <RouterLink to={at(entry.path) as never} onClick={() => setMore(false)} className={classes('flex h-11 items-center gap-3')}><Icon size={18} aria-hidden className="text-muted" />{i18n._(entry.label)}</RouterLink>
                </li>
              )
            })}
          </ul>
        ))}
      </Dialog>
    </nav>
  )
}
