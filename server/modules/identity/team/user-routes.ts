import { Type } from 'typebox'
import { IdParams } from '../../../../contract/common.ts'
import { Company, CompanyPatch, NewCompany } from '../../../../contract/identity.ts'
import { Invitation, NewInvitation, OrganizationList, OrganizationQuery, User, UserPage, UserPatch, UserQuery } from '../../../../contract/team.ts'
import type { ModuleRoutes } from '../../../platform/http/routes.ts'
import { getCompany, updateCompany } from '../company/company.ts'
import { createCompany } from '../company/create-company.ts'
import { invite } from './invitations.ts'
import { removeMember } from './members.ts'
import { archiveCompany, listOrganizations, refuseOtherCompany, restoreCompany } from '../company/organizations.ts'
import { changeUser, listUsers, readUser } from './users.ts'

const users: ModuleRoutes = (http, app) => {
  const tags = ['Users']
  http.get('/api/users', {
    schema: { operationId: 'listUsers', tags, summary: 'List the users', description: 'The people of the company and their roles, page by page. Permission: company.read.', querystring: UserQuery, response: { 200: UserPage } },
  }, async (request) => listUsers(app, await request.context(), request.query))

  http.post('/api/users', {
    schema: { operationId: 'createUser', tags, summary: 'Invite a user', description: 'The same as `POST /api/invitations`: the person becomes a user when they accept. Permission: member.manage.', body: NewInvitation, response: { 201: Invitation } },
  }, async (request, reply) => reply.code(201).send(await invite(app, await request.context(), request.body)))

  http.get('/api/users/:id', {
    schema: { operationId: 'readUser', tags, summary: 'Read a user', description: 'One person of the company. Permission: company.read.', params: IdParams, response: { 200: User } },
  }, async (request) => readUser(app, await request.context(), request.params.id))

  http.patch('/api/users/:id', {
    schema: { operationId: 'updateUser', tags, summary: 'Change the role of a user', description: 'A company always keeps an owner. Permission: member.manage.', params: IdParams, body: UserPatch, response: { 200: User } },
  }, async (request) => changeUser(app, await request.context(), { ...request.params, ...request.body }))

  http.delete('/api/users/:id', {
    schema: { operationId: 'deleteUser', tags, summary: 'Remove a user', description: 'Takes a person out of the company, at once. Their account stays. Permission: member.manage.', params: IdParams, response: { 204: Type.Null({ description: 'Removed.' }) } },
  }, async (request, reply) => {
    await removeMember(app, await request.context(), { userId: request.params.id })
    return reply.code(204).send(null)
  })
}

const organizations: ModuleRoutes = (http, app) => {
  const tags = ['Organizations']
  http.get('/api/organizations', {
    config: { access: 'person' },
    schema: { operationId: 'listOrganizations', tags, summary: 'List my organizations', description: 'The companies and firms you can open; with `archived`, those you own that were archived.', querystring: OrganizationQuery, response: { 200: OrganizationList } },
  }, async (request) => listOrganizations(app, await request.user(), request.query))

  http.post('/api/organizations', {
    config: { access: 'person' },
    schema: { operationId: 'createOrganization', tags, summary: 'Create an organization', description: 'The same as `POST /api/companies`.', body: NewCompany, response: { 201: Company } },
  }, async (request, reply) => {
    const { company } = await createCompany(app, { person: await request.user(), locale: request.locale, address: request.ip }, request.body)
    return reply.code(201).send(company)
  })

  http.get('/api/organizations/:id', {
    schema: { operationId: 'readOrganization', tags, summary: 'Read an organization', description: 'Its settings, as `GET /api/company`. The header Quittance-Tenant names the same id. Permission: company.read.', params: IdParams, response: { 200: Company } },
  }, async (request) => {
    const ctx = await request.context()
    refuseOtherCompany(ctx, request.params.id)
    return await getCompany(app, ctx)
  })

  http.patch('/api/organizations/:id', {
    schema: { operationId: 'updateOrganization', tags, summary: 'Change an organization', description: 'Changes the fields given, as `PATCH /api/company`. Permission: company.update.', params: IdParams, body: CompanyPatch, response: { 200: Company } },
  }, async (request) => {
    const ctx = await request.context()
    refuseOtherCompany(ctx, request.params.id)
    return await updateCompany(app, ctx, { patch: request.body, version: undefined })
  })

  http.delete('/api/organizations/:id', {
    schema: { operationId: 'archiveOrganization', tags, summary: 'Archive an organization', description: 'Closes it to everyone until an owner takes it back with `restore`. Only an owner may, and not once it holds validated entries, issued invoices or bank lines, which the law requires to keep.', params: IdParams, response: { 204: Type.Null({ description: 'Archived.' }) } },
  }, async (request, reply) => {
    const ctx = await request.context()
    refuseOtherCompany(ctx, request.params.id)
    await archiveCompany(app, ctx)
    return reply.code(204).send(null)
  })

  http.post('/api/organizations/:id/restore', {
    config: { access: 'person' },
    schema: { operationId: 'restoreOrganization', tags, summary: 'Take an organization back', description: 'Opens an archived company again, for everyone who was in it. Only its owners find it.', params: IdParams, response: { 204: Type.Null({ description: 'Open again.' }) } },
  }, async (request, reply) => {
    await restoreCompany(app, { person: await request.user(), locale: request.locale, address: request.ip, id: request.params.id })
    return reply.code(204).send(null)
  })
}

export const userRoutes: ModuleRoutes = (http, app) => {
  for (const routes of [users, organizations]) routes(http, app)
}
