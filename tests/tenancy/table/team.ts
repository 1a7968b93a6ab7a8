import type { TestApp, TestCompany } from '../../support/server.ts'
import type { RouteCall, TenancyTable } from './table.ts'

let made = 0
const fresh = (): number => (made += 1)
const freshEmail = () => `tenancy-${fresh()}-${process.pid}@example.org`

async function key(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const { body } = await t.api('POST', '/api/keys', { as: company, body: { name: 'Clé', scopes: ['company.read'] } })
  return { params: { id: String(body.id) } }
}

async function invitation(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const { body } = await t.api('POST', '/api/invitations', { as: company, body: { email: freshEmail(), role: 'viewer' } })
  return { params: { id: String(body.id) } }
}

async function role(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const { body } = await t.api('POST', '/api/roles', { as: company, body: { name: `Rôle ${fresh()}`, permissions: ['company.read'] } })
  return { params: { id: String(body.id) } }
}

async function user(t: TestApp, company: TestCompany): Promise<RouteCall> {
  return { params: { id: (await t.member(company, 'viewer')).id } }
}

/** A company with an entry: it answers that it is not archived, and the other tests go on in it. */
async function kept(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const lines = [{ account: '606400', debit: '10.00' }, { account: '512000', credit: '10.00' }]
  const { body } = await t.api('POST', '/api/ledger/entries', { as: company, body: { journal: 'OD', date: '2026-03-31', pieceRef: 'P1', label: 'Essai', lines } })
  await t.api('POST', `/api/ledger/entries/${body.id}/validate`, { as: company })
  return { params: { id: company.tenantId } }
}

const newPerson = async (): Promise<RouteCall> => ({ body: { email: freshEmail(), role: 'viewer' } })

export const teamTable: TenancyTable = {
  listAuditActions: { permission: 'audit.read' },
  exportAudit: { permission: 'audit.export' },
  listApiKeys: { permission: 'key.manage' },
  createApiKey: { permission: 'key.manage', call: async () => ({ body: { name: 'Clé', scopes: ['company.read'] } }) },
  revokeApiKey: { permission: 'key.manage', call: key },
  listInvitations: { permission: 'member.manage' },
  createInvitation: { permission: 'member.manage', call: newPerson },
  resendInvitation: { permission: 'member.manage', call: invitation },
  revokeInvitation: { permission: 'member.manage', call: invitation },
  previewInvitation: 'public', joinByInvitation: 'public', acceptInvitation: 'person',
  listRoles: { permission: 'company.read' },
  createRole: { permission: 'member.manage', call: async () => ({ body: { name: `Rôle ${fresh()}`, permissions: ['company.read'] } }) },
  readRole: { permission: 'company.read', call: role },
  updateRole: { permission: 'member.manage', call: async (t, company) => ({ ...await role(t, company), body: { permissions: ['ledger.read'] } }) },
  deleteRole: { permission: 'member.manage', call: role },
  listFirmClients: { permission: 'company.read' },
  listCollaborators: { permission: 'member.manage' },
  assignClients: { permission: 'member.manage', call: async (t, company) => ({ params: { userId: (await t.member(company, 'viewer')).id }, body: { allClients: true } }) },
  listUsers: { permission: 'company.read' },
  createUser: { permission: 'member.manage', call: newPerson },
  readUser: { permission: 'company.read', call: user },
  updateUser: { permission: 'member.manage', call: async (t, company) => ({ ...await user(t, company), body: { role: 'auditor' } }) },
  deleteUser: { permission: 'member.manage', call: user },
  listOrganizations: 'person', createOrganization: 'person', restoreOrganization: 'person',
  readOrganization: { permission: 'company.read', call: async (_t, company) => ({ params: { id: company.tenantId } }) },
  updateOrganization: { permission: 'company.update', call: async (_t, company) => ({ params: { id: company.tenantId }, body: { city: 'Rennes' } }) },
  archiveOrganization: { permission: 'company.update', ownerOnly: true, call: kept },
}
