import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Building2, CalendarRange, CircleUser, FolderSync, Inbox, KeyRound, MonitorSmartphone, ShieldCheck, UserCog, Users, Webhook, type LucideIcon } from 'lucide-react'
import type { CompanyAccess } from '../../../../contract/identity.ts'
import type { Permission } from '../../../../core/access/permissions.ts'

export type SettingsSection = {
  /** Under `reglages/`. */
  readonly path: string
  readonly label: MessageDescriptor
  /** One line for the list of a phone. */
  readonly about: MessageDescriptor
  readonly icon: LucideIcon
  readonly permission?: Permission
  readonly only?: CompanyAccess['kind']
}
export type SettingsGroup = { readonly id: string; readonly label: MessageDescriptor; readonly sections: readonly SettingsSection[] }

const GROUPS: readonly SettingsGroup[] = [
  {
    id: 'you', label: msg`You`, sections: [
      { path: 'compte', label: msg`My account`, about: msg`Your name and your password`, icon: CircleUser },
      { path: 'securite', label: msg`Security`, about: msg`Second factor and passkeys`, icon: ShieldCheck },
      { path: 'appareils', label: msg`Devices`, about: msg`Where you are signed in`, icon: MonitorSmartphone },
    ],
  },
  {
    id: 'company', label: msg`Company`, sections: [
      { path: 'societe', label: msg`Identity and display`, about: msg`Name, SIREN, VAT, language`, icon: Building2 },
      { path: 'exercices', label: msg`Fiscal years`, about: msg`Years, and months that are locked`, icon: CalendarRange, permission: 'ledger.read', only: 'company' },
    ],
  },
  {
    id: 'access', label: msg`Access`, sections: [
      { path: 'equipe', label: msg`Team`, about: msg`People and invitations`, icon: Users },
      { path: 'roles', label: msg`Roles`, about: msg`What each role may do`, icon: UserCog },
      { path: 'cabinets', label: msg`Accounting firms`, about: msg`Firms that can open this company`, icon: Building2, only: 'company' },
    ],
  },
  {
    id: 'exchanges', label: msg`Exchanges`, sections: [
      { path: 'sources', label: msg`Sources`, about: msg`Where the data comes from`, icon: FolderSync, permission: 'bank.read', only: 'company' },
      { path: 'cles', label: msg`API keys`, about: msg`For your other programs`, icon: KeyRound, permission: 'key.manage' },
      { path: 'webhooks', label: msg`Webhooks`, about: msg`Events sent to your other programs`, icon: Webhook, permission: 'webhook.manage' },
    ],
  },
  {
    id: 'installation', label: msg`Installation`, sections: [
      { path: 'courrier', label: msg`Outbox`, about: msg`E-mails kept here while no mail server is set`, icon: Inbox },
    ],
  },
]

/** The sections that concern this company and that the role lets one see. */
export function sectionsOf(company: CompanyAccess, exists: (path: string) => boolean): readonly SettingsGroup[] {
  return GROUPS
    .map((group) => ({ ...group, sections: group.sections.filter(({ path, permission, only }) => exists(path) && (!permission || company.permissions.includes(permission)) && (!only || only === company.kind)) }))
    .filter(({ sections }) => sections.length > 0)
}
