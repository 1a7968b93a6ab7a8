import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Info, X } from 'lucide-react'
import { useCompany } from '../../lib/company.tsx'
import { useDismissible } from '../../lib/preferences.ts'
import { instanceQuery } from '../../lib/session.ts'
import { IconButton } from '../../ui/index.ts'
import { roleLabel } from '../../lib/role-words.ts'

/** When an accountant works in a client's file, its name and colour stay in sight on every page. */
export function FirmBand() {
  const { t, i18n } = useLingui()
  const { company } = useCompany()
  if (company.via !== 'firm' || !company.firm) return null
  const role = company.customRole?.name ?? i18n._(roleLabel(company.role)).toLocaleLowerCase()
  return (
    <aside aria-label={t`Client file`} className="flex h-7 shrink-0 items-center gap-2 border-t-2 px-4 text-xs desk:px-6" style={{ borderColor: company.colour, background: `color-mix(in srgb, ${company.colour} 12%, var(--paper))` }}>
      <strong className="truncate font-semibold">{company.name}</strong>
      <span className="truncate">{t`client file · ${company.firm.name}, ${role}`}</span>
    </aside>
  )
}

/** On the embedded database: what it is for and where the backups go. Each person puts it away once. */
export function InstallationNotice() {
  const { t } = useLingui()
  const { me } = useCompany()
  const { data: instance } = useQuery(instanceQuery)
  const { shown, dismiss } = useDismissible('embedded', me.user.id)
  if (!shown || instance?.engine !== 'embedded') return null
  const folder = instance.backupFolder
  return (
    <aside aria-label={t`About this installation`} data-print="no" className="flex shrink-0 items-start gap-2 border-b border-line bg-sunken px-4 py-1.5 text-sm desk:px-6">
      <Info size={16} aria-hidden className="mt-0.5 shrink-0 text-muted" />
      <p className="min-w-0 flex-1">
        {t`Embedded database: made for trying, or for one small company.`}
        {' '}
        {folder ? t`Back up the folder “${folder}” while Quittance is stopped; for a team, connect PostgreSQL.` : t`For a team, connect PostgreSQL.`}
      </p>
      <IconButton icon={X} size="small" label={t`Put this notice away`} onClick={dismiss} className="-my-0.5" />
    </aside>
  )
}
