import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TABLE } from '../tenancy/table/all.ts'
import type { RouteCall as TableCall } from '../tenancy/table/table.ts'
import { TEST_PASSWORD, type TestApp, type TestCompany } from '../support/server.ts'

/** `as` calls for another company than the one of the examples, such as a firm. */
type RouteCall = TableCall & { readonly as?: TestCompany }
type Make = (t: TestApp, company: TestCompany) => Promise<RouteCall> | RouteCall

const WORKED_YEAR = readFileSync(join(import.meta.dirname, '..', '..', 'formats', 'ledger', 'fec', 'fixtures', 'worked-year.txt'))

const firm: Make = async (t) => ({ as: await t.company('firm') })

function archived(as: TestCompany): RouteCall & { readonly as: TestCompany } {
  return { as, params: { id: as.tenantId } }
}

/** Calls of what belongs to a person or to nobody, and better ones than those of the tenancy test. */
const OWN: Readonly<Record<string, Make>> = {
  signUp: () => ({ body: { name: 'Claire Martin', email: 'claire.martin@example.org', password: TEST_PASSWORD } }),
  login: async (t) => ({ body: { email: (await t.signUp('Claire Martin')).email, password: TEST_PASSWORD } }),
  logout: () => ({}),
  createCompany: () => ({ body: { name: 'Atelier Lumen', kind: 'company', siren: '732829320' } }),
  askPasswordReset: () => ({ body: { email: 'claire.martin@example.org' } }),
  issueTokens: async (t) => ({ body: { email: (await t.signUp('Claire Martin')).email, password: TEST_PASSWORD } }),
  createOrganization: () => ({ body: { name: 'Atelier Lumen', kind: 'company', siren: '732829320' } }),
  archiveOrganization: async (t) => archived(await t.company('company')),
  restoreOrganization: async (t) => {
    const call = archived(await t.company('company'))
    await t.api('DELETE', `/api/organizations/${call.as.tenantId}`, { as: call.as })
    return call
  },
  listFirmClients: firm, listCollaborators: firm, readPortfolio: firm,
  assignClients: async (t) => {
    const as = await t.company('firm')
    return { as, params: { userId: (await t.member(as, 'viewer')).id }, body: { allClients: true } }
  },
  importFec: async (t) => ({ as: await t.company(), query: 'dryRun=true', file: { name: '732829320FEC20261231.txt', bytes: WORKED_YEAR } }),
  ...Object.fromEntries(['listOrganizations', 'getMe', 'getInstance', 'getHealth', 'getTwoFactor', 'listPasskeys', 'listSessions', 'revokeOtherSessions'].map((id) => [id, () => ({})])),
}

/** How to make a call of an operation that succeeds; undefined when nobody has said. */
export function exampleCall(id: string): Make | undefined {
  if (NO_EXAMPLE[id] !== undefined) return undefined
  const row = TABLE[id]
  return OWN[id] ?? (row === undefined || typeof row === 'string' ? undefined : row.call ?? (() => ({})))
}

/** What no test can call alone, and why. */
export const NO_EXAMPLE: Readonly<Record<string, string>> = {
  verifyTwoFactor: 'needs the cookie of a sign-in half done', enrolTwoFactor: 'answers a secret', confirmTwoFactor: 'needs a code of the minute', renewRecoveryCodes: 'answers secrets', disableTwoFactor: 'needs an enrolment',
  beginPasskey: 'needs a device', addPasskey: 'needs a device', renamePasskey: 'needs a device', removePasskey: 'needs a device', beginPasskeySignIn: 'needs a device', signInByPasskey: 'needs a device',
  acceptInvitation: 'needs a link of a message', joinByInvitation: 'needs a link of a message', previewInvitation: 'needs a link of a message', resendInvitation: 'is for an invitation sent more than a minute ago',
  decideWorkflow: 'needs a run that waits', retryWorkflow: 'needs a run that failed', retryJob: 'needs a job that failed', discardJob: 'needs a job that failed',
  ...Object.fromEntries(['Bankin', 'Bridge', 'Finary', 'Plaid', 'Qonto'].map((service) => [`receive${service}Notification`, 'is sent and signed by the service'])),
  revokeSession: 'ends a session of the caller', changePassword: 'changes the password of the caller', resetPassword: 'needs a link of a message', refreshTokens: 'needs a token', revokeTokens: 'needs a token',
}
