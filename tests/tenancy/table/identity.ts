import type { TestApp, TestCompany } from '../../support/server.ts'
import type { TenancyTable } from './table.ts'

async function grantCall(t: TestApp, company: TestCompany) {
  const firm = await t.company('firm')
  const { body } = await t.api('POST', '/api/grants', { as: company, body: { firmSlug: firm.slug, role: 'viewer' } })
  return { params: { id: String(body.id) } }
}

async function memberCall(t: TestApp, company: TestCompany) {
  return { params: { userId: (await t.member(company, 'viewer')).id } }
}

export const identityTable: TenancyTable = {
  signUp: 'public', login: 'public', logout: 'public', getInstance: 'public', getHealth: 'public',
  verifyTwoFactor: 'public', beginPasskeySignIn: 'public', signInByPasskey: 'public', askPasswordReset: 'public', resetPassword: 'public', issueTokens: 'public', refreshTokens: 'public', revokeTokens: 'public',
  getTwoFactor: 'person', enrolTwoFactor: 'person', confirmTwoFactor: 'person', renewRecoveryCodes: 'person', disableTwoFactor: 'person',
  listPasskeys: 'person', beginPasskey: 'person', addPasskey: 'person', renamePasskey: 'person', removePasskey: 'person',
  listSessions: 'person', revokeSession: 'person', revokeOtherSessions: 'person', changePassword: 'person',
  listOutbox: { permission: 'company.read' },
  getMe: 'person', createCompany: 'person',
  getCompany: { permission: 'company.read' },
  updateCompany: { permission: 'company.update', call: async () => ({ body: { city: 'Rennes' } }) },
  listMembers: { permission: 'company.read' },
  addMember: { permission: 'member.manage', call: async (t) => ({ body: { email: (await t.signUp()).email, role: 'viewer' } }) },
  changeMember: { permission: 'member.manage', call: async (t, company) => ({ ...await memberCall(t, company), body: { role: 'assistant' } }) },
  removeMember: { permission: 'member.manage', call: memberCall },
  listGrants: { permission: 'company.read' },
  addGrant: { permission: 'grant.manage', call: async (t) => ({ body: { firmSlug: (await t.company('firm')).slug, role: 'viewer' } }) },
  revokeGrant: { permission: 'grant.manage', call: grantCall },
  listAudit: { permission: 'audit.read' },
  checkAudit: { permission: 'audit.read' },
}
