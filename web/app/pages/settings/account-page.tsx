import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { PasswordForm } from '../../../features/security/password-form.tsx'
import { useCompany } from '../../../lib/company.tsx'
import { activateLocale } from '../../../lib/locale.ts'
import { setPreferences, usePreferences, type Preferences } from '../../../lib/preferences.ts'
import { Facts, Section, SelectField } from '../../../ui/index.ts'
import { SectionFrame } from './section-frame.tsx'

/** Language, theme, row height: kept in this browser, applied at once. */
function Taste() {
  const { t } = useLingui()
  const queries = useQueryClient()
  const { locale, theme, density } = usePreferences()
  return (
    <div className="grid max-w-xl gap-4 desk:grid-cols-3">
      <SelectField label={t`Language`} value={locale} onChange={(event) => { void activateLocale(event.target.value as Preferences['locale']).then(() => queries.invalidateQueries()) }} options={[{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }]} />
      <SelectField label={t`Theme`} value={theme} onChange={(event) => setPreferences({ theme: event.target.value as Preferences['theme'] })} options={[{ value: 'system', label: t`As the system` }, { value: 'light', label: t`Light` }, { value: 'dark', label: t`Dark` }]} />
      <SelectField label={t`Rows`} value={density} onChange={(event) => setPreferences({ density: event.target.value as Preferences['density'] })} options={[{ value: 'normal', label: t`Comfortable` }, { value: 'compact', label: t`Compact` }]} />
    </div>
  )
}

/** The person, whatever the company: these settings follow them everywhere. */
export function Page() {
  const { t } = useLingui()
  const { me } = useCompany()
  return (
    <SectionFrame title={t`My account`}>
      <Section title={t`Profile`}>
        <Facts items={[{ name: t`Name`, value: me.user.name }, { name: t`E-mail`, value: me.user.email }]} />
      </Section>
      <Section title={t`Display`} description={t`Kept in this browser, for you alone.`}><Taste /></Section>
      <Section title={t`Password`}><PasswordForm email={me.user.email} /></Section>
    </SectionFrame>
  )
}
