/** What a person may do in one company. One list for the web app, the API and its keys: `resource.verb`, in the singular. */
export const PERMISSIONS = [
  'company.read', 'company.update', 'member.manage', 'grant.manage', 'key.manage', 'audit.read', 'audit.export',
  'ledger.read', 'ledger.draft', 'ledger.post', 'ledger.lock', 'ledger.import', 'ledger.export',
  'customer.read', 'customer.write',
  'invoice.read', 'invoice.write', 'invoice.issue', 'invoice.import',
  'bank.read', 'bank.import', 'bank.manage', 'connection.manage', 'merchant.write',
  'match.read', 'match.write',
  'category.read', 'category.write',
  'budget.read', 'budget.write',
  'webhook.manage',
  'operation.read', 'operation.run',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** The six roles every company has, from the one that may do most. */
export const ROLES = ['owner', 'admin', 'accountant', 'assistant', 'viewer', 'auditor'] as const
export type Role = (typeof ROLES)[number]

const READ: readonly Permission[] = ['company.read', 'ledger.read', 'customer.read', 'invoice.read', 'bank.read', 'match.read', 'category.read', 'budget.read', 'operation.read']
const DAILY: readonly Permission[] = ['customer.write', 'invoice.write', 'bank.import', 'match.write', 'category.write', 'budget.write', 'merchant.write', 'ledger.draft']
const BOOKS: readonly Permission[] = ['ledger.post', 'ledger.lock', 'ledger.import', 'ledger.export', 'audit.read', 'audit.export', 'invoice.import', 'bank.manage', 'connection.manage', 'operation.run']

/**
 * The permission table. The owner and the administrator do everything; the accountant keeps the books and issues
 * nothing in the company's name; the assistant prepares and matches; the viewer looks; the auditor also reads the trace and exports.
 */
const TABLE: Readonly<Record<Role, readonly Permission[]>> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  accountant: [...READ, ...DAILY, ...BOOKS],
  assistant: [...READ, ...DAILY, 'invoice.issue', 'invoice.import', 'bank.manage'],
  viewer: READ,
  auditor: [...READ, 'audit.read', 'audit.export', 'ledger.export'],
}

/** The permissions a role gives, in the order of the list. */
export function permissionsOf(role: Role): readonly Permission[] {
  return PERMISSIONS.filter((permission) => TABLE[role].includes(permission))
}

/** Whether a role gives a permission. */
export function may(role: Role, permission: Permission): boolean {
  return TABLE[role].includes(permission)
}

/** What outlives whoever set it up: people, grants, addresses that receive the company's events, connections whose keys let bank lines in. */
const LASTING: readonly Permission[] = ['member.manage', 'grant.manage', 'webhook.manage', 'connection.manage']

/** What a grant to a firm never gives, whatever its role: the firm could otherwise stay after its access was taken back. */
export const MEMBERS_ONLY: readonly Permission[] = LASTING

/** What needs a person, whatever an API key's scopes: the key could otherwise outlive its revocation. */
export const PERSON_ONLY: readonly Permission[] = ['key.manage', ...LASTING]

/** True when the text names a permission. */
export function isPermission(text: string): text is Permission {
  return (PERMISSIONS as readonly string[]).includes(text)
}

/** True when the text names a role. */
export function isRole(text: string): text is Role {
  return Object.hasOwn(TABLE, text)
}
