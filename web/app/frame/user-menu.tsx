import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Keyboard, LogOut } from 'lucide-react'
import type { Me } from '../../../contract/identity.ts'
import { useCompany } from '../../lib/company.tsx'
import { activateLocale } from '../../lib/locale.ts'
import { setPreferences, usePreferences } from '../../lib/preferences.ts'
import { useAction } from '../../lib/action.ts'
import { forgetEverything, meQuery, personApi } from '../../lib/session.ts'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../../ui/index.ts'

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  return `${words[0]?.charAt(0) ?? ''}${words.length > 1 ? words.at(-1)!.charAt(0) : ''}`.toUpperCase()
}

/** Language, theme and row height: kept in this browser. */
export function TasteChoices() {
  const { t } = useLingui()
  const queries = useQueryClient()
  const { locale, theme, density } = usePreferences()
  return (
    <>
      <MenuChoice
        label={t`Language`} value={locale} options={[{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }]}
        // The server writes its sentences in the language asked for: they are read again.
        onChange={(next) => { void activateLocale(next).then(() => queries.invalidateQueries()) }}
      />
      <MenuChoice label={t`Theme`} value={theme} options={[{ value: 'system', label: t`As the system` }, { value: 'light', label: t`Light` }, { value: 'dark', label: t`Dark` }]} onChange={(next) => setPreferences({ theme: next })} />
      <MenuChoice label={t`Rows`} value={density} options={[{ value: 'normal', label: t`Comfortable` }, { value: 'compact', label: t`Compact` }]} onChange={(next) => setPreferences({ density: next })} />
    </>
  )
}

export function useSignOut(): () => void {
  const queries = useQueryClient()
  const go = useNavigate()
  const { mutate } = useAction({
    run: () => personApi.post('/api/auth/logout'),
    after: async () => {
      forgetEverything(queries)
      queries.setQueryData(meQuery.queryKey, null)
      await go({ to: '/connexion' } as never)
    },
  })
  return mutate
}

export function UserMenu({ onKeys }: { readonly onKeys: () => void }) {
  const { t } = useLingui()
  const { me } = useCompany()
  const signOut = useSignOut()
  return (
    <Menu trigger={<UserButton user={me.user} />}>
      <div className="px-2 pt-1 pb-1.5">
        <p className="font-medium">{me.user.name}</p>
        <p className="text-xs text-muted">{me.user.email}</p>
      </div>
      <MenuSeparator />
      <TasteChoices />
      <MenuSeparator />
      <MenuItem icon={Keyboard} shortcut="?" onSelect={onKeys}>{t`The keys of this page`}</MenuItem>
      <MenuItem icon={LogOut} onSelect={signOut}>{t`Sign out`}</MenuItem>
    </Menu>
  )
}

function UserButton({ user, ...rest }: { readonly user: Me['user'] }) {
  const { t } = useLingui()
  return (
    <button {...rest} type="button" className="flex size-8 shrink-0 items-center justify-center rounded-full bg-sunken text-xs font-semibold hover:bg-line">
      <span aria-hidden>{initialsOf(user.name)}</span>
      <span className="sr-only">{t`${user.name}: language, theme, sign out`}</span>
    </button>
  )
}
