import { Tooltip } from '@base-ui/react/tooltip'
import { useLingui } from '@lingui/react/macro'
import { Outlet, useNavigate, useRouteContext } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { CompanyAccess, Me } from '../../../contract/identity.ts'
import { CompanyProvider, useCompany } from '../../lib/company.tsx'
import { listShortcuts, useShortcuts, type Shortcut } from '../../lib/keyboard.ts'
import { useLive } from '../../lib/live.ts'
import { useIsPhone } from '../../lib/media.ts'
import { navigationOf } from '../navigation.ts'
import { BottomBar } from './bottom-bar.tsx'
import { FirmBand, InstallationNotice } from './notices.tsx'
import { Rail } from './rail.tsx'
import { TopLine } from './top-line.tsx'

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })))
const KeysHelp = lazy(() => import('./keys-help.tsx').then((module) => ({ default: module.KeysHelp })))

export function CompanyFrame() {
  const { company, me } = useRouteContext({ strict: false }) as { company: CompanyAccess; me: Me }
  // The key makes another company another screen: nothing of the last one can linger.
  return (
    <CompanyProvider company={company} me={me}>
      <Tooltip.Provider delay={350} closeDelay={50}><Frame key={company.id} /></Tooltip.Provider>
    </CompanyProvider>
  )
}

function Frame() {
  const { t, i18n } = useLingui()
  const { company, at } = useCompany()
  const go = useNavigate()
  const phone = useIsPhone()
  useLive()
  const [palette, setPalette] = useState(false)
  // Read when the help opens: the keys at work are those of the page below it.
  const [keys, setKeys] = useState<readonly Shortcut[] | null>(null)
  const groups = navigationOf(company)
  const everywhere = t`Everywhere`
  const places = t`Go to`
  useShortcuts([
    { keys: 'Mod+k', label: t`Search, or go anywhere`, group: everywhere, run: () => setPalette(true) },
    { keys: '?', label: t`The keys of this page`, group: everywhere, run: () => setKeys(listShortcuts()) },
    ...groups.flatMap(({ entries }) => entries).map((entry) => ({ keys: `g ${entry.key}`, label: i18n._(entry.label), group: places, run: () => { void go({ to: at(entry.path) } as never) } })),
  ])
  return (
    <div data-frame className="flex h-dvh overflow-hidden">
      <a href="#content" className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-lg focus:bg-surface focus:px-3 focus:py-2">{t`Skip to the content`}</a>
      {phone ? null : <Rail groups={groups} />}
      <div data-frame className="flex min-w-0 flex-1 flex-col">
        <FirmBand />
        <TopLine onSearch={() => setPalette(true)} onKeys={() => setKeys(listShortcuts())} />
        <InstallationNotice />
        <main id="content" tabIndex={-1} data-frame className="flex min-h-0 flex-1 flex-col outline-none"><Outlet /></main>
        {phone ? <BottomBar groups={groups} /> : null}
      </div>
      <Suspense fallback={null}>
        {palette ? <Palette onClose={() => setPalette(false)} /> : null}
        {keys ? <KeysHelp shortcuts={keys} onClose={() => setKeys(null)} /> : null}
      </Suspense>
    </div>
  )
}
