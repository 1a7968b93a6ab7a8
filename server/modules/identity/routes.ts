import { Type } from 'typebox'
import { IdParams } from '../../../contract/common.ts'
import { Company, CompanyPatch, Grant, GrantList, Member, MemberList, MemberParams, MemberPatch, NewCompany, NewGrant, NewMember } from '../../../contract/identity.ts'
import { problem } from '../../../core/kernel/problem.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { getCompany, updateCompany } from './company/company.ts'
import { createCompany } from './company/create-company.ts'
import { addGrant, listGrants, revokeGrant } from './team/grants.ts'
import { addMember, changeMember, listMembers, removeMember } from './team/members.ts'
import { accountRoutes } from './sign-in/account-routes.ts'
import { outboxRoutes } from './sign-in/outbox-routes.ts'
import { passkeyRoutes } from './sign-in/passkey-routes.ts'
import { secondFactorRoutes } from './sign-in/second-factor-routes.ts'
import { sessionRoutes } from './sign-in/session-routes.ts'
import { tokenRoutes } from './sign-in/token-routes.ts'
import { teamRoutes } from './team/team-routes.ts'
import { userRoutes } from './team/user-routes.ts'

const tags = ['Company']

/** The version a change starts from, by the header If-Match; undefined when the last write wins. */
function versionOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined
  const digits = /^\s*(?:W\/)?"?(\d{1,9})"?\s*$/.exec(header)?.[1]
  if (digits !== undefined) return Number(digits)
  throw new Refusal('REQUEST_INVALID', {}, [problem('FIELD_FORMAT', { fr: 'Indiquez la version de la société, par exemple "3".', en: 'Give the version of the company, for example "3".' }, { field: 'If-Match' })])
}

const companyRoutes: ModuleRoutes = (http, app) => {
  http.post('/api/companies', {
    config: { access: 'person' },
    schema: { operationId: 'createCompany', tags, summary: 'Create a company', description: 'Creates a company, or a firm, with its first fiscal year, journals and accounts. You become its owner.', body: NewCompany, response: { 201: Company } },
  }, async (request, reply) => {
    const { company } = await createCompany(app, { person: await request.user(), locale: request.locale, address: request.ip }, request.body)
    return reply.code(201).send(company)
  })

  http.get('/api/company', {
    schema: { operationId: 'getCompany', tags, summary: 'Read the settings', description: 'The settings of the company. `ETag` carries its version.', response: { 200: Company } },
  }, async (request, reply) => {
    const company = await getCompany(app, await request.context())
    return reply.header('etag', `"${company.version}"`).send(company)
  })

  http.patch('/api/company', {
    schema: { operationId: 'updateCompany', tags, summary: 'Change the settings', description: 'Changes the fields given. With `If-Match` the change is refused when someone else changed the company since that version.', body: CompanyPatch, response: { 200: Company } },
  }, async (request, reply) => {
    const company = await updateCompany(app, await request.context(), { patch: request.body, version: versionOf(request.headers['if-match']) })
    return reply.header('etag', `"${company.version}"`).send(company)
  })
}

const memberRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/members', {
    schema: { operationId: 'listMembers', tags, summary: 'List the members', description: 'The people of the company and their roles.', response: { 200: MemberList } },
  }, async (request) => ({ items: await listMembers(app, await request.context()) }))

  http.post('/api/members', {
    schema: { operationId: 'addMember', tags, summary: 'Add a member', description: 'Makes a person who has an account a member of the company.', body: NewMember, response: { 201: Member } },
  }, async (request, reply) => reply.code(201).send(await addMember(app, await request.context(), request.body)))

  http.patch('/api/members/:userId', {
    schema: { operationId: 'changeMember', tags, summary: 'Change a role', description: 'Gives a member another role. A company always keeps an owner.', params: MemberParams, body: MemberPatch, response: { 200: Member } },
  }, async (request) => changeMember(app, await request.context(), { ...request.params, ...request.body }))

  http.delete('/api/members/:userId', {
    schema: { operationId: 'removeMember', tags, summary: 'Remove a member', description: 'Takes a person out of the company, at once.', params: MemberParams, response: { 204: Type.Null({ description: 'Removed.' }) } },
  }, async (request, reply) => {
    await removeMember(app, await request.context(), request.params)
    return reply.code(204).send(null)
  })
}

const grantRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/grants', {
    schema: { operationId: 'listGrants', tags, summary: 'List the firms with access', description: 'The accesses given to accounting firms, in force and revoked.', response: { 200: GrantList } },
  }, async (request) => ({ items: await listGrants(app, await request.context()) }))

  http.post('/api/grants', {
    schema: { operationId: 'addGrant', tags, summary: 'Give a firm access', description: 'The members of the firm then open the company with the role given.', body: NewGrant, response: { 201: Grant } },
  }, async (request, reply) => reply.code(201).send(await addGrant(app, await request.context(), request.body)))

  http.post('/api/grants/:id/revoke', {
    schema: { operationId: 'revokeGrant', tags, summary: 'Take a firm\'s access back', description: 'Cuts the access at once. The grant stays in the list with its end.', params: IdParams, response: { 200: Grant } },
  }, async (request) => revokeGrant(app, await request.context(), request.params))
}

export const identityRoutes: ModuleRoutes = (http, app) => {
  for (const routes of [sessionRoutes, secondFactorRoutes, passkeyRoutes, accountRoutes, tokenRoutes, outboxRoutes, companyRoutes, memberRoutes, grantRoutes, teamRoutes, userRoutes]) routes(http, app)
}
