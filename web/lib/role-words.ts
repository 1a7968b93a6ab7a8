import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Role } from '../../core/access/permissions.ts'

const ROLES: Readonly<Record<Role, { readonly label: MessageDescriptor; readonly means: MessageDescriptor }>> = {
  owner: { label: msg`Owner`, means: msg`Does everything, and gives the roles.` },
  admin: { label: msg`Administrator`, means: msg`Does everything, and gives the roles.` },
  accountant: { label: msg`Accountant`, means: msg`Keeps the books, issues nothing in the company's name.` },
  assistant: { label: msg`Assistant`, means: msg`Prepares invoices, bank lines and matches.` },
  viewer: { label: msg`Viewer`, means: msg`Looks, changes nothing.` },
  auditor: { label: msg`Auditor`, means: msg`Looks, reads the audit trail, exports the FEC.` },
}

export const ROLE_ORDER = Object.keys(ROLES) as Role[]

export function roleLabel(role: Role): MessageDescriptor {
  return ROLES[role].label
}

export function roleMeaning(role: Role): MessageDescriptor {
  return ROLES[role].means
}
