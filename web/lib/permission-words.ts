import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { PERMISSIONS, type Permission } from '../../core/access/permissions.ts'

const WORDS: Readonly<Partial<Record<string, MessageDescriptor>>> = {
  'company.read': msg`See the company and its home page`,
  'company.update': msg`Change the settings of the company`,
  'member.manage': msg`Invite people and change their roles`,
  'grant.manage': msg`Give access to an accounting firm`,
  'key.manage': msg`Create and revoke API keys`,
  'webhook.manage': msg`Set up webhooks`,
  'audit.read': msg`Read the audit trail`,
  'audit.export': msg`Export the audit trail`,
  'operation.read': msg`Follow workflows and jobs`,
  'operation.run': msg`Start, decide and retry workflows and jobs`,
  'ledger.read': msg`See the books`,
  'ledger.draft': msg`Prepare draft entries`,
  'ledger.post': msg`Validate entries and letter accounts`,
  'ledger.lock': msg`Open years and lock periods`,
  'ledger.import': msg`Bring in a FEC`,
  'ledger.export': msg`Export the FEC`,
  'customer.read': msg`See customers`,
  'customer.write': msg`Add and change customers`,
  'invoice.read': msg`See invoices`,
  'invoice.write': msg`Prepare draft invoices`,
  'invoice.issue': msg`Issue invoices and credit notes`,
  'invoice.import': msg`Bring in invoices from a file`,
  'bank.read': msg`See accounts and bank lines`,
  'bank.import': msg`Bring in bank statements`,
  'bank.manage': msg`Add and change bank accounts`,
  'connection.manage': msg`Connect banks and their notifications`,
  'merchant.write': msg`Name, merge and split merchants`,
  'category.read': msg`See categories and rules`,
  'category.write': msg`Categorise, and change categories and rules`,
  'budget.read': msg`See budgets and goals`,
  'budget.write': msg`Add and change budgets and goals`,
  'match.read': msg`See reconciliations`,
  'match.write': msg`Reconcile and undo`,
}

const GROUPS: readonly { readonly id: string; readonly label: MessageDescriptor; readonly resources: readonly string[] }[] = [
  { id: 'sales', label: msg`Sales`, resources: ['invoice', 'customer'] },
  { id: 'bank', label: msg`Bank and reconciliation`, resources: ['bank', 'connection', 'merchant', 'match', 'category', 'budget'] },
  { id: 'books', label: msg`Books`, resources: ['ledger'] },
  { id: 'company', label: msg`Company and access`, resources: ['company', 'member', 'role', 'grant', 'key', 'apikey', 'webhook'] },
  { id: 'running', label: msg`Follow-up`, resources: ['audit', 'job', 'workflow', 'operation', 'event', 'portfolio'] },
]

/** What a permission lets one do, in an accountant's words; null for one that has none yet, which is then shown by its code. */
export function permissionWords(permission: string): MessageDescriptor | null {
  return WORDS[permission] ?? null
}

export type PermissionGroup = { readonly id: string; readonly label: MessageDescriptor; readonly permissions: readonly Permission[] }

const resourceOf = (permission: string) => permission.split('.')[0]!

/** The permissions by the part of the work they belong to; none is left out. */
export function permissionGroups(among: readonly Permission[] = PERMISSIONS): readonly PermissionGroup[] {
  const known = new Set(GROUPS.flatMap(({ resources }) => resources))
  return GROUPS
    .map(({ id, label, resources }, place) => ({
      id, label, permissions: among.filter((permission) => resources.includes(resourceOf(permission)) || (place === GROUPS.length - 1 && !known.has(resourceOf(permission)))),
    }))
    .filter(({ permissions }) => permissions.length > 0)
}
