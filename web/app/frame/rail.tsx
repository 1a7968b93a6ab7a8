import { useLingui } from '@lingui/react/macro'
import { Link as RouterLink } from '@tanstack/react-router'
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { useCompany } from '../../lib/company.tsx'
import { setPreferences, usePreferences } from '../../lib/preferences.ts'
import { classes, IconButton, Tooltip } from '../../ui/index.ts'
import type { NavigationEntry, NavigationGroup } from '../navigation.ts'
import { CompanySwitcher } from './company-switcher.tsx'

function RailLink({ entry, folded }: { readonly entry: NavigationEntry; readonly folded: boolean }) {
  const { i18n } = useLingui()
  const { at } = useCompany()
  const Icon = entry.icon
  const label = i18n._(entry.label)
  const link = (
    <RouterLink
      to={at(entry.path) as never} activeOptions={{ exact: entry.path === '', includeSearch: false }} aria-label={folded ? label : undefined}
      className={classes('flex h-8 items-center gap-2.5 rounded-lg text-muted hover:bg-sunken hover:text-ink', folded ? 'justify-center' : 'px-2.5')}
      activeProps={{ className: 'bg-sunken font-medium text-ink!', 'aria-current': 'page' }}
    >
      <Icon size={16} aria-hidden className="shrink-0" />
      {folded ? null : <span className="truncate">{label}</span>}
    </RouterLink>
  )
  return <li>{folded ? <Tooltip text={label} shortcut={`g ${entry.key}`}>{link}</Tooltip> : link}</li>
}

/** The company on top, then what works in it. Folds to signs. */
export function Rail({ groups }: { readonly groups: readonly NavigationGroup[] }) {
  const { t, i18n } = useLingui()
  const { railFolded: folded } = usePreferences()
  return (
    <nav aria-label={t`Sections`} className={classes('flex shrink-0 flex-col border-r border-line bg-paper', folded ? 'w-14' : 'w-[220px]')}>
      <div className="p-2"><CompanySwitcher folded={folded} /></div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {groups.map((group) => (
          <div key={group.id} className={group.label ? 'mt-4' : ''}>
            {group.label ? <h2 className={folded ? 'mx-2 mb-2 border-t border-line text-[0]' : 'px-2.5 pb-1 text-xs font-medium text-muted'}>{i18n._(group.label)}</h2> : null}
            <ul className="space-y-0.5">{group.entries.map((entry) => <RailLink key={entry.path} entry={entry} folded={folded} />)}</ul>
          </div>
        ))}
      </div>
      <div className={classes('p-2', folded && 'flex justify-center')}>
        <IconButton icon={folded ? PanelLeftOpen : PanelLeftClose} label={folded ? t`Unfold the sections` : t`Fold the sections`} onClick={() => setPreferences({ railFolded: !folded })} />
      </div>
    </nav>
  )
}
