import { useLingui } from '@lingui/react/macro'
import { Search } from 'lucide-react'
import { useIsPhone } from '../../lib/media.ts'
import { IconButton, Kbd } from '../../ui/index.ts'
import { CompanySwitcher } from './company-switcher.tsx'
import { UserMenu } from './user-menu.tsx'

/** Search and the person. The title and the action of the page are the page's own, just below. */
export function TopLine({ onSearch, onKeys }: { readonly onSearch: () => void; readonly onKeys: () => void }) {
  const { t } = useLingui()
  const phone = useIsPhone()
  return (
    <div data-print="no" className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-2 desk:px-6">
      {phone ? <div className="min-w-0 flex-1"><CompanySwitcher folded={false} /></div> : null}
      {phone ? <IconButton icon={Search} label={t`Search, or go anywhere`} onClick={onSearch} /> : (
        <button type="button" onClick={onSearch} className="flex h-8 w-72 items-center gap-2 rounded-lg border border-line bg-surface px-2.5 text-left text-sm text-muted hover:border-line-strong">
          <Search size={14} aria-hidden />
          <span className="flex-1 truncate">{t`Search, or go anywhere`}</span>
          <Kbd keys="Mod+k" />
        </button>
      )}
      {phone ? null : <span className="flex-1" />}
      <UserMenu onKeys={onKeys} />
    </div>
  )
}
